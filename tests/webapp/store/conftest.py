"""A real SQLite file and a real PostgreSQL server; every test of the store runs on both."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection

from tests.clock import Clock
from webapp.store.database import Store, connect
from webapp.store.schema import known_revisions, open_store, upgrade
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
NAMES = count()


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL's is, None when it is not installed."""
    found = (str(folder / name) for folder in FOLDERS if (folder / name).exists())
    return next(found, shutil.which(name))


def run(*words: str) -> None:
    """Run a program of PostgreSQL's, which refuses to run as root."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(  # noqa: S603 - our own words
        [*user, *words], cwd="/", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Return the folder of the socket of a PostgreSQL server that runs for these tests alone."""
    start, make = program("pg_ctl"), program("initdb")
    if start is None or make is None:
        words = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    folder = Path(tempfile.mkdtemp(prefix="postcheck-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = str(folder / "data")
    # The locale of whoever runs the tests may be one that this machine does not have.
    place = ("-E", "UTF8", "--no-locale")
    run(make, "-D", data, "-U", "postgres", "-A", "trust", *place, "--no-sync")
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    run(start, "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    yield str(folder)
    run(start, "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def make_database(server: str) -> Iterator[Callable[[], str]]:
    """Return what makes an empty database of PostgreSQL's and returns its address."""
    names: list[str] = []

    def make() -> str:
        names.append(f"store{next(NAMES)}")
        ask(server, f"CREATE DATABASE {names[-1]}")
        return f"postgresql://postgres@/{names[-1]}?host={server}"

    yield make
    for name in names:
        ask(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def with_tables(server: str) -> str:
    """Return the address of a database with the newest tables, which tests share."""
    ask(server, "CREATE DATABASE shared")
    store = connect(f"postgresql://postgres@/shared?host={server}")
    upgrade(store)
    store.close()
    return f"postgresql://postgres@/shared?host={server}"


@pytest.fixture
def cleared(with_tables: str, server: str) -> str:
    """Return the address of the shared database as it is after its migrations."""
    found = ask(server, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", "shared")
    tables = ", ".join(f'"{name}"' for (name,) in found if name != "alembic_version")
    # As a replica would, so that the triggers that guard the audit log keep still.
    ask(
        server,
        "SET session_replication_role = replica; "  # noqa: S608 - our own words
        f"TRUNCATE {tables} RESTART IDENTITY CASCADE; "
        "INSERT INTO team (slug, name) VALUES ('council', 'The council'); "
        f"UPDATE alembic_version SET version_num = '{known_revisions()[-1]}'",
        "shared",
    )
    return with_tables


def ask(server: str, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
    """Return what PostgreSQL answers to `statement`."""
    with psycopg.connect(
        host=server, user="postgres", dbname=database, autocommit=True
    ) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make_empty(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return what makes the address of an empty database."""
    if dialect == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/empty{next(NAMES)}.sqlite"
    make: Callable[[], str] = request.getfixturevalue("make_database")
    return make


@pytest.fixture(scope="session")
def file_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of SQLite's with the newest tables, to be copied."""
    path = tmp_path_factory.mktemp("store") / "template.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def address(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return the address of a database that nothing was put into yet."""
    if dialect == "sqlite":
        shutil.copy(request.getfixturevalue("file_with_tables"), tmp_path / "postcheck.sqlite")
        return f"sqlite:///{tmp_path}/postcheck.sqlite"
    return str(request.getfixturevalue("cleared"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connect_to() -> Iterator[Callable[[str], Store]]:
    """Return what connects to a database whatever its tables; closed when the test ends."""
    with ExitStack() as stack:
        yield lambda address: _kept(stack, connect(address))


@pytest.fixture
def open_at() -> Iterator[Callable[[str], Store]]:
    """Return what opens a store for use; closed when the test ends."""
    with ExitStack() as stack:
        yield lambda address: _kept(stack, open_store(address))


def _kept(stack: ExitStack, store: Store) -> Store:
    stack.callback(store.close)
    return store


@pytest.fixture
def store(address: str, clock: Clock) -> Iterator[Store]:
    store = open_store(address, clock)
    yield store
    store.close()


@pytest.fixture
def team(store: Store) -> int:
    """Return the id of the council."""
    return find_team(store).id


@pytest.fixture
def aileen(store: Store, kept_password: str) -> Manager:
    """Return an administrator."""
    return _added(store, "Aileen Moore", Role.ADMINISTRATOR, kept_password)


@pytest.fixture
def bruce(store: Store, kept_password: str) -> Manager:
    """Return an approver."""
    return _added(store, "Bruce Reid", Role.APPROVER, kept_password)


def _added(store: Store, name: str, role: Role, kept: str) -> Manager:
    account = Manager(
        email=f"{name.partition(' ')[0].lower()}@example.org",
        name=name,
        role=role,
        active=True,
        password_hash=kept,
        must_change=False,
        stamp=f"stamp of {name}",
        failures=0,
        created=store.clock(),
    )
    with store.writing() as session:
        session.add(account)
    return account


@pytest.fixture
def rows(store: Store) -> Callable[[str], list[tuple[object, ...]]]:
    """Return what reads the answer of the database to a statement."""

    def read(statement: str) -> list[tuple[object, ...]]:
        with store.connecting(writes=False) as connection:
            return [tuple(row) for row in _ask(connection, statement)]

    return read


def _ask(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    return list(map(tuple, connection.exec_driver_sql(statement)))
