"""A console with a real store in a folder of its own, and somebody of each role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.clock import Clock
from webapp import create_app
from webapp.engine import CheckerLike
from webapp.settings import Settings
from webapp.storage import LazyStore
from webapp.store.database import Store
from webapp.store.schema import open_store
from webapp.store.tables import Manager, Role

PASSWORD = "three random words"
PEOPLE = {
    Role.MANAGER: "Morven Reid",
    Role.APPROVER: "Bruce Lamont",
    Role.ADMINISTRATOR: "Aileen Moore",
}


class Browser:
    """A client that fills in forms as a browser does, token and all."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> BeautifulSoup:
        """Return the page at `path`."""
        return BeautifulSoup(self.client.get(path).text, "html.parser")

    def token(self, path: str = "/manage/password") -> str:
        """Return the token of the first form on the page at `path`."""
        field = self.get(path).select_one("input[name=csrf_token]")
        assert field is not None
        return str(field["value"])

    def post(
        self, path: str, page: str = "/manage/password", **fields: str
    ) -> tuple[int, BeautifulSoup]:
        """Send a form that stands on `page`; return the status and the page that comes back."""
        response = self.client.post(path, data={"csrf_token": self.token(page), **fields})
        return response.status_code, BeautifulSoup(response.text, "html.parser")

    def log_in(self, email: str, password: str = PASSWORD) -> int:
        """Log in and return the status."""
        status, _ = self.post("/manage/login", "/manage/login", email=email, password=password)
        return status


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with its tables, to be copied."""
    path = tmp_path_factory.mktemp("console") / "postcheck.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def settings(tmp_path: Path, template: Path) -> Settings:
    shutil.copy(template, tmp_path / "postcheck.sqlite")
    return Settings(instance=str(tmp_path), feedback="on")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_app(
    settings: Settings, checker: CheckerLike, clock: Clock, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Flask]]:
    """Return what makes an application with other settings, whose store keeps to our clock."""
    stores: list[Store] = []

    def make(**changes: str | int) -> Flask:
        app = create_app(
            replace(settings, **changes),  # type: ignore[arg-type]
            checker,
            # Most pages need no engine, and those that do share one.
            load=lambda: request.getfixturevalue("engine"),
        )
        # No test waits for a process of its own, except the one that is about it.
        app.extensions["postcheck-preview"] = lambda: None
        lazy: LazyStore = app.extensions["postcheck-store"]
        store = replace(lazy.open(), clock=clock)
        lazy._store = store
        stores.append(store)
        return app

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def store(app: Flask) -> Store:
    lazy: LazyStore = app.extensions["postcheck-store"]
    return lazy.open()


@pytest.fixture
def people(store: Store, kept_password: str) -> dict[Role, Manager]:
    """Return somebody of each role."""
    made = {
        role: Manager(
            email=f"{name.partition(' ')[0].lower()}@example.org",
            name=name,
            role=role,
            active=True,
            password_hash=kept_password,
            must_change=False,
            stamp=f"stamp of {name}",
            failures=0,
            created=store.clock(),
        )
        for role, name in PEOPLE.items()
    }
    with store.writing() as session:
        session.add_all(made.values())
    return made


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return the browser of somebody who is not logged in."""
    return Browser(app.test_client())


@pytest.fixture
def browser_of(app: Flask, people: dict[Role, Manager]) -> Callable[[Role | None], Browser]:
    """Return what makes the browser of somebody who is logged in with a role, or of nobody."""

    def make(role: Role | None) -> Browser:
        browser = Browser(app.test_client())
        if role is not None:
            assert browser.log_in(people[role].email) == 303
        return browser

    return make


@pytest.fixture
def administrator(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.ADMINISTRATOR)
