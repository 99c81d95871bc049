"""The console for managers, under /manage: accounts now, and the pages that tune the rules."""

from __future__ import annotations

from flask import Flask

from webapp.console.blueprint import console


def install(app: Flask) -> None:
    """Add the console to `app`."""
    # Each module adds its pages to the blueprint when it is imported. They bring spaCy, which the
    # commands that need none of it should not wait for.
    from webapp.console import (
        access,
        dashboard,
        examples,
        figures,
        people,
        reports,
        retraining,
        working,
    )

    modules = (access, dashboard, examples, figures, people, reports, retraining, working)
    assert all(modules)  # noqa: S101 - they are imported to be there
    app.register_blueprint(console)
