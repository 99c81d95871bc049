"""Tables come by migrations, from empty and from each earlier revision, and are the models'."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from webapp.store.database import Store
from webapp.store.errors import OutdatedStoreError, StoreError
from webapp.store.managers import add_manager, list_managers
from webapp.store.overlays import save_working, submit
from webapp.store.schema import check_models, known_revisions, revision_of, upgrade
from webapp.store.tables import Manager, Role, State

MakeEmpty = Callable[[], str]
Open = Callable[[str], Store]


def test_the_revisions_are_known_in_their_order() -> None:
    assert known_revisions() == ["0001", "0002", "0003"]


@pytest.mark.parametrize("earlier", [None, *known_revisions()])
def test_a_store_is_brought_up_from_each_revision(
    make_empty: MakeEmpty, earlier: str | None, connect_to: Open
) -> None:
    store = connect_to(make_empty())
    if earlier:
        upgrade(store, earlier)
    assert revision_of(store) == earlier
    upgrade(store)
    assert revision_of(store) == known_revisions()[-1]
    with store.connecting(writes=True) as connection:
        check_models(connection)


def test_what_was_stored_outlives_a_migration(make_empty: MakeEmpty, connect_to: Open) -> None:
    store = connect_to(make_empty())
    upgrade(store, "0001")
    add_manager(store, "aileen@example.org", "Aileen", Role.MANAGER)
    upgrade(store)
    assert [account.name for account in list_managers(store)] == ["Aileen"]


def test_a_store_of_an_earlier_postcheck_is_not_used(
    make_empty: MakeEmpty, open_at: Open, connect_to: Open
) -> None:
    address = make_empty()
    upgrade(connect_to(address), "0001")
    with pytest.raises(OutdatedStoreError, match="run postcheck store upgrade"):
        open_at(address)


def test_a_store_of_a_later_postcheck_is_not_used(address: str, open_at: Open) -> None:
    store = open_at(address)
    with store.connecting(writes=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a later Postcheck"):
        open_at(address)


def test_only_a_new_file_gets_its_tables_by_itself(
    make_empty: MakeEmpty, dialect: str, open_at: Open
) -> None:
    address = make_empty()
    if dialect == "sqlite":
        assert revision_of(open_at(address)) == known_revisions()[-1]
    else:
        with pytest.raises(OutdatedStoreError, match="no tables yet: run postcheck store upgrade"):
            open_at(address)


def test_a_failed_migration_leaves_nothing(make_empty: MakeEmpty, connect_to: Open) -> None:
    store = connect_to(make_empty())
    with store.connecting(writes=True) as connection:
        connection.execute(text("CREATE TABLE feedback (id INTEGER)"))
    with pytest.raises(DBAPIError):
        upgrade(store)
    assert revision_of(store) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET why = 'other'",
        "DELETE FROM audit_event",
        "UPDATE overlay_version SET yaml = 'other'",
        "DELETE FROM overlay_version",
    ],
)
def test_what_is_only_added_to_cannot_be_changed(
    store: Store, aileen: Manager, team: int, statement: str
) -> None:
    saved = save_working(store, team, "a: 1", revision=0, by=aileen)
    version = submit(
        store,
        team,
        revision=saved.revision,
        digest="a1",
        reason="first",
        by=aileen,
        needs_approval=True,
    )
    assert (version.number, version.state) == (1, State.PENDING)
    with (
        pytest.raises(DBAPIError, match="is append-only"),
        store.connecting(writes=True) as connection,
    ):
        connection.execute(text(statement))


def test_a_row_refers_to_one_that_is_there(store: Store) -> None:
    orphan = "INSERT INTO team (slug, name, parent_id) VALUES ('a', 'A', 999)"
    with pytest.raises(DBAPIError), store.connecting(writes=True) as connection:
        connection.execute(text(orphan))


def test_a_file_is_its_owners_and_is_set_up_to_last(tmp_path: Path, open_at: Open) -> None:
    path = tmp_path / "deep" / "postcheck.sqlite"
    store = open_at(f"sqlite:///{path}")
    with store.connecting(writes=False) as connection:
        held = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert held == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "synchronous": 2,
    }
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_that_is_no_store_is_named(tmp_path: Path, open_at: Open) -> None:
    path = tmp_path / "postcheck.sqlite"
    path.write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(StoreError, match=f"The store {path} cannot be opened"):
        open_at(f"sqlite:///{path}")


def test_another_programs_file_is_left_alone(tmp_path: Path, open_at: Open) -> None:
    path = tmp_path / "postcheck.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE team (id INTEGER)")
    with pytest.raises(DBAPIError):
        open_at(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, open_at: Open) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_at(f"sqlite:///{tmp_path}/file/postcheck.sqlite")


def test_a_server_that_is_not_there_is_said_without_its_password(open_at: Open) -> None:
    with pytest.raises(StoreError) as caught:
        open_at("postgresql://me:zyxwvsecret@/store?host=/nowhere")
    assert str(caught.value).startswith("The database cannot be opened")
    assert "zyxwvsecret" not in str(caught.value)
