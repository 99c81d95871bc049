"""The checkers that the console tries rules with: beneath a team's overlay, and as published."""

from __future__ import annotations

from flask import current_app

from checker.engine import Checker
from checker.overlay.applied import apply_overlays
from checker.overlay.contents import Overlay
from checker.overlay.document import read_overlay
from webapp.retrained import with_promoted
from webapp.site import this_site
from webapp.storage import lazy_store, this_store
from webapp.store.database import Store
from webapp.store.overlays import read_published
from webapp.store.tables import Team
from webapp.store.teams import line_of


def published_overlays(store: Store, team: Team) -> tuple[tuple[Overlay, ...], Overlay]:
    """Return what is published for the teams above `team`, the council's first, and its own."""
    published = read_published(store)
    *above, own = [
        read_overlay(published[one.id].yaml) if one.id in published else Overlay()
        for one in line_of(store, team.slug)
    ]
    return tuple(above), own


def with_overlays(base: Checker, overlays: tuple[Overlay, ...]) -> Checker:
    """Return a checker by the rulebook of `base` with `overlays` upon it; takes milliseconds."""
    return base.with_rulebook(apply_overlays(base.rulebook, overlays))


def engine_shipped() -> Checker:
    """Return the checker by the shipped rules, with the reader that is in use."""
    return with_promoted(this_site().lives.base(), this_store(), lazy_store(current_app).folder)


def engine_beneath(team: Team) -> Checker:
    """Return the checker by the rulebook that the overlay of `team` is laid upon."""
    above, _ = published_overlays(this_store(), team)
    return with_overlays(engine_shipped(), above)


def engine_published(team: Team) -> Checker:
    """Return the checker by what is published for `team`."""
    above, own = published_overlays(this_store(), team)
    return with_overlays(engine_shipped(), (*above, own))
