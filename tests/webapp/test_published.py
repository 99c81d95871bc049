"""What is published reaches the pages of every application on a store, each team at its address."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from checker.engine import Checker
from checker.overlay.contents import Overlay
from checker.overlay.written import hash_overlay, write_overlay
from tests.overlays import RULE, overlay_of
from webapp import create_app
from webapp.live import EVERY, LiveCheckers
from webapp.settings import Settings
from webapp.site import site_of
from webapp.storage import lazy_store
from webapp.store.database import Store
from webapp.store.managers import add_manager
from webapp.store.overlays import read_working, save_working, submit
from webapp.store.schema import open_store
from webapp.store.tables import Manager, Role
from webapp.store.teams import add_team, find_team

TEXT = "the walled garden opens soon"
FOUND, NOTHING = "Change it or ask first", "We found nothing"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with its tables, to be copied."""
    path = tmp_path_factory.mktemp("published") / "postcheck.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def make_app(engine: Checker, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    """Return what makes another worker on the same instance folder."""
    made: list[Flask] = []

    def make() -> Flask:
        made.append(create_app(Settings(instance=str(tmp_path)), load=lambda: engine))
        return made[-1]

    yield make
    for app in made:
        if lazy_store(app).exists():
            lazy_store(app).open().close()


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(template, tmp_path / "postcheck.sqlite")
    store = open_store(f"sqlite:///{tmp_path}/postcheck.sqlite")
    yield store
    store.close()


@pytest.fixture
def by(store: Store) -> Manager:
    return add_manager(store, "morven@example.org", "Morven Reid", Role.MANAGER, by=None)[0]


def publish(store: Store, by: Manager, overlay: Overlay, team: str = "council") -> None:
    """Publish `overlay` for a team."""
    found = find_team(store, team)
    revision = read_working(store, found.id).revision
    saved = save_working(store, found.id, write_overlay(overlay), revision=revision, by=by)
    submit(
        store,
        found.id,
        revision=saved.revision,
        digest=hash_overlay(overlay),
        reason="not public",
        by=by,
        needs_approval=False,
    )


def heading(client: FlaskClient, path: str = "/") -> str:
    """Return what the page says of `TEXT`."""
    page = BeautifulSoup(client.post(path, data={"text": TEXT}).text, "html.parser")
    found = page.select_one("#result h2")
    assert found is not None
    return found.get_text(" ", strip=True)


def wait(app: Flask) -> None:
    """Let so much time pass for the checkers of `app` that they ask again what is published."""
    lives: LiveCheckers = site_of(app).lives
    for live in lives._teams.values():
        live._due -= EVERY


def test_a_publish_reaches_every_worker_within_five_seconds(
    make_app: Callable[[], Flask], store: Store, by: Manager
) -> None:
    apps = [make_app(), make_app()]
    clients = [app.test_client() for app in apps]
    assert [heading(one) for one in clients] == [NOTHING] * 2
    publish(store, by, overlay_of(RULE))
    for app in apps:
        wait(app)
    assert EVERY < 5
    assert [heading(one) for one in clients] == [FOUND] * 2
    assert clients[0].get("/health").get_json()["published"] == "1.1"


def test_without_a_store_posts_are_checked_as_shipped_and_none_is_made(
    make_app: Callable[[], Flask], tmp_path: Path
) -> None:
    client = make_app().test_client()
    assert heading(client) == NOTHING
    health = client.get("/health").get_json()
    assert (health["published"], health["store"]) == ("as shipped", "none yet")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_store_is_told_and_posts_are_checked(
    make_app: Callable[[], Flask], tmp_path: Path
) -> None:
    (tmp_path / "postcheck.sqlite").write_text("not a database")
    client = make_app().test_client()
    assert heading(client) == NOTHING
    assert "could not be looked up" in client.get("/health").get_json()["problem"]
    # Nobody can say which teams there are.
    assert heading(client, "/at/glen-view/") == NOTHING


def test_a_team_has_its_rules_at_its_own_address_alone(
    make_app: Callable[[], Flask], store: Store, by: Manager
) -> None:
    add_team(store, "glen-view", "Glen View", by)
    add_team(store, "rowan", "Rowan", by)
    publish(store, by, overlay_of(RULE), "glen-view")
    client = make_app().test_client()
    paths = ("/at/glen-view/", "/at/rowan/", "/")
    assert [heading(client, path) for path in paths] == [FOUND, NOTHING, NOTHING]
    page = BeautifulSoup(client.get("/at/glen-view/").text, "html.parser")
    form = page.select_one("form#check")
    assert form is not None
    assert form["action"] == "/at/glen-view/#result"
    here = page.select_one(".menu [aria-current=page]")
    assert here is not None
    assert here["href"] == "/at/glen-view/"
    sent = client.post("/at/glen-view/api/v1/check", json={"text": TEXT}).get_json()
    assert [one["rule"] for one in sent["findings"]] == ["own.garden"]


@pytest.mark.parametrize("path", ["/at/nobody/", "/at/No body/", "/at/glen-view/manage/", "/at/"])
def test_an_address_of_no_team_is_not_found_and_leads_back(
    make_app: Callable[[], Flask], store: Store, by: Manager, path: str
) -> None:
    add_team(store, "glen-view", "Glen View", by)
    response = make_app().test_client().get(path)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 404
    link = page.select_one("main a.ds_button")
    assert link is not None
    assert link["href"] == "/"
