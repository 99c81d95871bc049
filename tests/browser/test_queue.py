"""A manager answers a report and reads the figures in real Chromium; axe finds no fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from test_axe import faults
from waitress.server import create_server

from checker.draft import Account
from checker.engine import Checker
from checker.verdict import Category, Verdict
from webapp import create_app
from webapp.engine import EngineChecker
from webapp.serving import server_options
from webapp.settings import Settings
from webapp.store.counts import add_counts
from webapp.store.database import Store
from webapp.store.examples import add_example
from webapp.store.feedback import Complaining, add_feedback
from webapp.store.managers import add_manager
from webapp.store.queue_tables import Complaint, Counted, RetrainRun
from webapp.store.runs import ask_for_run, end_run
from webapp.store.schema import open_store
from webapp.store.tables import Role
from webapp.store.teams import COUNCIL, find_team

EMAIL = "aileen@example.org"
PASSWORD = "three random words"
MASKED = "our resident [name] in room [number] was off her meds again"
RULE = "care-detail.named-person"
FIGURES = {
    "breaches": 2100,
    "caught": 1890,
    "stops": 900,
    "stops_missed": 20,
    "fine": 2200,
    "flagged": 240,
    "local": 5,
    "right": 2,
}


Open = Callable[..., Page]


@pytest.fixture
def address(tmp_path: Path, checker: Checker) -> Iterator[str]:
    """Serve a console in which reports, examples, counts and a retraining are kept."""
    settings = Settings(instance=str(tmp_path), feedback="on", secure_cookies="off")
    store = open_store(f"sqlite:///{tmp_path}/postcheck.sqlite")
    fill(store)
    app = create_app(settings, EngineChecker(checker))
    server = create_server(app, **server_options("127.0.0.1", 0, settings))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(lambda: server.close())
    thread.join(timeout=5)
    store.close()


def fill(store: Store) -> None:
    """Keep one of everything that the pages show."""
    manager, _ = add_manager(store, EMAIL, "Aileen Moore", Role.ADMINISTRATOR, password=PASSWORD)
    sent = Complaining(Complaint.MISSED, MASKED, "", Account.PERSONAL, Verdict.REVIEW, (RULE,))
    add_feedback(store, sent, days=30)
    team = find_team(store).id
    for number in range(5):
        add_example(
            store,
            team,
            f"{MASKED}, {number}",
            account=Account.PERSONAL,
            verdict=Verdict.STOP,
            categories=[Category.CARE_DETAIL],
            origin="typed",
            by=manager,
        )
    now = store.clock()
    for week in range(1, 7):
        then = replace(store, clock=partial(_before, now, week))
        counts = {(COUNCIL, Counted.CHECK, "ok"): 30 + 7 * week}
        counts |= {(COUNCIL, Counted.CHECK, "stop"): 3 + week, (COUNCIL, Counted.FINDING, RULE): 9}
        add_counts(then, counts)
    run = ask_for_run(store, RetrainRun, team, "local examples", by=manager)
    end_run(store, run, {"before": FIGURES, "after": FIGURES | {"right": 5}, "heads": {}})


def _before(now: datetime, weeks: int) -> datetime:
    return now - timedelta(weeks=weeks)


def log_in(page: Page) -> None:
    """Log in as whoever was made in `fill`."""
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Dashboard").wait_for()


PAGES = ("", "reports", "reports/1", "examples", "examples/1", "reader", "figures")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_pages_of_the_queue(open_page: Open, width: int) -> None:
    page = open_page("/manage/login", width=width)
    log_in(page)
    found = []
    for path in PAGES:
        page.goto(f"/manage/{path}")
        found += [f"{path}: {fault}" for fault in faults(page)]
        too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert (path, too_wide) == (path, False)
    assert found == []


def test_a_report_is_labelled_with_the_keyboard_and_without_javascript(open_page: Open) -> None:
    page = open_page("/manage/login", java_script_enabled=False)
    log_in(page)
    page.get_by_role("link", name="1 report is waiting for an answer").click()
    page.get_by_role("link", name="Report 1").click()
    page.get_by_role("button", name="Keep as an example").press("Enter")
    problem = page.get_by_role("link", name="Choose what the answer should be.")
    problem.wait_for()
    page.get_by_label("Do not post").press("Space")
    page.get_by_label("Details of someone's care or life").press("Space")
    page.get_by_role("button", name="Keep as an example").press("Enter")
    page.get_by_role("cell", name="Made an example").wait_for()
    page.get_by_role("link", name="Local examples").click()
    assert page.get_by_role("row").count() == 7
