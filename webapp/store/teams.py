"""Teams: the council at the root, services below it."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, StoreError
from webapp.store.tables import Manager, Team

# The root, which every store has from the first migration on.
COUNCIL = "council"
SLUG = re.compile(r"[a-z][a-z0-9-]{0,62}")


class TeamError(StoreError):
    """A team cannot be made like that; says why and what would do."""


def list_teams(store: Store) -> list[Team]:
    """Return all teams, the council first and the others by name."""
    with store.reading() as session:
        teams = session.scalars(select(Team).order_by(Team.name)).all()
    return sorted(teams, key=lambda team: team.parent_id is not None)


def find_team(store: Store, slug: str = COUNCIL) -> Team:
    """Return the team called `slug`; raises `MissingRowError` when there is none."""
    with store.reading() as session:
        return find(session, slug)


def find(session: Session, slug: str) -> Team:
    """Return the team called `slug` within the transaction of `session`.

    Raises `MissingRowError` when there is none.
    """
    team = session.scalar(select(Team).where(Team.slug == slug))
    if team is None:
        raise MissingRowError("There is no such team: choose one from the list of teams.")
    return team


def line_of(store: Store, slug: str) -> list[Team]:
    """Return the council and every team down to `slug`, in the order in which overlays apply.

    Raises `MissingRowError` when there is no such team.
    """
    with store.reading() as session:
        line = [find(session, slug)]
        while line[0].parent_id is not None:
            line.insert(0, session.get_one(Team, line[0].parent_id))
        return line


def add_team(store: Store, slug: str, name: str, by: Manager, *, parent: str = COUNCIL) -> Team:
    """Make a team below `parent` and return it.

    Raises `TeamError` when `slug` is taken or no fit address, `MissingRowError` without `parent`.
    """
    if not SLUG.fullmatch(slug):
        raise TeamError("A team’s address has small letters, digits and hyphens, like glen-view.")
    with store.writing() as session:
        if session.scalar(select(Team).where(Team.slug == slug)):
            raise TeamError("There is a team with this address already: choose another.")
        team = Team(slug=slug, name=name.strip() or slug, parent_id=find(session, parent).id)
        session.add(team)
        note(store, session, by, "team.added", slug=slug)
        session.flush()
        return team
