"""What every page of one application shares: its settings, its checker, its API description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from flask import Flask, current_app

from webapp.engine import CheckerLike
from webapp.live import LiveCheckers
from webapp.settings import Settings
from webapp.store.teams import COUNCIL
from webapp.team_address import this_team

KEY = "postcheck"


@dataclass(frozen=True, slots=True)
class Site:
    """The parts that one application was made with.

    `checker` checks what staff write by what is published for their team. `lives` makes such
    checkers, and has the engine that the console tries rules with. Where `is_given`, the
    application was handed a checker, which serves every team.
    """

    settings: Settings
    checker: CheckerLike
    lives: LiveCheckers
    openapi: Mapping[str, object]
    is_given: bool = False

    def for_team(self, slug: str) -> Site:
        """Return the site as it is at the address of the team called `slug`."""
        if self.is_given or slug == COUNCIL:
            return self
        return replace(self, checker=self.lives.for_team(slug))


def install(app: Flask, site: Site) -> None:
    """Make `site` the one that `this_site` returns while `app` answers."""
    app.extensions[KEY] = site


def site_of(app: Flask) -> Site:
    """Return the site that was installed in `app`."""
    return cast(Site, app.extensions[KEY])


def this_site() -> Site:
    """Return the site of the application that is answering now, for the team that is asked."""
    return site_of(current_app).for_team(this_team())
