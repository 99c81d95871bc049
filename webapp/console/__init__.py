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
        contact,
        dashboard,
        local,
        people,
        policy,
        policy_reviews,
        strictness,
        team_pages,
        working,
    )

    about_all = (access, dashboard, people, team_pages)
    about_a_team = (contact, local, policy, policy_reviews, strictness, working)
    assert all((*about_all, *about_a_team))  # noqa: S101 - they are imported to be there
    app.register_blueprint(console)
