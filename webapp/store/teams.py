"""Teams: the council at the root, services below it."""

from __future__ import annotations

import re
from itertools import count, islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, StoreError, see_mark
from webapp.store.tables import Manager, Team

# The root, which every store has from the first migration on.
COUNCIL = "council"
SLUG = re.compile(r"[a-z][a-z0-9-]{0,62}")
LONGEST_NAME = 100
NO_TEAM = "There is no such team: choose one from the list of teams."
# With a number after them they still fit into an address.
LONGEST_WORDS = 50


class TeamError(StoreError):
    """A team cannot be made like that; says why and what would do."""


def list_teams(store: Store) -> list[Team]:
    """Return the teams that are in use, the council first and the others by name."""
    with store.reading() as session:
        asked = select(Team).where(Team.closed.is_(None)).order_by(Team.name)
        teams = session.scalars(asked).all()
    return sorted(teams, key=lambda team: team.parent_id is not None)


def list_closed(store: Store) -> list[Team]:
    """Return the teams that were closed, by name."""
    with store.reading() as session:
        asked = select(Team).where(Team.closed.is_not(None)).order_by(Team.name)
        return list(session.scalars(asked))


def find_team(store: Store, slug: str = COUNCIL) -> Team:
    """Return the team called `slug`; raises `MissingRowError` when there is none."""
    with store.reading() as session:
        return find(session, slug)


def find(session: Session, slug: str, *, locked: bool = False) -> Team:
    """Return the team called `slug` within the transaction of `session`.

    Raises `MissingRowError` when there is none in use.
    """
    asked = select(Team).where(Team.slug == slug)
    team = session.scalar(asked.with_for_update() if locked else asked)
    if team is None or team.closed:
        raise MissingRowError(NO_TEAM)
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

    Raises `TeamError` when `slug` is taken or no fit address, `name` too long or that of another
    team in use, and
    `MissingRowError` without `parent`.
    """
    if not SLUG.fullmatch(slug):
        raise TeamError("A team’s address has small letters, digits and hyphens, like glen-view.")
    _see_that_it_fits(name)
    with store.writing() as session:
        if session.scalar(select(Team).where(Team.slug == slug)):
            raise TeamError("There is a team with this address already: choose another.")
        _see_that_it_is_new(session, name, slug)
        team = Team(slug=slug, name=name.strip() or slug, parent_id=find(session, parent).id)
        session.add(team)
        note(store, session, by, "team.added", slug=slug)
        session.flush()
        return team


def rename_team(store: Store, slug: str, name: str, by: Manager, *, was: str) -> Team:
    """Give a team another name and return it; its address stays, since staff have it.

    `was` is the name that the form was made from. Raises `TeamError` for a name that is none or
    too long, `MissingRowError`, and `StaleRevisionError` when somebody renamed it since or `was`
    is empty.
    """
    if not name.strip():
        raise TeamError("Enter a name.")
    _see_that_it_fits(name)
    with store.writing() as session:
        team = find(session, slug, locked=True)
        sentence = f"Somebody else has called it “{team.name}” meanwhile. Save again to take yours."
        see_mark(was, team.name, sentence)
        _see_that_it_is_new(session, name, slug)
        team.name = name.strip()
        note(store, session, by, "team.renamed", slug=slug, name=team.name)
        return team


def close_team(store: Store, slug: str, by: Manager) -> Team:
    """Take a team out of use and return it; what was published for it stays in the store.

    Raises `TeamError` for the council and for a team with others below it, and `MissingRowError`.
    """
    with store.writing() as session:
        team = find(session, slug)
        if team.parent_id is None:
            raise TeamError("The council cannot be closed: close its services.")
        below = (Team.parent_id == team.id) & Team.closed.is_(None)
        if session.scalar(select(Team.id).where(below)):
            raise TeamError("There are services below this one: close those first.")
        team.closed = store.clock()
        note(store, session, by, "team.closed", slug=slug)
        return team


def reopen_team(store: Store, slug: str, by: Manager) -> Team:
    """Take a closed team into use again and return it.

    Raises `TeamError` where it is in use or the one above it is closed, and `MissingRowError`.
    """
    with store.writing() as session:
        team = session.scalar(select(Team).where(Team.slug == slug))
        if team is None:
            raise MissingRowError(NO_TEAM)
        if not team.closed:
            raise TeamError(f"{team.name} is in use already.")
        if team.parent_id and session.get_one(Team, team.parent_id).closed:
            raise TeamError("The team above this one is closed: open that first.")
        _see_that_it_is_new(session, team.name, slug)
        team.closed = None
        note(store, session, by, "team.reopened", slug=slug)
        return team


def new_slug(store: Store, name: str) -> str:
    """Return an address for a team called `name` that no team has: "glen-view-2"."""
    words = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:LONGEST_WORDS].strip("-")
    base = words if SLUG.fullmatch(words) else f"team-{words}".strip("-")
    with store.reading() as session:
        taken = set(session.scalars(select(Team.slug).where(Team.slug.startswith(base))))
    others = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in (base, *islice(others, len(taken) + 1)) if slug not in taken)


def _see_that_it_is_new(session: Session, name: str, slug: str) -> None:
    """Nobody could tell two teams of one name apart in the menu."""
    others = session.scalars(select(Team.name).where(Team.closed.is_(None), Team.slug != slug))
    if name.strip().casefold() in {one.casefold() for one in others}:
        raise TeamError("There is a team with this name already: give one of the two another name.")


def _see_that_it_fits(name: str) -> None:
    if len(name.strip()) > LONGEST_NAME:
        raise TeamError(f"Keep the name under {LONGEST_NAME} characters.")
    if not name.strip().isprintable():
        raise TeamError("There are signs in the name that cannot be seen: type it anew.")
