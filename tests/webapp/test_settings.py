"""Settings come from a file and the environment, and a wrong one is refused in one sentence."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from checker.engine import Checker
from webapp import create_app
from webapp.settings import FILE_VARIABLE, PREFIX, Settings, SettingsError, read_settings
from webapp.site import site_of

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"
FIELDS = [field.name for field in dataclasses.fields(Settings)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "postcheck.toml"


def test_nothing_needs_to_be_set() -> None:
    assert read_settings({"HOME": "/root"}) == Settings()


def test_a_setting_is_read_from_the_environment() -> None:
    settings = read_settings({"POSTCHECK_PORT": " 9000 ", "POSTCHECK_CONTACT_NAME": "Aileen"})
    assert (settings.port, settings.contact_name) == (9000, "Aileen")


def test_a_setting_is_read_from_the_file(file: Path) -> None:
    file.write_text('port = 9000\nservice_name = "Glen Check"\n', encoding="utf-8")
    settings = read_settings({FILE_VARIABLE: str(file)})
    assert (settings.port, settings.service_name) == (9000, "Glen Check")


def test_the_environment_wins_over_the_file(file: Path) -> None:
    file.write_text("port = 9000\nthreads = 2\n", encoding="utf-8")
    settings = read_settings({FILE_VARIABLE: str(file), "POSTCHECK_PORT": "9001"})
    assert (settings.port, settings.threads) == (9001, 2)


WRONG_IN_ENVIRONMENT = [
    pytest.param(
        "POSTCHECK_PROT",
        "1",
        "The setting POSTCHECK_PROT is not known: did you mean port?",
        id="unknown",
    ),
    pytest.param(
        "POSTCHECK_PORT", "http", "The setting POSTCHECK_PORT must be a whole number.", id="word"
    ),
    pytest.param(
        "POSTCHECK_PORT", "0", "The setting port must be a whole number from 1 to 65535.", id="low"
    ),
    pytest.param(
        "POSTCHECK_PORT",
        "65536",
        "The setting port must be a whole number from 1 to 65535.",
        id="high",
    ),
    pytest.param(
        "POSTCHECK_THREADS",
        "-1",
        "The setting POSTCHECK_THREADS must be a whole number.",
        id="less than nothing",
    ),
    pytest.param(
        "POSTCHECK_HOST",
        " ",
        "The setting host must be the name or the address of this machine, like 127.0.0.1.",
        id="blank host",
    ),
    pytest.param(
        "POSTCHECK_CONTACT_EMAIL",
        "aileen",
        "The setting contact_email must be an e-mail address, like manager@example.org.",
        id="no address",
    ),
    pytest.param(
        "POSTCHECK_CONTACT_EMAIL",
        "aileen@example.org?body=hello",
        "The setting contact_email must be an e-mail address, like manager@example.org.",
        id="address with a text",
    ),
    pytest.param(
        "POSTCHECK_CONTACT_PHONE",
        "ask Jo",
        "The setting contact_phone must be a phone number, like 01463 555 0100.",
        id="no number",
    ),
    pytest.param(
        "POSTCHECK_SECRET_KEY",
        "hunter2",
        "The setting secret_key must be at least 16 characters long.",
        id="short key",
    ),
]


@pytest.mark.parametrize(("variable", "value", "message"), WRONG_IN_ENVIRONMENT)
def test_a_wrong_variable_is_named_with_what_would_do(
    variable: str, value: str, message: str
) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({variable: value})
    assert str(error.value) == message


WRONG_IN_FILE = [
    pytest.param("prt = 1", "The setting prt is not known: did you mean port?", id="unknown"),
    pytest.param("port = true", "The setting port must be a whole number.", id="yes or no"),
    pytest.param("port = 80.5", "The setting port must be a whole number.", id="half"),
    pytest.param("host = 127", "The setting host must be text, in quotes.", id="no quotes"),
    pytest.param("[server]\n", "The setting server is not known: use one of host,", id="table"),
    pytest.param('secret_key = "abc', "is not valid TOML.", id="not TOML"),
]


@pytest.mark.parametrize(("content", "message"), WRONG_IN_FILE)
def test_a_mistake_in_the_file_is_named_with_what_would_do(
    file: Path, content: str, message: str
) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings({FILE_VARIABLE: str(file)})
    assert message in str(error.value)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"postcheck\.toml cannot be opened"):
        read_settings({FILE_VARIABLE: str(file)})


def test_the_secret_key_is_not_shown() -> None:
    assert "a-long-secret-key" not in repr(Settings(secret_key="a-long-secret-key"))


def test_settings_that_are_made_by_hand_are_checked_too() -> None:
    with pytest.raises(SettingsError, match="threads"):
        Settings(threads=0)


def test_the_application_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTCHECK_SERVICE_NAME", "Glen Check")
    assert site_of(create_app()).settings.service_name == "Glen Check"


def test_the_application_does_not_load_the_engine_to_start() -> None:
    app = create_app(Settings(spacy_model="no_such_model"))
    assert app.test_client().get("/").status_code == 200


def test_the_engine_is_loaded_once_and_only_when_asked(engine: Checker) -> None:
    waiting = [engine]
    checker = site_of(create_app(Settings(), load=waiting.pop)).checker
    assert waiting == [engine]
    assert checker.health() == checker.health()
    assert waiting == []


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_is_described_under_both_of_its_names(name: str) -> None:
    assert f"| `{name}` | `{PREFIX}{name.upper()}` |" in DOCS.read_text(encoding="utf-8")


def test_no_setting_is_described_that_is_not_there() -> None:
    rows = [
        line.split("`")[1]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert rows == FIELDS


def test_the_usual_values_are_described() -> None:
    text = DOCS.read_text(encoding="utf-8")
    usual = Settings()
    told = [f"| `{getattr(usual, name)}` |" in text for name in ("host", "port", "threads")]
    assert told == [True, True, True]
