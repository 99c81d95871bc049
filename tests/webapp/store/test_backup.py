"""A backup holds every row, is taken while serving, and is put back on either database."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from checker.draft import Account
from checker.verdict import Verdict
from webapp.store.backup import back_up, restore_backup
from webapp.store.counts import count
from webapp.store.database import Store
from webapp.store.errors import BackupError, OutdatedStoreError
from webapp.store.feedback import Complaining, add_feedback
from webapp.store.managers import add_manager, list_managers
from webapp.store.overlays import history, save_working, submit
from webapp.store.queue_tables import Complaint, Counted, PreviewRun
from webapp.store.reviews import add_review
from webapp.store.runs import ask_for_run
from webapp.store.schema import check_models, upgrade
from webapp.store.tables import Manager, Role
from webapp.store.teams import add_team

Open = Callable[[str], Store]
MakeEmpty = Callable[[], str]


@pytest.fixture
def full(store: Store, team: int, aileen: Manager) -> Store:
    """Return a store with rows in its tables."""
    add_team(store, "a-below", "Below", aileen, parent=add_team(store, "glen", "G", aileen).slug)
    save_working(store, team, "é: “1”\n", revision=0, by=aileen)
    submit(store, team, revision=1, digest="x", reason="y", by=aileen, needs_approval=False)
    sent = Complaining(Complaint.MISSED, "[name]", "", Account.SERVICE, Verdict.OK, ())
    add_feedback(store, sent, days=9)
    count(store, Counted.CHECK, ["ok"])
    ask_for_run(store, PreviewRun, team, "x", by=aileen)
    add_review(store, team, "1", next_due=store.clock().date(), note_text="", by=aileen)
    return store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.json.gz"


def content(path: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return held


def test_a_backup_holds_every_row_and_is_its_owners(full: Store, file: Path) -> None:
    back_up(full, file)
    numbers = {name: len(rows) for name, rows in content(file)["tables"].items()}
    assert numbers == {
        "audit_event": 4,
        "count": 1,
        "feedback": 1,
        "local_example": 0,
        "manager": 1,
        "overlay_version": 1,
        "policy_review": 1,
        "preview_run": 1,
        "retrain_run": 0,
        "team": 3,
        "working_overlay": 1,
    }
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_is_put_back_is_what_was(full: Store, file: Path, tmp_path: Path) -> None:
    back_up(full, file)
    add_manager(full, "new@example.org", "New", Role.MANAGER)
    restore_backup(full, file)
    assert [account.email for account in list_managers(full)] == ["aileen@example.org"]
    back_up(full, tmp_path / "second")
    assert content(tmp_path / "second") == content(file)
    with full.connecting(writes=True) as connection:
        check_models(connection)


def test_after_it_work_goes_on(full: Store, file: Path, aileen: Manager, team: int) -> None:
    back_up(full, file)
    restore_backup(full, file)
    add_manager(full, "new@example.org", "New", Role.MANAGER)
    save_working(full, team, "b: 1", revision=1, by=aileen)
    submit(full, team, revision=2, digest="z", reason="y", by=aileen, needs_approval=False)
    assert [version.number for version in history(full, team)] == [2, 1]
    with (
        pytest.raises(DBAPIError, match="append-only"),
        full.connecting(writes=True) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM audit_event")


def test_it_goes_from_one_database_to_the_other(
    full: Store,
    file: Path,
    dialect: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    connect_to: Open,
) -> None:
    back_up(full, file)
    if dialect == "sqlite":
        other = connect_to(request.getfixturevalue("make_database")())
    else:
        other = connect_to(f"sqlite:///{tmp_path}/other.sqlite")
    restore_backup(other, file)
    back_up(other, tmp_path / "second")
    assert content(tmp_path / "second") == content(file)


def test_a_backup_of_an_earlier_postcheck_is_brought_up_to_date(
    make_empty: MakeEmpty, connect_to: Open, file: Path
) -> None:
    old = connect_to(make_empty())
    upgrade(old, "0001")
    add_manager(old, "aileen@example.org", "Aileen", Role.ADMINISTRATOR)
    back_up(old, file)
    new = connect_to(make_empty())
    restore_backup(new, file)
    assert [account.name for account in list_managers(new)] == ["Aileen"]
    with new.connecting(writes=True) as connection:
        check_models(connection)


def test_it_is_taken_while_others_write(store: Store, tmp_path: Path, team: int) -> None:
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            count(store, Counted.CHECK, ["ok", "stop"])

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(10):
            back_up(store, tmp_path / f"backup{number}")
    finally:
        stop.set()
        writer.join()
    # Both were counted in one transaction, so that no backup has the one without the other.
    for number in range(10):
        rows = content(tmp_path / f"backup{number}")["tables"]["count"]
        assert len({row["number"] for row in rows}) <= 1


def change(file: Path, **changes: Any) -> None:
    file.write_bytes(gzip.compress(json.dumps(content(file) | changes).encode()))


def test_a_file_that_is_there_is_not_written_over(full: Store, file: Path) -> None:
    file.write_text("mine")
    with pytest.raises(BackupError, match="is there already: name another"):
        back_up(full, file)
    assert file.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(full: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written: No such file"):
        back_up(full, tmp_path / "nowhere" / "backup")


def test_a_store_without_tables_is_not_backed_up(
    make_empty: MakeEmpty, connect_to: Open, file: Path
) -> None:
    with pytest.raises(OutdatedStoreError):
        back_up(connect_to(make_empty()), file)
    assert not file.exists()


@pytest.mark.parametrize(
    "held",
    [b"", b"words", gzip.compress(b"[]"), gzip.compress(b"{}"), gzip.compress(b"x" * 99)[:20]],
    ids=["empty", "words", "list", "object", "torn"],
)
def test_what_is_no_backup_changes_nothing(full: Store, file: Path, held: bytes) -> None:
    file.write_bytes(held)
    with pytest.raises(BackupError, match="no whole backup"):
        restore_backup(full, file)
    assert len(list_managers(full)) == 1


def test_a_missing_backup_is_named(full: Store, file: Path) -> None:
    with pytest.raises(BackupError, match="There is no file"):
        restore_backup(full, file)


def test_a_backup_of_a_later_postcheck_changes_nothing(full: Store, file: Path) -> None:
    back_up(full, file)
    change(file, revision="9999")
    with pytest.raises(BackupError, match="made by a later Postcheck"):
        restore_backup(full, file)
    assert len(list_managers(full)) == 1


def without_table(tables: dict[str, Any]) -> None:
    del tables["feedback"]


def with_odd_column(tables: dict[str, Any]) -> None:
    tables["count"][0]["odd"] = 1


def with_odd_time(tables: dict[str, Any]) -> None:
    tables["manager"][0]["created"] = "yesterday"


def with_a_team_above_itself(tables: dict[str, Any]) -> None:
    tables["team"][0]["parent_id"] = tables["team"][0]["id"]


def with_an_author_who_is_not_there(tables: dict[str, Any]) -> None:
    tables["overlay_version"][0]["author_id"] = 999


@pytest.mark.parametrize(
    "damage",
    [
        without_table,
        with_odd_column,
        with_odd_time,
        with_a_team_above_itself,
        with_an_author_who_is_not_there,
    ],
)
def test_a_damaged_backup_changes_nothing(
    full: Store, file: Path, damage: Callable[[dict[str, Any]], None]
) -> None:
    back_up(full, file)
    tables = content(file)["tables"]
    damage(tables)
    change(file, tables=tables)
    with pytest.raises(BackupError, match="no whole backup"):
        restore_backup(full, file)
    assert [account.email for account in list_managers(full)] == ["aileen@example.org"]
