"""`postcheck serve` takes its settings, lets options win, and names an address it cannot have."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from checker.errors import PostcheckError
from webapp.command import command
from webapp.settings import Settings

Served = list[tuple[str, int, Settings]]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """Return what was served, with nothing listening."""
    calls: Served = []
    monkeypatch.setattr("webapp.serving.serve", lambda *call: calls.append(call))
    return calls


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(command, words, standalone_mode=False)


def test_the_settings_say_where_to_serve(
    run: Callable[..., Result], served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTCHECK_PORT", "9000")
    run()
    assert served == [("127.0.0.1", 9000, Settings(port=9000))]


def test_an_option_wins_over_a_setting(
    run: Callable[..., Result], served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTCHECK_PORT", "9000")
    run("--host", "0.0.0.0", "--port", "9001")  # noqa: S104
    assert [(host, port) for host, port, _ in served] == [("0.0.0.0", 9001)]  # noqa: S104


def test_a_port_that_cannot_be_is_refused(run: Callable[..., Result], served: Served) -> None:
    result = run("--port", "0")
    assert isinstance(result.exception, PostcheckError)
    assert "The setting port must be" in str(result.exception)


@pytest.mark.parametrize("number", [errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES])
def test_an_address_that_cannot_be_had_is_named(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(host: str, port: int, settings: Settings) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("webapp.serving.serve", refuse)
    result = run("--port", "8123")
    assert isinstance(result.exception, PostcheckError)
    assert str(result.exception).startswith("Port 8123 of 127.0.0.1 cannot be used (")


def test_a_host_that_is_none_is_named(run: Callable[..., Result], served: Served) -> None:
    result = run("--host", "256.256.256.256")
    assert isinstance(result.exception, PostcheckError)
    assert "256.256.256.256 cannot be used" in str(result.exception)


def test_another_failure_is_not_called_an_address(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(host: str, port: int, settings: Settings) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone")

    monkeypatch.setattr("webapp.serving.serve", fail)
    assert isinstance(run().exception, FileNotFoundError)
