"""The policy in the console: clauses edited, added, retired; history in words; reviews."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from checker.overlay.contents import CouncilPolicy, Overlay
from checker.overlay.document import read_overlay
from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.overlays import read_working, submit
from webapp.store.reason import UNSEEN_SIGNS
from webapp.store.reviews import list_reviews
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

POLICY = "/manage/at/council/policy"
CLAUSE = f"{POLICY}/clause"
CHANGE = f"{CLAUSE}/change"
HISTORY = f"{POLICY}/history"
PHOTOS = {"number": "4.1", "title": "Photos", "text": "Ask first."}
# The browsers of conftest.py.
Browser = Any


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_text())


def saved(store: Store) -> CouncilPolicy:
    return read_overlay(read_working(store, find_team(store).id).yaml).policy


def state(page: Any, title: str) -> str:
    row = next(row for row in page.select("tbody tr") if row.select_one("th").text == title)
    return str(row.select("td")[1].text)


@pytest.fixture
def manager(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.MANAGER)


@pytest.fixture
def publish(store: Store, people: dict[Role, Manager]) -> Callable[[str], None]:
    """Return what publishes what is worked on, with a reason."""

    def do(reason: str) -> None:
        working = read_working(store, find_team(store).id)
        submit(
            store,
            working.team_id,
            revision=working.revision,
            digest=f"{working.revision:012}",
            reason=reason,
            by=people[Role.MANAGER],
            needs_approval=False,
        )

    return do


def send(browser: Browser, path: str, revision: int = 0, **fields: str) -> tuple[int, Any]:
    status, page = browser.post(path, POLICY, revision=str(revision), **fields)
    return status, page


def test_a_clause_is_edited_in_the_place_of_the_sample(manager: Browser, store: Store) -> None:
    page = manager.get(f"{CLAUSE}?topic=images")
    assert page.select_one("#number")["value"] == "5"
    assert send(manager, f"{CLAUSE}?topic=images", **PHOTOS)[0] == 303
    (clause,) = saved(store).clauses
    assert (clause.topic, clause.number, clause.text) == ("images", "4.1", "Ask first.")
    page = manager.get(POLICY)
    assert state(page, "Photos") == "Edited here"
    assert state(page, "Be respectful") == "As supplied"
    assert send(manager, CHANGE, 1, topic="images", do="undo")[0] == 303
    assert saved(store) == CouncilPolicy()


def test_a_clause_is_added_with_a_topic_of_its_own(manager: Browser, store: Store) -> None:
    assert send(manager, CLAUSE, number="16", title="Images", text="Ask.")[0] == 303
    assert [one.topic for one in saved(store).clauses] == ["images-2"]
    assert state(manager.get(POLICY), "Images") == "Added here"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"number": ""}, "number", "Write something here."),
        ({"text": "t" * 2001}, "text", "keep it under 2,000"),
        ({"url": "javascript:alert(1)"}, "url", "begins with https://"),
        ({"number": "8"}, "number", "“Be respectful” has this number"),
    ],
)
def test_a_clause_that_cannot_be_used_is_told_and_kept(
    manager: Browser, store: Store, fields: dict[str, str], field: str, sentence: str
) -> None:
    status, page = send(manager, f"{CLAUSE}?topic=images", **{**PHOTOS, **fields})
    assert (status, saved(store)) == (400, CouncilPolicy())
    assert sentence in page.select_one(f"#{field}-problem").text
    assert page.select_one("#title")["value"] == "Photos"
    shown = page.select_one(f"#{field}")
    assert (shown.text.strip("\n") if field == "text" else shown["value"]) == fields[field]


def test_a_clause_is_retired_and_brought_back(manager: Browser, store: Store) -> None:
    assert send(manager, CHANGE, topic="images", do="retire")[0] == 303
    assert saved(store).retired == ("images",)
    title = "Photos and videos need written permission"
    assert state(manager.get(POLICY), title) == "As supplied, retired"
    assert send(manager, CHANGE, 1, topic="images", do="bring-back")[0] == 303
    assert saved(store) == CouncilPolicy()


@pytest.mark.parametrize("fields", [{"topic": "nothing", "do": "retire"}, {"topic": "images"}])
def test_a_change_of_no_clause_is_told(
    manager: Browser, store: Store, fields: dict[str, str]
) -> None:
    status, page = send(manager, CHANGE, **fields)
    assert (status, "Choose a clause" in words(page)) == (400, True)
    assert saved(store) == CouncilPolicy()


def test_a_clause_on_no_topic_is_not_found(manager: Browser) -> None:
    assert manager.client.get(f"{CLAUSE}?topic=nothing").status_code == 404


def test_owner_and_day_are_saved_beside_the_clauses(manager: Browser, store: Store) -> None:
    send(manager, f"{CLAUSE}?topic=images", **PHOTOS)
    fields = {"title": "Glen Council", "owner": "Ann Ward", "review_by": "2027-06-30"}
    assert send(manager, POLICY, 1, **fields)[0] == 303
    policy = saved(store)
    assert (policy.owner, policy.review_by, len(policy.clauses)) == (
        "Ann Ward",
        dt.date(2027, 6, 30),
        1,
    )


def test_a_day_that_is_none_is_told_and_kept(manager: Browser, store: Store) -> None:
    status, page = send(manager, POLICY, owner="Ann", review_by="in June")
    assert (status, saved(store)) == (400, CouncilPolicy())
    assert "Write the date like 2027-03-31" in page.select_one("#review_by-problem").text
    assert page.select_one("#review_by")["value"] == "in June"
    assert page.select_one("#owner")["value"] == "Ann"


def test_a_clause_that_somebody_else_changed_is_shown_and_not_overwritten(
    manager: Browser, browser_of: Callable[[Role | None], Browser], store: Store
) -> None:
    send(browser_of(Role.APPROVER), f"{CLAUSE}?topic=images", **{**PHOTOS, "text": "Theirs."})
    status, page = send(manager, f"{CLAUSE}?topic=images", **PHOTOS)
    assert (status, saved(store).clauses[0].text) == (400, "Theirs.")
    assert "Bruce Lamont saved a change" in words(page)
    assert "Theirs." in words(page)
    assert page.select_one("#text").text.strip("\n") == "Ask first."


def test_the_history_tells_in_words_what_each_version_changed(
    manager: Browser, store: Store, publish: Callable[[str], None]
) -> None:
    send(manager, f"{CLAUSE}?topic=images", **PHOTOS)
    publish("Our own words")
    manager.post("/manage/at/council/contact", revision="1", name="Ann")
    publish("A contact")
    long = "Ask first, and in writing, each time that you take a photo or a video of people."
    send(manager, f"{CLAUSE}?topic=images", 2, **{**PHOTOS, "text": long})
    publish("Clearer")
    page = manager.get(HISTORY)
    told = [
        (part.select_one("h2").text, [one.text for one in part.select("li")])
        for part in page.select("section.clause")
    ]
    # The version between changed no clause.
    assert told == [
        ("Version 3", ["Clause “Photos”: text reworded."]),
        ("Version 1", ["Clause “Photos”: added."]),
    ]
    assert f"Before: Ask first. After: {long}" in words(page)


def test_a_review_in_one_click_is_written_down(
    manager: Browser, store: Store, publish: Callable[[str], None]
) -> None:
    send(manager, POLICY, review_by="2027-04-20")
    publish("A day")
    page = manager.get(POLICY)
    assert "To do: The review of the policy is due in 50 days, on 20 April 2027." in words(page)
    status, _ = manager.post(HISTORY, POLICY)
    (review,) = list_reviews(store, find_team(store).id)
    assert (status, review.next_due, review.note) == (
        303,
        dt.date(2028, 2, 29),
        "Reviewed, nothing changed.",
    )
    assert [event.what for event in read_events(store, begins="policy.")] == ["policy.reviewed"]
    page = manager.get(POLICY)
    assert "The next review of the policy is on 29 February 2028." in words(page)
    assert "Reviewed, nothing changed" not in words(page)
    assert "Review. The next one is on 29 February 2028." in words(manager.get(HISTORY))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("soon", "Write the date like 2027-03-31."), ("2027-03-01", "still to come")],
)
def test_a_review_without_a_day_to_come_is_not_written_down(
    manager: Browser, store: Store, typed: str, sentence: str
) -> None:
    status, page = manager.post(HISTORY, POLICY, next_due=typed, note="All read.")
    assert (status, list_reviews(store, find_team(store).id)) == (400, [])
    assert sentence in page.select_one("#next_due-problem").text
    assert page.select_one("#next_due")["value"] == typed
    assert page.select_one("#note")["value"] == "All read."


def test_a_note_with_signs_that_cannot_be_seen_is_not_written_down(
    manager: Browser, store: Store
) -> None:
    status, page = manager.post(HISTORY, POLICY, next_due="", note="All \u202edaer")
    assert (status, list_reviews(store, find_team(store).id)) == (400, [])
    assert page.select_one("#note-problem").text == f"Error: {UNSEEN_SIGNS}"
    assert manager.post(HISTORY, POLICY, next_due="", note="All read. 🙂")[0] == 303


def test_what_is_saved_is_an_overlay_of_policy_alone(manager: Browser, store: Store) -> None:
    send(manager, f"{CLAUSE}?topic=images", **PHOTOS)
    whole = read_overlay(read_working(store, find_team(store).id).yaml)
    assert whole == Overlay(policy=saved(store))
