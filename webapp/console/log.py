"""The audit log: who did what, when and why, filtered, and as a file."""

from __future__ import annotations

import csv
import io

from flask import Response, render_template, request
from werkzeug.exceptions import BadRequest

from webapp.console.blueprint import console
from webapp.console.event_words import tell_event
from webapp.console.rights import allow
from webapp.console.row_numbers import LAST_ROW
from webapp.storage import this_store
from webapp.store.audit import PAGE, read_events
from webapp.store.managers import list_managers
from webapp.store.tables import AuditEvent, Role
from webapp.store.teams import list_teams

KINDS = {
    "overlay.": "Rules: submitted, published, refused",
    "manager.": "Accounts",
    "team.": "Teams",
    "policy.": "Reviews of the policy",
    "feedback.": "Reports from staff",
    "example.": "Examples",
    "reader.": "Retraining the reader",
}
# Rows of a file; more than a service has in years.
MOST = 100_000
# A spreadsheet would take what begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@console.get("/log")
@allow(Role.MANAGER, menu="Log", order=80)
def show_log() -> str:
    """Return a page of the log, the newest entries first."""
    before = request.args.get("before", type=int)
    if before is not None and before > LAST_ROW:
        before = None
    events = _read(before, PAGE + 1)
    return render_template(
        "console/log.html",
        events=events[:PAGE],
        next=events[PAGE - 1].id if len(events) > PAGE else None,
        kinds=KINDS,
        tell_event=tell_event,
        teams_by_id={team.id: team for team in list_teams(this_store())},
        people={str(one.id): one.name for one in list_managers(this_store())},
        wanted={name: request.args.get(name, "") for name in ("kind", "who")},
    )


@console.get("/log.csv")
@allow(Role.MANAGER)
def export_log() -> Response:
    """Return the entries that fit the filters as a CSV file."""
    to = io.StringIO()
    rows = csv.writer(to)
    rows.writerow(("when", "who", "what", "why", "detail"))
    for one in _read(None, MOST):
        detail = ", ".join(f"{key}: {value}" for key, value in one.detail.items())
        cells = (one.created.isoformat(), one.who, one.what, one.why, detail)
        rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    response = Response(to.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="postcheck-log.csv"'
    return response


def _read(before: int | None, most: int) -> list[AuditEvent]:
    kind, who = request.args.get("kind", ""), request.args.get("who", "")
    if kind not in ("", *KINDS) or not (who == "" or (who.isascii() and who.isdigit())):
        raise BadRequest
    return read_events(
        this_store(), before=before, begins=kind, most=most, by=int(who[:9]) if who else None
    )
