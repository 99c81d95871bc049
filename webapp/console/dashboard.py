"""The first page of the console: what waits, and what happened last."""

from __future__ import annotations

from flask import render_template

from checker.errors import PostcheckError
from checker.words import VERDICTS
from webapp.console.blueprint import console
from webapp.console.event_words import tell_event
from webapp.console.rights import allow
from webapp.next_review import policy_reminder
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.audit import read_events
from webapp.store.feedback import count_open
from webapp.store.figures import read_table
from webapp.store.overlays import find_pending
from webapp.store.queue_tables import Counted
from webapp.store.tables import Role
from webapp.store.teams import find_team, list_teams

LAST_EVENTS = 10
# In full weeks.
MONTH = 4


@console.get("/")
@allow(Role.MANAGER, menu="Dashboard", order=0)
def show_dashboard() -> str:
    """Return what waits for somebody, the last weeks in figures, and how Postcheck is."""
    store = this_store()
    health, problem = _health()
    return render_template(
        "console/dashboard.html",
        pending=find_pending(store),
        teams_by_id={team.id: team for team in list_teams(store)},
        waiting=count_open(store),
        takes_feedback=this_site().settings.takes_feedback,
        reminder=policy_reminder(store, find_team(store), this_site().settings),
        tell_event=tell_event,
        events=read_events(store, most=LAST_EVENTS),
        month={
            "checks": read_table(store, Counted.CHECK, weeks=MONTH),
            "findings": read_table(store, Counted.FINDING, weeks=MONTH),
        },
        verdicts=VERDICTS,
        health=health,
        problem=problem,
    )


def _health() -> tuple[dict[str, str], str]:
    """Return what posts are checked with, by name, and what is wrong with it, if anything."""
    try:
        health = this_site().checker.health()
    except PostcheckError as error:
        return {}, str(error)
    return health, health.pop("problem", "")
