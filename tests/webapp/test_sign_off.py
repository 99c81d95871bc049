"""The policy in print with a sheet to sign, and what is published of a team's policy and contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from checker.engine import Checker
from checker.overlay.contents import Contact, CouncilClause, CouncilPolicy, Overlay
from checker.overlay.written import hash_overlay, write_overlay
from checker.policy import Policy
from webapp import create_app
from webapp.settings import Settings
from webapp.storage import LazyStore
from webapp.store.database import Store
from webapp.store.managers import add_manager
from webapp.store.overlays import save_working, submit
from webapp.store.reviews import add_review
from webapp.store.tables import Manager, Role
from webapp.store.teams import add_team, find_team

OVERLAY = Overlay(
    policy=CouncilPolicy(
        title="Glen Council on social media",
        owner="Ann Ward",
        review_by=dt.date(2027, 6, 30),
        clauses=(CouncilClause("images", "4.1", "Photos", "Ask first."),),
        retired=("work-time",),
    ),
    contact=Contact("Ann Ward", "ann@example.org", "", "9 to 5"),
)


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def page(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


@pytest.fixture
def app(engine: Checker, tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(instance=str(tmp_path), contact_name="Aileen Moore")
    app = create_app(settings, load=lambda: engine)
    yield app
    lazy: LazyStore = app.extensions["postcheck-store"]
    if lazy.exists():
        lazy.open().close()


@pytest.fixture
def store(app: Flask) -> Store:
    lazy: LazyStore = app.extensions["postcheck-store"]
    return lazy.open()


@pytest.fixture
def ann(store: Store) -> Manager:
    return add_manager(store, "ann@example.org", "Ann", Role.ADMINISTRATOR)[0]


def publish(store: Store, slug: str, overlay: Overlay, by: Manager) -> None:
    team = find_team(store, slug).id
    saved = save_working(store, team, write_overlay(overlay), revision=0, by=by)
    submit(
        store,
        team,
        revision=saved.revision,
        digest=hash_overlay(overlay),
        reason="first",
        by=by,
        needs_approval=False,
    )


def test_the_sheet_holds_every_clause_and_lines_to_sign(app: Flask, policy: Policy) -> None:
    sheet = page(app.test_client(), "/policy/sign-off")
    assert {heading["id"] for heading in sheet.select(".clause h3")} == set(policy.ids)
    lines = [words(line) for line in sheet.select(".lines th[scope=row]")]
    assert lines == ["Name", "Role", "Date", "Signature"]
    people = [words(one) for one in sheet.select(".lines thead th[scope=col]")]
    assert people == ["The new member of staff", "Their manager"]
    assert len(sheet.select(".lines tbody td")) == 8
    # Signed on paper: there is nothing to send.
    assert sheet.select("form, input") == []


def test_without_a_store_the_settings_say_whom_to_ask(app: Flask, tmp_path: Path) -> None:
    assert "You can talk to Aileen Moore." in words(page(app.test_client(), "/"))
    assert list(tmp_path.iterdir()) == []


def test_a_team_has_its_own_policy_and_contact(app: Flask, store: Store, ann: Manager) -> None:
    add_team(store, "glen", "Glen View", ann)
    publish(store, "glen", OVERLAY, ann)
    client = app.test_client()
    theirs, ours = page(client, "/at/glen/policy"), page(client, "/policy")
    assert words(theirs.select_one("footer .contact")) == (  # type: ignore[arg-type]
        "You can talk to Ann Ward, ann@example.org (9 to 5)."
    )
    assert "Aileen Moore" in words(ours.select_one("footer .contact"))  # type: ignore[arg-type]
    council = theirs.select_one("section[aria-labelledby=council]")
    assert council is not None
    for told in ("Glen Council on social media", "Next review 30 June 2027", "Owner Ann Ward"):
        assert told in words(council)
        assert told not in words(ours)
    for retired, shown in ((theirs, 0), (ours, 1)):
        assert len(retired.select("[id='council.work-time']")) == shown
    sheet = page(client, "/at/glen/policy/sign-off")
    assert "4.1 Photos" in words(sheet)
    assert sheet.select("[id='council.work-time']") == []


def test_a_post_is_checked_with_a_clause_retired(app: Flask, store: Store, ann: Manager) -> None:
    retired = replace(OVERLAY, policy=CouncilPolicy(retired=("colleagues",)))
    publish(store, "council", retired, ann)
    text = "Sandra the manager is a lazy liar"
    report = app.test_client().post("/api/v1/check", json={"text": text}).json
    assert report is not None
    cited = {clause["id"] for one in report["findings"] for clause in one["clauses"]}
    assert "sssc.colleagues" in cited
    assert "council.colleagues" not in cited


def test_a_review_moves_the_day_on(app: Flask, store: Store, ann: Manager) -> None:
    publish(store, "council", OVERLAY, ann)
    council = find_team(store).id
    client = app.test_client()
    assert "Next review 30 June 2027" in words(page(client, "/policy"))
    add_review(store, council, "v1", next_due=dt.date(2028, 6, 30), note_text="Read.", by=ann)
    assert "Next review 30 June 2028" in words(page(client, "/policy"))
