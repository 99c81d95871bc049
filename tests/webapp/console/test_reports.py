"""Reports from staff are answered, and what becomes of them is written down without their text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from checker.draft import Account, Draft
from checker.verdict import Category, Verdict
from tests.clock import Clock
from webapp.console.preview_work import local_examples
from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.examples import add_example, list_examples
from webapp.store.feedback import Complaining, add_feedback, read_feedback
from webapp.store.queue_tables import Complaint, Feedback, FeedbackState, LocalExample
from webapp.store.reason import UNSEEN_SIGNS
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

MASKED = "our resident [name] was off her zyxwv"


class Client(Protocol):
    """What a browser sends with."""

    def get(self, path: str) -> TestResponse:
        """Send a request."""


class Browser(Protocol):
    """Somebody's browser."""

    client: Client

    def get(self, path: str) -> BeautifulSoup:
        """Return a page."""

    def post(self, path: str, **fields: str | list[str]) -> tuple[int, BeautifulSoup]:
        """Send a form."""


@pytest.fixture
def send(store: Store) -> Callable[..., Feedback]:
    """Return what sends a report as staff do."""

    def make(
        kind: Complaint = Complaint.MISSED, *, days: int = 30, masked: str = MASKED
    ) -> Feedback:
        rules = ("care-detail.named-person",)
        sent = Complaining(kind, masked, "a note", Account.PERSONAL, Verdict.REVIEW, rules)
        add_feedback(store, sent, days=days)
        return read_feedback(store)[-1]

    return make


@pytest.fixture
def manager(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.MANAGER)


@pytest.fixture
def example(store: Store, people: dict[Role, Manager]) -> LocalExample:
    return add_example(
        store,
        find_team(store).id,
        MASKED,
        account=Account.SERVICE,
        verdict=Verdict.REVIEW,
        categories=[Category.JIGSAW],
        origin="typed",
        by=people[Role.MANAGER],
    )


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text().split())


def test_open_reports_stand_first_and_the_oldest_at_the_top(
    browser_of: Callable[[Role | None], Browser], send: Callable[..., Feedback], clock: Clock
) -> None:
    send()
    clock.move(days=1)
    send(Complaint.WRONG, days=1)
    manager = browser_of(Role.MANAGER)
    rows = [
        words(row) for row in manager.get("/manage/reports").select("#open-title ~ div tbody tr")
    ]
    assert rows == [
        "Report 1It missed something1 March 2027in 29 days",
        "Report 2It warns about something that is fine2 March 2027today",
    ]


def test_a_report_shows_then_and_now_and_asks_the_checker_about_the_masked_text(
    manager: Browser, send: Callable[..., Feedback], checked: list[Draft]
) -> None:
    send()
    page = manager.get("/manage/reports/1")
    assert checked == [Draft(MASKED)]
    assert page.select_one(".masked").text == MASKED
    cells = [words(cell) for cell in page.select("main table td")]
    named = "“… is named beside a detail of their care”"
    assert cells == ["", "Change or ask", "Nothing found", named, "None"]
    link = page.select_one("#rule-title ~ ul a[href*=named-person]")
    assert words(link) == f"Change the shipped rule {named}: add an exception"


def test_a_report_becomes_an_example(
    manager: Browser, send: Callable[..., Feedback], store: Store
) -> None:
    send()
    sent = {
        "verdict": "stop",
        "categories": ["care-detail", "identifies-person"],
        "note": "Well seen",
    }
    assert manager.post("/manage/reports/1/accept", **sent)[0] == 303
    (example,) = list_examples(store)
    assert (example.masked, example.verdict) == (MASKED, Verdict.STOP)
    assert example.categories == ["care-detail", "identifies-person"]
    (row,) = read_feedback(store, state=None)
    assert (row.state, row.reason) == (FeedbackState.ACCEPTED, "Well seen")
    (shown,) = local_examples(store, find_team(store))
    assert (shown.draft, shown.verdict) == (Draft(MASKED), Verdict.STOP)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"categories": "jigsaw"}, "Choose what the answer should be."),
        ({"verdict": "ok", "categories": "jigsaw"}, "A post that is fine has no concern"),
        ({"verdict": "stop"}, "Say what the concern is: tick at least one."),
        ({"verdict": "stop", "categories": "made-up"}, "Tick only what is in the list under"),
        ({"verdict": "ok", "note": "x" * 501}, "A note has up to 500 characters."),
    ],
)
def test_labels_that_do_not_go_together_are_told_and_kept(
    manager: Browser,
    send: Callable[..., Feedback],
    store: Store,
    sent: dict[str, str],
    sentence: str,
) -> None:
    send()
    status, page = manager.post("/manage/reports/1/accept", **sent)
    assert (status, sentence in words(page)) == (400, True)
    ticked = [str(one["value"]) for one in page.select("main input:checked")]
    assert ticked == [
        value
        for value in (sent.get("verdict"), sent.get("categories"))
        if value and value != "made-up"
    ]
    assert page.select_one("#note").text.strip() == sent.get("note", "")
    assert list_examples(store) == []


def test_a_report_is_closed_with_a_reason_and_not_without(
    manager: Browser, send: Callable[..., Feedback], store: Store
) -> None:
    send()
    status, page = manager.post("/manage/reports/1/close", reason=" ")
    assert (status, "Say why you close it." in words(page)) == (400, True)
    assert manager.post("/manage/reports/1/close", reason="As it should be")[0] == 303
    (row,) = read_feedback(store, state=None)
    assert (row.state, row.reason) == (FeedbackState.CLOSED, "As it should be")
    assert not manager.get("/manage/reports/1").select("#close-title")


def test_a_report_is_marked_as_turned_into_a_rule(
    manager: Browser, send: Callable[..., Feedback], store: Store
) -> None:
    send()
    assert manager.post("/manage/reports/1/turned", made="")[0] == 400
    assert manager.post("/manage/reports/1/turned", made="The garden project")[0] == 303
    (row,) = read_feedback(store, state=None)
    assert (row.state, row.reason) == (FeedbackState.TURNED_INTO_RULE, "The garden project")


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("accept", {"verdict": "ok"}),
        ("close", {"reason": "No"}),
        ("turned", {"made": "A rule"}),
    ],
)
def test_what_somebody_answered_already_is_not_answered_again(
    manager: Browser, send: Callable[..., Feedback], path: str, sent: dict[str, str]
) -> None:
    send()
    manager.post("/manage/reports/1/close", reason="First")
    status, page = manager.post(f"/manage/reports/1/{path}", **sent)
    assert (status, "Somebody answered this report already" in words(page)) == (400, True)


def test_what_expired_is_gone_from_page_and_file(
    manager: Browser, send: Callable[..., Feedback], store: Store, clock: Clock, tmp_path: Path
) -> None:
    send(days=1)
    clock.move(minutes=60 * 24)
    # Logged out by now: whoever comes next, it is gone.
    assert read_feedback(store, state=None) == []
    assert all(b"zyxwv" not in path.read_bytes() for path in tmp_path.iterdir())


def test_of_two_who_answer_the_second_keeps_what_was_typed(
    manager: Browser, send: Callable[..., Feedback], browser_of: Callable[..., Browser]
) -> None:
    send()
    assert browser_of(Role.APPROVER).post("/manage/reports/1/close", reason="Fine")[0] == 303
    for path, typed in (("close", "reason"), ("turned", "made")):
        status, page = manager.post(f"/manage/reports/1/{path}", **{typed: "What I meant to say"})
        assert (status, "Somebody answered this report already" in words(page)) == (400, True)
        kept = page.select_one("pre.masked")
        assert kept is not None
        assert kept.text.strip() == "What I meant to say"


def test_a_report_is_really_deleted(
    manager: Browser, send: Callable[..., Feedback], tmp_path: Path
) -> None:
    send()
    assert manager.post("/manage/reports/1/delete")[0] == 303
    assert manager.client.get("/manage/reports/1").status_code == 404
    assert all(b"zyxwv" not in path.read_bytes() for path in tmp_path.iterdir())


def test_the_log_holds_who_and_what_and_no_text(
    manager: Browser, send: Callable[..., Feedback], store: Store, tmp_path: Path
) -> None:
    for _ in range(4):
        send()
    manager.post("/manage/reports/1/accept", verdict="ok", note="zyxwv note")
    manager.post("/manage/reports/2/close", reason="zyxwv reason")
    manager.post("/manage/reports/3/turned", made="zyxwv rule")
    manager.post("/manage/reports/4/delete")
    manager.post("/manage/examples/1", verdict="stop", categories="jigsaw", was="ok")
    manager.post("/manage/examples/1/delete")
    told = [(one.what, one.who) for one in read_events(store)[::-1] if "manager." not in one.what]
    assert told == [
        ("feedback.answered", "Morven Reid"),
        ("feedback.answered", "Morven Reid"),
        ("feedback.answered", "Morven Reid"),
        ("feedback.deleted", "Morven Reid"),
        ("example.changed", "Morven Reid"),
        # The report that the example was made of goes with it.
        ("feedback.deleted", "Morven Reid"),
        ("example.deleted", "Morven Reid"),
    ]
    with sqlite3.connect(tmp_path / "postcheck.sqlite") as file:
        log = json.dumps(file.execute("SELECT * FROM audit_event").fetchall())
    assert "zyxwv" not in log


def test_examples_are_listed_labelled_anew_and_saved_as_a_file(
    manager: Browser, example: LocalExample
) -> None:
    page = manager.get("/manage/examples")
    assert words(page.select("main tbody tr")[0]).startswith(f"Example 1 {MASKED} Change it")
    page = manager.get("/manage/examples/1")
    assert [one["value"] for one in page.select("main input:checked")] == ["review", "jigsaw"]
    was = page.select_one("input[name=was]")["value"]
    status, page = manager.post("/manage/examples/1", verdict="stop", was=was)
    assert (status, "tick at least one" in words(page)) == (400, True)
    sent = {"verdict": "stop", "categories": "image", "was": was}
    assert manager.post("/manage/examples/1", **sent)[0] == 303
    # Somebody who still has the labels before on their screen overwrites nothing.
    status, page = manager.post("/manage/examples/1", **sent | {"categories": "conduct"})
    assert (status, "Somebody else has given it other labels" in words(page)) == (400, True)
    assert page.select_one("#categories-conduct").has_attr("checked")
    now = page.find(id="saved-now").find_next("ul")
    assert [words(one) for one in now.select("li")] == [
        "Do not post",
        "A picture of someone who uses a service",
    ]
    # What was seen now may be replaced; here it is sent as it stands.
    again = sent | {"was": page.select_one("input[name=was]")["value"]}
    assert again["was"] == "stop image"
    assert manager.post("/manage/examples/1", **again)[0] == 303
    response = manager.client.get("/manage/examples.jsonl")
    (line,) = response.text.splitlines()
    record = json.loads(line)
    assert response.headers["Content-Disposition"] == "attachment; filename=local-examples.jsonl"
    assert (record["text"], record["account"], record["verdict"], record["categories"]) == (
        MASKED,
        "service",
        "stop",
        ["image"],
    )


def test_an_example_is_really_deleted(
    manager: Browser, example: LocalExample, tmp_path: Path
) -> None:
    assert manager.post("/manage/examples/1/delete")[0] == 303
    assert manager.client.get("/manage/examples/1").status_code == 404
    assert all(b"zyxwv" not in path.read_bytes() for path in tmp_path.iterdir())


def test_days_left_counts_a_day_begun(send: Callable[..., Feedback], store: Store) -> None:
    from webapp.console.reports import days_left

    row = send(days=2)
    assert days_left(row, row.expires - timedelta(hours=25)) == 2
    assert days_left(row, row.expires - timedelta(hours=24)) == 1
    assert days_left(row, row.expires - timedelta(seconds=1)) == 1


@pytest.mark.parametrize(
    ("action", "field", "fields"),
    [
        ("accept", "note", {"verdict": "ok"}),
        ("close", "reason", {}),
        ("turned", "made", {}),
    ],
)
def test_a_reason_that_turns_round_how_it_is_read_is_refused_beside_its_field(
    action: str, field: str, fields: dict[str, str], manager: Browser, send: Callable[..., Feedback]
) -> None:
    send()
    path = f"/manage/reports/1/{action}"
    status, page = manager.post(path, **fields, **{field: "not \u202eenif"})
    assert (status, words(page.find(id=f"{field}-problem"))) == (400, f"Error: {UNSEEN_SIGNS}")
    assert manager.post(path, **fields, **{field: "fine 🙂\r\nthen"})[0] == 303
