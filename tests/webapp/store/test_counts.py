"""Counts are kept by day and team, and shown from five upwards only."""

from __future__ import annotations

import datetime as dt

from tests.clock import Clock
from webapp.store.counts import Figure, count, read_totals, read_weeks
from webapp.store.database import Store
from webapp.store.queue_tables import Counted
from webapp.store.tables import Manager
from webapp.store.teams import add_team

# A Monday, on which the clock of these tests begins.
MONDAY = dt.date(2027, 3, 1)
SUNDAY = dt.date(2027, 3, 7)


def test_five_are_shown_and_four_are_not(store: Store) -> None:
    count(store, Counted.FINDING, ["a.one"] * 5 + ["a.two"] * 4)
    assert read_totals(store, Counted.FINDING, MONDAY, SUNDAY) == [Figure("a.one", 5)]
    assert read_weeks(store, Counted.FINDING, MONDAY, SUNDAY) == [Figure("a.one", 5, MONDAY)]


def test_days_are_added_up(store: Store, clock: Clock) -> None:
    count(store, Counted.CHECK, ["ok"] * 3)
    clock.move(days=6)
    count(store, Counted.CHECK, ["ok"] * 3)
    assert read_weeks(store, Counted.CHECK, MONDAY, SUNDAY) == [Figure("ok", 6, MONDAY)]
    clock.move(days=1)
    count(store, Counted.CHECK, ["ok"] * 5)
    assert read_weeks(store, Counted.CHECK, MONDAY, SUNDAY) == [Figure("ok", 6, MONDAY)]
    assert read_totals(store, Counted.CHECK, MONDAY, SUNDAY + dt.timedelta(days=1)) == [
        Figure("ok", 11)
    ]


def test_kinds_and_teams_are_kept_apart(store: Store, team: int, aileen: Manager) -> None:
    glen = add_team(store, "glen-view", "Glen View", aileen)
    count(store, Counted.FINDING, ["a.one"] * 6)
    count(store, Counted.FINDING, ["a.one"] * 7, team="glen-view")
    count(store, Counted.DISMISSAL, ["a.one"] * 8)
    one = read_totals(store, Counted.FINDING, MONDAY, SUNDAY, team_id=team)
    other = read_totals(store, Counted.FINDING, MONDAY, SUNDAY, team_id=glen.id)
    every = read_totals(store, Counted.FINDING, MONDAY, SUNDAY)
    assert [one[0].number, other[0].number, every[0].number] == [6, 7, 13]
