"""How often things happen, by day and team. Read only in sums that nobody can be told from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.store.database import Store
from webapp.store.queue_tables import Count, Counted
from webapp.store.teams import COUNCIL, find

# A smaller number could be one person's doing.
FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """How often `name` (a rule, a category or a verdict) was counted; `week` is its Monday."""

    name: str
    number: int
    week: dt.date | None = None


def count(store: Store, kind: Counted, names: Iterable[str], *, team: str = COUNCIL) -> None:
    """Add one to today's count of each of `names`, once for each time that it stands there.

    Raises `MissingRowError` when there is no such team.
    """
    insert = sqlite.insert if store.is_sqlite else postgresql.insert
    with store.writing() as session:
        team_id, day = find(session, team).id, store.clock().date()
        # In one order, so that two writers never wait for each other.
        for name in sorted(names):
            row = insert(Count).values(day=day, team_id=team_id, kind=kind, name=name, number=1)
            session.execute(
                row.on_conflict_do_update(
                    index_elements=["day", "team_id", "kind", "name"],
                    set_={"number": Count.number + 1},
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
    first = _monday(since)
    asked = select(Count.day, Count.name, Count.number).where(
        Count.kind == kind, Count.day.between(first, _monday(until) + dt.timedelta(days=6))
    )
    if team_id is not None:
        asked = asked.where(Count.team_id == team_id)
    sums: dict[tuple[dt.date, str], int] = {}
    with store.reading() as session:
        for day, name, number in session.execute(asked):
            sums[_monday(day), name] = sums.get((_monday(day), name), 0) + number
    return [
        Figure(name, number, week)
        for (week, name), number in sorted(sums.items())
        if number >= FEWEST_SHOWN
    ]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
