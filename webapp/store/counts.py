"""How often things happen, by day and team. Read only in sums that nobody can be told from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.store.database import Store
from webapp.store.queue_tables import Count, Counted
from webapp.store.tables import Team
from webapp.store.teams import COUNCIL, find

# A smaller number could be one person's doing.
FEWEST_SHOWN = 5
# As wide as the column.
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Figure:
    """How often `name` (a rule, a category or a verdict) was counted; `week` is its Monday."""

    name: str
    number: int
    week: dt.date | None = None


# Team, kind and name, with how often.
Batch = Mapping[tuple[str, Counted, str], int]


def count(store: Store, kind: Counted, names: Iterable[str], *, team: str = COUNCIL) -> None:
    """Add one to today's count of each of `names`, once for each time that it stands there.

    Raises `MissingRowError` when there is no such team.
    """
    with store.reading() as session:
        find(session, team)
    add_counts(store, Counter((team, kind, name) for name in names))


def add_counts(store: Store, batch: Batch) -> None:
    """Add what was counted in memory to today's counts, all of it or nothing.

    What was counted for a team that is not there any more is left out.
    """
    insert = sqlite.insert if store.is_sqlite else postgresql.insert
    with store.writing() as session:
        day = store.clock().date()
        ids = {team.slug: team.id for team in session.scalars(select(Team))}
        # In one order, so that two writers never wait for each other.
        for (team, kind, name), number in sorted(batch.items()):
            if team not in ids:
                continue
            row = insert(Count).values(
                day=day, team_id=ids[team], kind=kind, name=name[:LONGEST_NAME], number=number
            )
            session.execute(
                row.on_conflict_do_update(
                    index_elements=["day", "team_id", "kind", "name"],
                    set_={"number": Count.number + number},
                )
            )


def read_totals(
    store: Store, kind: Counted, since: dt.date, until: dt.date, *, team_id: int | None = None
) -> list[Figure]:
    """Return the sums from `since` to `until`, both included, the greatest first.

    Sums below five are left out.
    """
    total = func.sum(Count.number)
    asked = (
        select(Count.name, total)
        .where(Count.kind == kind, Count.day.between(since, until))
        .group_by(Count.name)
        .having(total >= FEWEST_SHOWN)
        .order_by(total.desc(), Count.name)
    )
    if team_id is not None:
        asked = asked.where(Count.team_id == team_id)
    with store.reading() as session:
        return [Figure(name, int(number)) for name, number in session.execute(asked)]


def read_weeks(
    store: Store, kind: Counted, since: dt.date, until: dt.date, *, team_id: int | None = None
) -> list[Figure]:
    """Return the sums of each week that has a day from `since` to `until`, the first week first.

    Sums below five are left out.
    """
    first = monday(since)
    asked = select(Count.day, Count.name, Count.number).where(
        Count.kind == kind, Count.day.between(first, monday(until) + dt.timedelta(days=6))
    )
    if team_id is not None:
        asked = asked.where(Count.team_id == team_id)
    sums: dict[tuple[dt.date, str], int] = {}
    with store.reading() as session:
        for day, name, number in session.execute(asked):
            sums[monday(day), name] = sums.get((monday(day), name), 0) + number
    return [
        Figure(name, number, week)
        for (week, name), number in sorted(sums.items())
        if number >= FEWEST_SHOWN
    ]


def read_raw_weeks(
    store: Store, kind: Counted, first: dt.date, weeks: int
) -> dict[tuple[dt.date, int, str], int]:
    """Return every sum by week, team and name, small ones too, for `weeks` weeks from `first` on.

    For `webapp.store.figures` alone, which leaves out what could tell of one person.
    """
    asked = select(Count.day, Count.team_id, Count.name, Count.number).where(
        Count.kind == kind, Count.day.between(first, first + dt.timedelta(days=7 * weeks - 1))
    )
    sums: Counter[tuple[dt.date, int, str]] = Counter()
    with store.reading() as session:
        for day, team, name, number in session.execute(asked):
            sums[monday(day), team, name] += number
    return sums


def first_day(store: Store) -> dt.date | None:
    """Return the first day that anything was counted on, None when nothing was yet."""
    with store.reading() as session:
        return session.scalar(select(func.min(Count.day)))


def monday(day: dt.date) -> dt.date:
    """Return the Monday of the week of `day`."""
    return day - dt.timedelta(days=day.weekday())
