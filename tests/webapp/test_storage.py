"""Posts are checked with no store, an old one or a broken one; only the console needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp.instance import folder, secret_key, store_address
from webapp.settings import Settings
from webapp.store.errors import StoreError
from webapp.store.schema import connect, open_store, upgrade

MakeClient = Callable[[Settings], FlaskClient]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance=str(tmp_path / "instance"))


def make_none(path: Path) -> None:
    """Leave the folder as it is."""


def make_new(path: Path) -> None:
    open_store(f"sqlite:///{path}").close()


def make_old(path: Path) -> None:
    store = connect(f"sqlite:///{path}")
    upgrade(store, "0001")
    store.close()


def make_broken(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, whatever its name says" * 100)


STATES = [
    (make_none, "none yet", 200),
    (make_new, "ready", 200),
    (make_old, "The store was made by an earlier Postcheck: run postcheck store upgrade.", 503),
    (make_broken, "The store {path} cannot be opened", 503),
]


@pytest.mark.parametrize(("make", "health", "console"), STATES)
def test_checks_go_on_and_health_tells_of_the_store(
    make_client: MakeClient,
    settings: Settings,
    make: Callable[[Path], None],
    health: str,
    console: int,
) -> None:
    path = Path(settings.instance) / "postcheck.sqlite"
    make(path)
    client = make_client(settings)
    assert client.post("/", data={"text": "hello"}).status_code == 200
    assert client.post("/api/v1/check", json={"text": "hello"}).status_code == 200
    told = client.get("/health")
    assert (told.status_code, told.json["status"]) == (200, "ok")  # type: ignore[index]
    assert told.json["store"].startswith(health.format(path=path))  # type: ignore[index]
    assert path.exists() is (make is not make_none)
    page = client.get("/manage/login")
    assert page.status_code == console
    assert ("The console cannot be used just now" in page.text) is (console == 503)


def test_a_store_that_is_upgraded_is_used_without_a_restart(
    make_client: MakeClient, settings: Settings
) -> None:
    path = Path(settings.instance) / "postcheck.sqlite"
    make_old(path)
    client = make_client(settings)
    assert client.get("/manage/login").status_code == 503
    store = connect(f"sqlite:///{path}")
    upgrade(store)
    store.close()
    assert client.get("/manage/login").status_code == 200


def test_a_folder_that_cannot_be_written_is_told(make_client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    client = make_client(Settings(instance=str(tmp_path / "file" / "instance")))
    assert client.get("/manage/login").status_code == 503
    assert client.post("/", data={"text": "hello"}).status_code == 200


def test_the_folder_is_the_one_that_is_set_or_beside_the_program(settings: Settings) -> None:
    assert folder(settings) == Path(settings.instance)
    assert folder(Settings()) == Path(__file__).parents[2] / "instance"
    assert store_address(settings) == f"sqlite:///{settings.instance}/postcheck.sqlite"


def test_another_database_is_used_where_it_is_set() -> None:
    address = "postgresql://me@host/store"
    assert store_address(Settings(database=address)) == address
    assert address not in repr(Settings(database=address))


def test_an_empty_key_is_not_signed_with(settings: Settings) -> None:
    path = Path(settings.instance) / "secret-key"
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreError, match="is empty: delete the file"):
        secret_key(settings)
