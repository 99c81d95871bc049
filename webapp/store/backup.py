"""Backups: every row as JSON, taken while serving, put back on either database."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Date, DateTime, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from webapp.store.database import OWNER_ONLY, Store
from webapp.store.errors import BackupError, OutdatedStoreError
from webapp.store.schema import known_revisions, upgrade_connection

FORMAT = "postcheck-store-1"
VERSIONS = "alembic_version"

Rows = dict[str, list[dict[str, Any]]]


def back_up(store: Store, path: Path) -> None:
    """Write all that `store` holds at one moment to `path`, which must not be there yet.

    Nobody has to stop working. Raises `BackupError` when the file cannot be written and
    `OutdatedStoreError` when there are no tables.
    """
    with store.connecting(writes=False) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise OutdatedStoreError("The store has no tables yet: run postcheck store upgrade.")
        rows: Rows = {
            table.name: [_as_json(row) for row in connection.execute(select(table)).mappings()]
            for table in _tables(connection)
        }
    _write(path, {"format": FORMAT, "revision": revision, "tables": rows})


def restore_backup(store: Store, path: Path) -> None:
    """Put what `path` holds in the place of all that `store` holds, all of it or nothing.

    A backup of an earlier Postcheck is brought up to date. Raises `BackupError` when the file
    is none of ours, is damaged or was made by a later Postcheck.
    """
    content = _read(path)
    with store.connecting(writes=True) as connection:
        reflected = MetaData()
        reflected.reflect(connection)
        # Triggers and the rows that refer to each other go with the tables.
        reflected.drop_all(connection)
        upgrade_connection(connection, content["revision"])
        try:
            _fill(connection, content["tables"])
        except (KeyError, TypeError, ValueError, AttributeError, SQLAlchemyError):
            raise _damaged(path) from None
        upgrade_connection(connection)
    for table in content["tables"]:
        store.wipe(f'"{table}"')


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as they are in the database, those that others refer to first."""
    reflected = MetaData()
    reflected.reflect(connection)
    return [table for table in reflected.sorted_tables if table.name != VERSIONS]


def _fill(connection: Connection, rows: Rows) -> None:
    tables = _tables(connection)
    if {table.name for table in tables} != set(rows):
        raise KeyError
    # The council that the migration made; the backup has its own.
    for table in tables:
        if table.name == "team":
            connection.execute(table.delete())
    for table in tables:
        values = [_as_values(table, row) for row in _parents_first(rows[table.name])]
        if values:
            connection.execute(insert(table), values)
        if connection.dialect.name == "postgresql" and "id" in table.c:
            _count_on(connection, table.name)


def _parents_first(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield teams after the team above them; anything else in order."""
    placed: set[object] = {None}
    waiting = sorted(rows, key=lambda row: row.get("id", 0))
    while waiting:
        ready = [row for row in waiting if row.get("parent_id") in placed]
        if not ready:
            raise ValueError
        yield from ready
        placed |= {row.get("id") for row in ready}
        waiting = [row for row in waiting if row not in ready]


def _count_on(connection: Connection, table: str) -> None:
    """Make PostgreSQL give new rows ids above those that were put back."""
    connection.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), "  # noqa: S608 - ours
            f'(SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}"), false)'
        )
    )


def _as_json(row: Any) -> dict[str, Any]:
    return {name: _written(value) for name, value in row.items()}


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _as_values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    if set(row) != {column.name for column in table.columns}:
        raise KeyError
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: object, value: Any) -> Any:
    if isinstance(value, str) and isinstance(kind, DateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(value, str) and isinstance(kind, Date):
        return date.fromisoformat(value)
    return int(value) if isinstance(kind, Integer) and value is not None else value


def _write(path: Path, content: dict[str, Any]) -> None:
    packed = gzip.compress(json.dumps(content, ensure_ascii=False).encode())
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "wb") as to:
            to.write(packed)
            to.flush()
            os.fsync(to.fileno())
    except FileExistsError:
        raise BackupError(f"The file {path} is there already: name another.") from None
    except OSError as error:
        raise BackupError(f"The backup {path} cannot be written: {error.strerror}.") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}: name a backup.") from None
    except (OSError, EOFError, ValueError):
        raise _damaged(path) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _damaged(path)
    if content.get("revision") not in known_revisions():
        raise BackupError(
            f"The backup {path} was made by a later Postcheck: install that one or a newer."
        )
    return content


def _damaged(path: Path) -> BackupError:
    return BackupError(f"The file {path} is no whole backup of Postcheck’s: name another.")
