"""The figures that managers see, by full weeks; nobody can be told from them, nor worked out.

A sum below five is left out. So that none can be worked out either, every total is the sum of what
is shown beside it, a week is shown when it is over, and all teams together are the sum of what is
shown for each. A category is shown whole: where the rules left out of it would come to less
than five, the least of those that are shown is left out too.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from webapp.store.counts import FEWEST_SHOWN, first_day, monday, read_raw_weeks
from webapp.store.database import Store
from webapp.store.queue_tables import Counted

WEEKS = 12
# Ninety days, in full weeks.
STALE_WEEKS = 13

Cell = tuple[dt.date, str]


@dataclass(frozen=True, slots=True)
class Row:
    """How often `name` was counted in each week, None where that is not shown.

    `category` is what the name begins with: that of a shipped rule, or `own`.
    """

    name: str
    weeks: tuple[int | None, ...]

    @property
    def total(self) -> int:
        """Return the sum of what is shown."""
        return sum(number or 0 for number in self.weeks)

    @property
    def category(self) -> str:
        """Return the category of a rule."""
        return category_of(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """What was counted of one kind in `weeks`, the Mondays; the greatest total first."""

    weeks: tuple[dt.date, ...]
    rows: tuple[Row, ...]
    categories: tuple[Row, ...] = ()

    @property
    def total(self) -> int:
        """Return the sum of all that is shown in rows."""
        return sum(row.total for row in self.rows)


def category_of(rule: str) -> str:
    """Return what the name of a rule begins with."""
    return rule.partition(".")[0]


def full_weeks(today: dt.date, number: int = WEEKS) -> tuple[dt.date, ...]:
    """Return the Mondays of the last `number` weeks that are over, the first one first."""
    this = monday(today)
    return tuple(this - dt.timedelta(weeks=back) for back in range(number, 0, -1))


def read_table(
    store: Store, kind: Counted, *, weeks: int = WEEKS, team_id: int | None = None
) -> Table:
    """Return what was counted of `kind` in the last full weeks, for a team or for all.

    Findings have their categories beside them.
    """
    mondays = full_weeks(store.clock().date(), weeks)
    by_team: defaultdict[int, dict[Cell, int]] = defaultdict(dict)
    for (week, team, name), number in read_raw_weeks(store, kind, mondays[0], weeks).items():
        by_team[team][week, name] = number
    shown, categories = _nothing(), _nothing()
    for team, cells in by_team.items():
        if team_id in (None, team):
            _add(shown, _shown(cells, is_by_rule=kind is Counted.FINDING))
            _add(categories, _large(_by_category(cells)))
    has_categories = kind is Counted.FINDING
    return Table(
        mondays, _rows(shown, mondays), _rows(categories, mondays) if has_categories else ()
    )


def find_hardly_used(
    store: Store, rules: Iterable[str], *, weeks: int = STALE_WEEKS, team_id: int | None = None
) -> list[str] | None:
    """Return which of `rules` held less than five times in the last full weeks.

    None where nothing was counted so long ago. Rules that held less than five times and never are
    not told apart: one that leaves the list would tell of one post.
    """
    first, began = full_weeks(store.clock().date(), weeks)[0], first_day(store)
    if began is None or began > first:
        return None
    sums: defaultdict[str, int] = defaultdict(int)
    for (_, team, name), number in read_raw_weeks(store, Counted.FINDING, first, weeks).items():
        if team_id in (None, team):
            sums[name] += number
    return [rule for rule in rules if sums[rule] < FEWEST_SHOWN]


def _shown(cells: Mapping[Cell, int], *, is_by_rule: bool) -> dict[Cell, int]:
    """Return the cells that may be shown beside those of their categories."""
    shown = _large(cells)
    if not is_by_rule:
        return shown
    for (week, category), whole in _by_category(cells).items():
        beside = {
            cell: number
            for cell, number in shown.items()
            if cell[0] == week and category_of(cell[1]) == category
        }
        if beside and 0 < whole - sum(beside.values()) < FEWEST_SHOWN:
            del shown[min(beside, key=lambda cell: (beside[cell], cell))]
    return shown


def _large(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: number for cell, number in cells.items() if number >= FEWEST_SHOWN}


def _by_category(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    sums = _nothing()
    for (week, name), number in cells.items():
        sums[week, category_of(name)] += number
    return sums


def _nothing() -> defaultdict[Cell, int]:
    return defaultdict(int)


def _add(to: defaultdict[Cell, int], cells: Mapping[Cell, int]) -> None:
    for cell, number in cells.items():
        to[cell] += number


def _rows(cells: Mapping[Cell, int], mondays: Iterable[dt.date]) -> tuple[Row, ...]:
    weeks = tuple(mondays)
    rows = [
        Row(name, tuple(cells.get((week, name)) for week in weeks))
        for name in {name for _, name in cells}
    ]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))
