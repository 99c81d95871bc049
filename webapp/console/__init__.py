"""The console for managers, under /manage: accounts now, and the pages that tune the rules."""

from __future__ import annotations

from flask import Flask

from webapp.console import access, dashboard, examples, people, reports
from webapp.console.blueprint import console

# Each module adds its pages to the blueprint when it is imported.
PAGES = (access, dashboard, examples, people, reports)


def install(app: Flask) -> None:
    """Add the console to `app`."""
    app.register_blueprint(console)
