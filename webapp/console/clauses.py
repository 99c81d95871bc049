"""The clauses of a council as a team edits them: as they are beneath, edited, added, retired."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from checker.clause import Clause
from checker.overlay.applied import COUNCIL
from checker.overlay.contents import CouncilClause, CouncilPolicy, Overlay
from checker.overlay.difference import Called, differences
from checker.policy import Policy

LONGEST_TOPIC = 60


class Origin(StrEnum):
    """Where the words of a clause come from."""

    BENEATH = "as supplied"
    EDITED = "edited here"
    ADDED = "added here"


@dataclass(frozen=True, slots=True)
class Row:
    """A clause on the page: what it says, where its words come from, and whether it is retired."""

    clause: CouncilClause
    origin: Origin
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that two versions word differently; "" where one of them has none."""

    title: str
    before: str
    after: str


def list_rows(beneath: Policy, council: CouncilPolicy) -> tuple[Row, ...]:
    """Return the clauses with the team's own in the place of those beneath, then those added."""
    own = {one.topic: one for one in council.clauses}
    supplied = [_supplied(one) for one in beneath.from_source(COUNCIL)]
    known = {one.topic for one in supplied}
    return (
        *(
            Row(
                own.get(one.topic, one),
                Origin.EDITED if one.topic in own else Origin.BENEATH,
                one.topic in council.retired,
            )
            for one in supplied
        ),
        *(
            Row(one, Origin.ADDED, one.topic in council.retired)
            for one in council.clauses
            if one.topic not in known
        ),
    )


def find_row(rows: Collection[Row], topic: str) -> Row | None:
    """Return the row about `topic`, or None."""
    return next((row for row in rows if row.clause.topic == topic), None)


def with_clause(council: CouncilPolicy, clause: CouncilClause) -> CouncilPolicy:
    """Return `council` with `clause` in the place of the one on its topic, or after the others."""
    others = [one for one in council.clauses if one.topic != clause.topic]
    if len(others) == len(council.clauses):
        return replace(council, clauses=(*others, clause))
    new = (clause if one.topic == clause.topic else one for one in council.clauses)
    return replace(council, clauses=tuple(new))


def without_edit(council: CouncilPolicy, topic: str) -> CouncilPolicy:
    """Return `council` with the clause on `topic` as it is beneath, or without it."""
    return replace(council, clauses=tuple(one for one in council.clauses if one.topic != topic))


def retire(council: CouncilPolicy, topic: str) -> CouncilPolicy:
    """Return `council` with the clause on `topic` retired; its words are kept."""
    return replace(council, retired=tuple(dict.fromkeys((*council.retired, topic))))


def bring_back(council: CouncilPolicy, topic: str) -> CouncilPolicy:
    """Return `council` with the clause on `topic` no longer retired."""
    return replace(council, retired=tuple(one for one in council.retired if one != topic))


def new_topic(title: str, taken: Collection[str]) -> str:
    """Return a topic for a clause called `title` that is none of `taken`: "photos-2"."""
    base = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:LONGEST_TOPIC].strip("-") or "clause"
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(topic for topic in candidates if topic not in taken)


def told(old: CouncilPolicy, new: CouncilPolicy, called: Called) -> tuple[str, ...]:
    """Return in sentences what `new` changes of `old`; () where they are equal."""
    return differences(Overlay(policy=old), Overlay(policy=new), called)


def changed_texts(old: CouncilPolicy, new: CouncilPolicy) -> tuple[Change, ...]:
    """Return the clauses whose text differs between two versions, to be shown side by side."""
    before = {one.topic: one.text for one in old.clauses}
    after = {one.topic: one.text for one in new.clauses}
    titles = {one.topic: one.title for one in (*old.clauses, *new.clauses)}
    return tuple(
        Change(titles[topic], before.get(topic, ""), after.get(topic, ""))
        for topic in dict.fromkeys((*before, *after))
        if before.get(topic, "") != after.get(topic, "")
    )


def _supplied(clause: Clause) -> CouncilClause:
    topic = clause.id.removeprefix(f"{COUNCIL}.")
    return CouncilClause(topic, clause.number, clause.title, clause.text, clause.url)
