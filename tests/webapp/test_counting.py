"""What happens is counted by rule and day, costs a check nothing, and tells of no draft."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from checker.correction import Correction, Says
from checker.report import Report
from webapp import create_app
from webapp.counting import KEY, Counting
from webapp.engine import CheckerLike
from webapp.settings import Settings
from webapp.storage import LazyStore
from webapp.store.queue_tables import Counted
from webapp.store.schema import open_store

# A word that stands nowhere else.
MARKED = "zyxwvcallum"
RULE = "care-detail.named-person"


@pytest.fixture
def app(tmp_path: Path, checker: CheckerLike) -> Flask:
    open_store(f"sqlite:///{tmp_path}/postcheck.sqlite").close()
    return create_app(Settings(instance=str(tmp_path)), checker)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def counted(app: Flask, tmp_path: Path) -> Callable[[], dict[tuple[str, str], int]]:
    """Return what writes down the counts and reads them as they stand in the file."""

    def read() -> dict[tuple[str, str], int]:
        app.extensions[KEY].flush()
        with sqlite3.connect(tmp_path / "postcheck.sqlite") as file:
            rows = file.execute('SELECT kind, name, number FROM "count"').fetchall()
        return {(kind, name): number for kind, name, number in rows}

    return read


@pytest.fixture
def flagging(answer_with: Callable[[Report], None], flagged: Report) -> None:
    answer_with(flagged)


def test_a_clean_check_is_counted_by_its_verdict(
    client: FlaskClient, counted: Callable[[], dict[tuple[str, str], int]]
) -> None:
    client.post("/", data={"text": "hello"})
    client.post("/api/v1/check", json={"text": "hello"})
    assert counted() == {("check", "ok"): 2}


@pytest.mark.usefixtures("flagging")
def test_findings_are_counted_by_rule_and_those_on_trial_apart(
    client: FlaskClient, checker: CheckerLike, counted: Callable[[], dict[tuple[str, str], int]]
) -> None:
    checker.shadow = ("own.garden",)  # type: ignore[attr-defined]
    client.post("/", data={"text": "hello"})
    assert counted() == {("check", "stop"): 1, ("finding", RULE): 2, ("shadow", "own.garden"): 1}


def test_what_cannot_be_checked_is_not_counted(
    client: FlaskClient, counted: Callable[[], dict[tuple[str, str], int]]
) -> None:
    client.post("/", data={"text": ""})
    client.post("/api/v1/check", json={"text": ""})
    assert counted() == {}


@pytest.mark.usefixtures("flagging")
def test_an_answer_is_counted_once_and_is_no_new_check(
    client: FlaskClient, text: str, counted: Callable[[], dict[tuple[str, str], int]]
) -> None:
    wrong = Correction(Says.WRONG_MATCH, ("off his meds",), (RULE,)).value
    family = Correction(Says.OWN_FAMILY, ("wee Callum",)).value
    client.post("/", data={"text": text})
    client.post("/", data={"text": text, "correction": wrong})
    client.post("/", data={"text": text, "earlier": wrong, "correction": family})
    client.post("/", data={"text": text, "earlier": [wrong, family], "retract": wrong})
    assert counted() == {
        ("check", "stop"): 1,
        ("finding", RULE): 2,
        ("dismissal", RULE): 1,
        ("dismissal", "own-family"): 1,
    }


def test_no_rule_that_was_typed_is_counted(
    client: FlaskClient, counted: Callable[[], dict[tuple[str, str], int]]
) -> None:
    for rule in (MARKED, f"{MARKED}.off-his-meds", f"own.{MARKED} is off"):
        wrong = Correction(Says.WRONG_MATCH, ("hello",), (rule,)).value
        client.post("/", data={"text": "hello", "correction": wrong})
    assert counted() == {("dismissal", "wrong-match"): 3}


@pytest.mark.usefixtures("flagging")
def test_after_twenty_checks_nothing_of_a_draft_is_in_the_store(
    client: FlaskClient, app: Flask, tmp_path: Path
) -> None:
    for number in range(20):
        client.post("/", data={"text": f"{MARKED} {number} Callum off his meds"})
        client.post("/api/v1/check", json={"text": f"{MARKED} {number}"})
    app.extensions[KEY].flush()
    with sqlite3.connect(tmp_path / "postcheck.sqlite") as file:
        dump = "\n".join(file.iterdump())
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in (MARKED, "Callum", "off his meds", "127.0.0.1"):
        assert word not in dump
        assert word.encode() not in kept
    assert f"'finding','{RULE}',80" in dump


def test_where_there_is_no_store_none_is_made(tmp_path: Path, checker: CheckerLike) -> None:
    app = create_app(Settings(instance=str(tmp_path)), checker)
    assert app.test_client().post("/", data={"text": "hello"}).status_code == 200
    app.extensions[KEY].flush()
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_broken_costs_one_line_and_no_check(
    tmp_path: Path, checker: CheckerLike, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "postcheck.sqlite").write_bytes(b"not a database, whatever its name says" * 100)
    app = create_app(Settings(instance=str(tmp_path)), checker)
    assert app.test_client().post("/", data={"text": MARKED}).status_code == 200
    app.extensions[KEY].flush()
    lines = [one.getMessage() for one in caplog.records if one.name == "webapp.counting"]
    # On a slow machine the timer tries too.
    assert set(lines) == {"Counts could not be written down yet (StoreError)."}
    assert MARKED not in caplog.text


@pytest.fixture
def counting(app: Flask) -> Iterator[Counting]:
    settings: Settings = app.extensions["postcheck"].settings
    # The tests say when it is written down.
    yield Counting(LazyStore(settings), every=3600)


def test_it_is_written_down_by_itself(
    app: Flask, counted: Callable[[], dict[tuple[str, str], int]]
) -> None:
    counting = Counting(LazyStore(app.extensions["postcheck"].settings), every=0.05)
    counting.add(Counted.CHECK, ["ok"])
    until = time.monotonic() + 20
    while not counted() and time.monotonic() < until:
        time.sleep(0.05)
    assert counted() == {("check", "ok"): 1}


def test_what_could_not_be_written_down_is_kept_for_later(
    counting: Counting,
    counted: Callable[[], dict[tuple[str, str], int]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    path, aside = tmp_path / "postcheck.sqlite", tmp_path / "aside"
    path.rename(aside)
    path.write_bytes(b"not a database, whatever its name says" * 100)
    counting.add(Counted.CHECK, ["ok", "ok"])
    counting.flush()
    path.unlink()
    aside.rename(path)
    counting.add(Counted.CHECK, ["ok"])
    counting.flush()
    assert counted() == {("check", "ok"): 3}


def test_counting_a_check_takes_less_than_two_milliseconds(counting: Counting) -> None:
    begun = time.thread_time()
    for _ in range(100):
        counting.add(Counted.CHECK, ["stop"])
        counting.add(Counted.FINDING, [f"care-detail.rule-{number}" for number in range(10)])
        counting.add(Counted.SHADOW, ["own.garden"])
    assert (time.thread_time() - begun) / 100 < 0.002
