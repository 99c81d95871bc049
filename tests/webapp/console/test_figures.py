"""The page of figures shows no number below five, in charts, tables and the file alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Protocol

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from checker.engine import Checker
from checker.overlay.applied import apply_overlay
from checker.verdict import Category
from tests.clock import Clock
from tests.overlays import RULE as GARDEN_RULE
from tests.overlays import overlay_of
from webapp.console.rule_names import name_rules
from webapp.store.counts import add_counts
from webapp.store.database import Store
from webapp.store.queue_tables import Counted
from webapp.store.tables import Manager, Role
from webapp.store.teams import COUNCIL, add_team

RULE, OTHER = "care-detail.named-person", "boundary.gift"


class Client(Protocol):
    """What a browser sends with."""

    def get(self, path: str) -> TestResponse:
        """Send a request."""


class Browser(Protocol):
    """Somebody's browser."""

    client: Client

    def get(self, path: str) -> BeautifulSoup:
        """Return a page."""


BrowserOf = Callable[[Role | None], Browser]


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


@pytest.fixture
def counted(store: Store, people: dict[Role, Manager], clock: Clock) -> None:
    """Count two weeks of checks, the second a quiet one, and let them be over."""
    add_team(store, "glen-view", "Glen View", people[Role.ADMINISTRATOR])
    busy = {
        (COUNCIL, Counted.CHECK, "ok"): 40,
        (COUNCIL, Counted.CHECK, "stop"): 3,
        (COUNCIL, Counted.FINDING, RULE): 12,
        (COUNCIL, Counted.FINDING, OTHER): 2,
        (COUNCIL, Counted.DISMISSAL, RULE): 6,
        (COUNCIL, Counted.DISMISSAL, "not-supported"): 4,
        (COUNCIL, Counted.SHADOW, "own.garden"): 9,
        ("glen-view", Counted.CHECK, "ok"): 7,
    }
    add_counts(store, busy)
    clock.move(days=7)
    add_counts(store, {(COUNCIL, Counted.CHECK, "ok"): 4})
    clock.move(days=7)


@pytest.mark.usefixtures("counted")
def test_what_is_small_is_left_out_and_the_rest_adds_up(browser_of: BrowserOf) -> None:
    page = browser_of(Role.MANAGER).get("/manage/figures")
    rows = {
        words(row.select_one("th")): [words(cell) for cell in row.select("td")][-3:]
        for row in page.select("main table tbody tr")
    }
    assert rows["Nothing found"] == ["47", "–", "47"]
    assert rows[f"… is named beside a detail of their care {RULE}"] == ["6", "–", "6"]
    assert rows["Details of someone's care or life"] == ["12", "–", "12"]
    # A rule that was published for nobody has no name but its id.
    assert rows["own.garden"] == ["9", "–", "9"]
    for hidden in ("Do not post", OTHER, "“Not someone I support”"):
        assert [name for name in rows if name.endswith(hidden)] == []


@pytest.mark.usefixtures("counted")
def test_charts_say_in_words_what_they_show(browser_of: BrowserOf) -> None:
    page = browser_of(Role.MANAGER).get("/manage/figures")
    chart = page.select_one("svg[aria-labelledby='checks-chart-title checks-chart-told']")
    assert chart is not None
    assert len(chart.select("rect")) == 1
    assert words(chart.select_one("title")) == "Checks by week"
    assert words(chart.select_one("desc")) == (
        "47 in the week of 1 March. 11 of 12 weeks are not shown."
    )


@pytest.mark.usefixtures("counted")
def test_a_team_has_figures_of_its_own(browser_of: BrowserOf) -> None:
    browser = browser_of(Role.MANAGER)
    page = browser.get("/manage/figures?of=glen-view")
    assert "Figures: Glen View" in words(page)
    row = page.select_one("#checks-title ~ div tbody tr")
    assert row is not None
    assert words(row).endswith("7 – 7")
    assert browser.client.get("/manage/figures?of=nowhere").status_code == 404


@pytest.mark.usefixtures("counted")
def test_the_file_holds_what_the_page_shows_and_no_more(browser_of: BrowserOf) -> None:
    response = browser_of(Role.MANAGER).client.get("/manage/figures.csv")
    assert response.headers["Content-Disposition"] == "attachment; filename=figures.csv"
    assert list(csv.reader(io.StringIO(response.text))) == [
        ["what", "name", "week", "number"],
        ["check", "ok", "2027-03-01", "47"],
        ["finding", RULE, "2027-03-01", "12"],
        ["finding by category", "care-detail", "2027-03-01", "12"],
        ["dismissal", RULE, "2027-03-01", "6"],
        ["shadow", "own.garden", "2027-03-01", "9"],
    ]


@pytest.mark.usefixtures("counted")
def test_clauses_come_from_the_rules_that_are_shown(browser_of: BrowserOf) -> None:
    page = browser_of(Role.MANAGER).get("/manage/figures")
    clauses = [words(one) for one in page.select("#clauses-title ~ ol li")]
    assert clauses
    assert all(one.endswith("( 12 )") or one.endswith("(12)") for one in clauses)


@pytest.mark.usefixtures("counted")
def test_rules_hardly_used_are_told_after_thirteen_weeks(
    browser_of: BrowserOf, store: Store, clock: Clock
) -> None:
    before = words(browser_of(Role.MANAGER).get("/manage/figures"))
    assert "This can be told once it was counted for 13 full weeks." in before
    clock.move(days=7 * 11)
    names = [
        words(one).rpartition(" ")[2]
        for one in browser_of(Role.MANAGER)
        .get("/manage/figures")
        .select("#unused-title ~ details li")
    ]
    assert (RULE in names, OTHER in names) == (False, True)


@pytest.mark.usefixtures("counted")
def test_the_dashboard_has_the_last_weeks_and_how_it_is(browser_of: BrowserOf) -> None:
    page = browser_of(Role.MANAGER).get("/manage/")
    assert "Posts checked 47 Nothing found 47 Findings 12" in words(page)
    assert "All is well." in words(page)


def test_a_rule_is_called_by_the_name_that_it_was_published_with(engine: Checker) -> None:
    overlay = overlay_of(GARDEN_RULE)
    names = name_rules(apply_overlay(engine.rulebook, overlay), [overlay])
    assert names["own.garden"] == GARDEN_RULE.name
    assert names[OTHER] == (
        "… tells of a gift or money between you and someone you know through work"
    )
    assert names["reader"] == "The learned reader"
    assert names["boundary.reader"] == "The learned reader: Professional boundaries"
    assert "own.garden" not in name_rules(engine.rulebook)
    # Nothing that the reader can raise, and no rule, is without a name.
    assert {f"{one}.reader" for one in Category} | {one.id for one in engine.rulebook.rules} <= {
        *names
    }
