"""One open database: SQLite or PostgreSQL, with transactions for reading and for writing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from webapp.store.errors import StoreError

# How long a writer waits for another before it gives up.
BUSY_MILLISECONDS = 5000
# How long to wait for a database on another machine.
PATIENCE_SECONDS = 5
# Owner only: the file holds what staff reported and the hashes of passwords.
OWNER_ONLY = 0o600
WRITES, FREE = "postcheck_writes", "postcheck_free"


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """An open database. Safe to share between threads; `clock` tells what time it is."""

    engine: Engine = field(repr=False)
    clock: Callable[[], datetime] = utc_now

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the database is a file of SQLite's."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database, whoever writes meanwhile."""
        with _said(), Session(self._engine(writes=False), expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes are kept together when it ends well, else not at all."""
        # Rows are handed out after the transaction, so that they must not expire with it.
        session = Session(self._engine(writes=True), expire_on_commit=False)
        with _said(), session, session.begin():
            yield session

    @contextmanager
    def connecting(self, *, writes: bool) -> Iterator[Connection]:
        """Yield a bare connection in one transaction, for migrations and backups."""
        with self._engine(writes=writes).begin() as connection:
            yield connection

    def wipe(self, *tables: str) -> None:
        """Clear away what the database still keeps of the deleted rows of `tables`."""
        # SQLite's log of changes holds the old pages, PostgreSQL's table the old rows.
        wish = (
            "PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else f"VACUUM {', '.join(tables)}"
        )
        free = self.engine.execution_options(isolation_level="AUTOCOMMIT", **{FREE: True})
        with free.connect() as connection:
            connection.exec_driver_sql(wish)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _engine(self, *, writes: bool) -> Engine:
        if self.is_sqlite:
            # A writer takes SQLite's one lock at once: a reader that becomes one can lose.
            return self.engine.execution_options(**{WRITES: writes})
        level = "READ COMMITTED" if writes else "REPEATABLE READ"
        return self.engine.execution_options(isolation_level=level)


@contextmanager
def _said() -> Iterator[None]:
    """Say in a sentence that the database does not answer."""
    try:
        yield
    except OperationalError:
        raise StoreError(
            "The store does not answer: see that it is running and that its disk is not full."
        ) from None


def connect(address: str, clock: Callable[[], datetime] = utc_now) -> Store:
    """Return the store at `address`, an SQLAlchemy URL; makes the file that SQLite needs.

    Raises `StoreError` when it cannot be reached. Migrations are the matter of `upgrade`.
    """
    try:
        url = make_url(address)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() == "sqlite":
            make_file(Path(url.database or ""))
        # Parameters hold what people typed, and would stand in the message of an error.
        waits = {} if url.get_backend_name() == "sqlite" else {"connect_timeout": PATIENCE_SECONDS}
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=waits)
    except ArgumentError:
        raise StoreError(
            "The setting database is not an address like postgresql://name@host/database."
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return _tried(Store(engine, clock))


def make_file(path: Path) -> None:
    """Make an empty file at `path` that only its owner can read; leave one that is there.

    Raises `StoreError` when it cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be opened ({error.strerror}): make its folder writable, "
            "or name another with the setting instance."
        ) from None


def _tried(store: Store) -> Store:
    try:
        with store.connecting(writes=False):
            return store
    except DBAPIError:
        store.close()
        # The driver's own message can hold the password of the database.
        place = f"The store {store.engine.url.database}" if store.is_sqlite else "The database"
        raise StoreError(
            f"{place} cannot be opened: see that it is running and whole, and that the setting "
            "database is right."
        ) from None


def _prepare(connection: Any, _record: object) -> None:
    """Make a new connection of SQLite's keep what databases promise."""
    # The driver begins transactions in places of its own choice unless told not to.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        # Losing power must not lose what was published.
        "synchronous = FULL",
        "foreign_keys = ON",
        # What is deleted is overwritten.
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(FREE):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")
