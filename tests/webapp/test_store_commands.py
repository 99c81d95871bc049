"""`postcheck store` and `postcheck manager`: what they do, say, refuse and never show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from checker.draft import Account
from checker.errors import PostcheckError
from checker.verdict import Verdict
from webapp import manager_command, store_command
from webapp.store.database import connect
from webapp.store.feedback import Complaining, add_feedback
from webapp.store.queue_tables import Complaint
from webapp.store.schema import open_store
from webapp.store.signing_in import log_in
from webapp.store.tables import Manager

PASSWORD = "three random words"
Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the store of the commands is."""
    monkeypatch.setenv("POSTCHECK_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance" / "postcheck.sqlite"


@pytest.fixture
def run(file: Path) -> Run:
    def invoke(group: click.Group, *words: str, says: str = "") -> Result:
        return CliRunner().invoke(group, words, input=says)

    return invoke


@pytest.fixture
def manager(run: Run) -> Run:
    return lambda *words, says="": run(manager_command.group, *words, says=says)


@pytest.fixture
def store(run: Run) -> Run:
    return lambda *words, says="": run(store_command.group, *words, says=says)


def can_log_in(file: Path, email: str, password: str) -> Manager | None:
    opened = open_store(f"sqlite:///{file}")
    found = log_in(opened, email, password)
    opened.close()
    return found


ADD = ("add", "aileen@example.org", "--name", "Aileen Moore")


def test_the_first_account_is_an_administrator(manager: Run, file: Path) -> None:
    done = manager(*ADD, says=f"{PASSWORD}\n")
    assert (done.exit_code, done.stderr) == (
        0,
        "Aileen Moore can log in as aileen@example.org, as administrator.\n",
    )
    assert manager("list").stdout == "aileen@example.org\tadministrator\tactive\tAileen Moore\n"
    assert can_log_in(file, "aileen@example.org", PASSWORD) is not None


def test_another_role_can_be_given(manager: Run) -> None:
    manager(*ADD, "--role", "approver", says=f"{PASSWORD}\n")
    assert "\tapprover\t" in manager("list").stdout


@pytest.mark.parametrize(
    ("says", "sentence"),
    [("short\n", "Use 12 to 200 characters."), ("", "Use 12 to 200 characters.")],
)
def test_a_weak_or_missing_password_makes_no_account(
    manager: Run, says: str, sentence: str
) -> None:
    done = manager(*ADD, says=says)
    assert isinstance(done.exception, PostcheckError)
    assert sentence in str(done.exception)
    assert manager("list").stdout == ""


def test_a_password_is_no_argument(manager: Run) -> None:
    for command in ("add", "reset"):
        done = manager(command, "aileen@example.org", "--password", PASSWORD)
        assert (done.exit_code, "No such option" in done.stderr) == (2, True)


def test_a_password_is_reset(manager: Run, file: Path) -> None:
    manager(*ADD, says=f"{PASSWORD}\n")
    done = manager("reset", "aileen@example.org", says="four other random words\n")
    assert (done.exit_code, "four" in done.output) == (0, False)
    assert can_log_in(file, "aileen@example.org", PASSWORD) is None
    assert can_log_in(file, "aileen@example.org", "four other random words") is not None


def test_an_account_that_is_not_there_is_told(manager: Run) -> None:
    done = manager("reset", "nobody@example.org", says=f"{PASSWORD}\n")
    assert str(done.exception) == "There is no such account: see postcheck manager list."


def test_a_store_is_made_backed_up_and_restored(
    manager: Run, store: Run, file: Path, tmp_path: Path
) -> None:
    assert store("status").stdout == "none of 0003\n"
    assert store("upgrade").exit_code == 0
    assert store("status").stdout == "0003 of 0003\n"
    manager(*ADD, says=f"{PASSWORD}\n")
    backup = str(tmp_path / "backup")
    assert store("backup", backup).exit_code == 0
    manager("add", "b@example.org", "--name", "B", says=f"{PASSWORD}\n")

    refused = store("restore", backup)
    assert (refused.exit_code, "add --replace" in refused.stderr) == (2, True)
    assert store("restore", backup, "--replace").exit_code == 0
    assert manager("list").stdout.splitlines() == [
        "aileen@example.org\tadministrator\tactive\tAileen Moore"
    ]
    for path in file.parent.iterdir():
        path.unlink()
    assert store("restore", backup).exit_code == 0
    assert "aileen@example.org" in manager("list").stdout


def add_old_report(file: Path) -> None:
    opened = connect(f"sqlite:///{file}")
    sent = Complaining(Complaint.WRONG, "[name]", "", Account.PERSONAL, Verdict.OK, ())
    add_feedback(opened, sent, days=-1)
    opened.close()


def test_what_expired_is_deleted(store: Run, file: Path) -> None:
    store("upgrade")
    assert store("expire").stderr == "0 reports were deleted.\n"
    add_old_report(file)
    assert store("expire").stderr == "1 report was deleted.\n"


def test_a_restored_backup_brings_nothing_back_that_expired(
    store: Run, file: Path, tmp_path: Path
) -> None:
    store("upgrade")
    add_old_report(file)
    store("backup", str(tmp_path / "backup"))
    store("restore", str(tmp_path / "backup"), "--replace")
    assert store("expire").stderr == "0 reports were deleted.\n"
