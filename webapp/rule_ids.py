"""Ids of managers' rules that are taken: a service's rules are laid upon those of its council."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from checker.overlay.contents import Overlay
from checker.overlay.document import read_overlay
from checker.overlay.problem import OverlayError, Problem
from webapp.store.database import Store
from webapp.store.overlays import find_pending, read_published, read_working
from webapp.store.tables import Team
from webapp.store.teams import line_of, list_teams


def taken_ids(store: Store, team: Team) -> dict[str, str]:
    """Return the ids of rules of the teams above and below `team`, each with whose it is.

    What they work on and what waits for approval counts as well: it may be published before this.
    """
    found: dict[str, str] = {}
    for other in _others(store, team):
        for text in _texts(store, other):
            # One that cannot be read is told of on the pages of its own team.
            with suppress(OverlayError):
                found |= {rule.id: other.name for rule in read_overlay(text).rules}
    return found


def clashes(store: Store, team: Team, overlay: Overlay) -> list[Problem]:
    """Return a problem for each rule of `overlay` with the id of one above or below `team`."""
    taken = taken_ids(store, team)
    return [
        Problem(
            "rules", rule.id, "id", f"{taken[rule.id]} has a rule with this id: give it another."
        )
        for rule in overlay.rules
        if rule.id in taken
    ]


def _others(store: Store, team: Team) -> Iterator[Team]:
    above = {one.id for one in line_of(store, team.slug)}
    for other in list_teams(store):
        is_below = team.id in {one.id for one in line_of(store, other.slug)}
        if other.id != team.id and (other.id in above or is_below):
            yield other


def _texts(store: Store, team: Team) -> tuple[str, ...]:
    published = read_published(store).get(team.id)
    waiting = (one.yaml for one in find_pending(store) if one.team_id == team.id)
    worked_on = read_working(store, team.id).yaml
    return (worked_on, *waiting, *((published.yaml,) if published else ()))
