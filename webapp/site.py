"""What every page of one application shares: its settings, its checker, its API description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from webapp.engine import CheckerLike
from webapp.settings import Settings

KEY = "postcheck"


@dataclass(frozen=True, slots=True)
class Site:
    """The parts that one application was made with."""

    settings: Settings
    checker: CheckerLike
    openapi: Mapping[str, object]


def install(app: Flask, site: Site) -> None:
    """Make `site` the one that `this_site` returns while `app` answers."""
    app.extensions[KEY] = site


def site_of(app: Flask) -> Site:
    """Return the site that was installed in `app`."""
    return cast(Site, app.extensions[KEY])


def this_site() -> Site:
    """Return the site of the application that is answering now."""
    return site_of(current_app)
