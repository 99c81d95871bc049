"""The console for managers, under /manage: accounts now, and the pages that tune the rules."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from webapp.console import failures, preview_start
from webapp.console.blueprint import console
from webapp.console.row_numbers import ROW, RowConverter
from webapp.settings import Settings

# The modules that add pages to the blueprint when they are imported.
PAGES = (
    "access",
    "contact",
    "dashboard",
    "examples",
    "exchange",
    "figures",
    "local",
    "log",
    "people",
    "policy",
    "policy_reviews",
    "previews",
    "publishing",
    "reports",
    "retraining",
    "rules",
    "shipped",
    "strictness",
    "team_pages",
    "trial",
    "versions",
    "working",
)


def install(app: Flask, settings: Settings) -> None:
    """Add the console to `app`."""
    # Imported here, because they bring spaCy, which most commands need not wait for.
    for name in PAGES:
        import_module(f"webapp.console.{name}")
    app.url_map.converters[ROW] = RowConverter
    app.register_blueprint(console)
    failures.install(app)
    preview_start.install(app, settings)
