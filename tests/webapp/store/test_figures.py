"""Figures for managers show no sum below five, and none can be worked out from the others."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.clock import Clock
from webapp.store.counts import add_counts
from webapp.store.database import Store
from webapp.store.figures import full_weeks, read_table
from webapp.store.queue_tables import Counted
from webapp.store.tables import Manager
from webapp.store.teams import COUNCIL, add_team

A, B, C = "care-detail.one", "care-detail.two", "care-detail.three"


def put(store: Store, kind: Counted, team: str = COUNCIL, **numbers: int) -> None:
    """Count so often today; a name is written with "_" for "."."""
    names = {"a": A, "b": B, "c": C}
    add_counts(store, {(team, kind, names.get(k, k)): n for k, n in numbers.items()})


def test_weeks_are_full_and_begin_on_mondays() -> None:
    # 3 March 2027 is a Wednesday.
    assert full_weeks(dt.date(2027, 3, 3), 2) == (dt.date(2027, 2, 15), dt.date(2027, 2, 22))


def test_a_week_is_shown_when_it_is_over(store: Store, clock: Clock) -> None:
    put(store, Counted.CHECK, ok=7)
    assert read_table(store, Counted.CHECK).rows == ()
    clock.move(days=7)
    (row,) = read_table(store, Counted.CHECK, weeks=2).rows
    assert (row.name, row.weeks, row.total) == ("ok", (None, 7), 7)


def test_a_total_tells_nothing_of_a_hidden_week(store: Store, clock: Clock) -> None:
    for number in (6, 4, 5):
        put(store, Counted.CHECK, ok=number)
        clock.move(days=7)
    table = read_table(store, Counted.CHECK, weeks=3)
    assert [(row.weeks, row.total) for row in table.rows] == [((6, None, 5), 11)]
    assert table.total == 11


@pytest.mark.parametrize(
    ("counted", "shown", "whole"),
    [
        ({"a": 9, "b": 6}, {A: 9, B: 6}, 15),
        ({"a": 9, "b": 2}, {}, 11),
        ({"a": 9, "b": 6, "c": 1}, {A: 9}, 16),
        ({"a": 9, "b": 4, "c": 3}, {A: 9}, 16),
        ({"a": 3, "b": 3}, {}, 6),
        ({"a": 3, "b": 1}, {}, None),
    ],
)
def test_a_hidden_rule_cannot_be_worked_out_from_its_category(
    store: Store, clock: Clock, counted: dict[str, int], shown: dict[str, int], whole: int | None
) -> None:
    put(store, Counted.FINDING, **counted)
    clock.move(days=7)
    table = read_table(store, Counted.FINDING, weeks=1)
    assert {row.name: row.total for row in table.rows} == shown
    assert [row.weeks for row in table.categories] == ([(whole,)] if whole else [])


def test_all_teams_tell_nothing_of_one(store: Store, aileen: Manager, clock: Clock) -> None:
    glen = add_team(store, "glen-view", "Glen View", aileen)
    put(store, Counted.CHECK, ok=10)
    put(store, Counted.CHECK, "glen-view", ok=2)
    clock.move(days=7)
    assert read_table(store, Counted.CHECK, weeks=1).total == 10
    assert read_table(store, Counted.CHECK, weeks=1, team_id=glen.id).total == 0
    put(store, Counted.CHECK, "glen-view", ok=5)
    clock.move(days=7)
    assert read_table(store, Counted.CHECK, weeks=2).total == 15


def test_a_team_that_is_gone_is_left_out(store: Store, clock: Clock) -> None:
    put(store, Counted.CHECK, "gone", ok=9)
    put(store, Counted.CHECK, ok=5)
    clock.move(days=7)
    assert read_table(store, Counted.CHECK, weeks=1).total == 5
