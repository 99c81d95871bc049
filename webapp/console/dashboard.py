"""The first page of the console: what waits, and what happened last."""

from __future__ import annotations

from flask import render_template

from webapp.console.blueprint import console
from webapp.console.rights import allow
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.audit import read_events
from webapp.store.feedback import count_open
from webapp.store.overlays import find_pending
from webapp.store.reviews import is_due, list_reviews
from webapp.store.tables import Role
from webapp.store.teams import find_team

LAST_EVENTS = 10


@console.get("/")
@allow(Role.MANAGER, menu="Dashboard", order=0)
def show_dashboard() -> str:
    """Return what waits for somebody: approvals, feedback, a review; and the newest events."""
    store = this_store()
    reviews = list_reviews(store, find_team(store).id)
    return render_template(
        "console/dashboard.html",
        pending=find_pending(store),
        waiting=count_open(store),
        takes_feedback=this_site().settings.takes_feedback,
        review=reviews[0] if reviews else None,
        review_is_due=not reviews or is_due(reviews[0], store.clock().date()),
        events=read_events(store, most=LAST_EVENTS),
    )
