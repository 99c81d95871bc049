"""The blueprint of the console: what holds for each of its pages before it is shown."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.sessions import NullSession
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden

from webapp.console.identity import current_manager, find_out_who
from webapp.console.rights import Entry, list_entries, right_of
from webapp.console.typed import ask_to_log_in, is_own_form, sent_fields
from webapp.cookies import check_token
from webapp.failures import Words
from webapp.instance import secret_key
from webapp.pages import LARGEST_FORM
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.tables import Manager
from webapp.store.teams import COUNCIL, list_teams

console = Blueprint("console", __name__, url_prefix="/manage")

TOO_OLD = Words(
    "This page is too old to be sent",
    "Nothing was changed. Go back, load the page again and send it once more.",
)
# What somebody with a one-time password can do before they have a password of their own.
BEFORE_CHANGE = ("console.change_own_password", "console.leave")


@console.before_request
def guard() -> ResponseReturnValue | None:
    """Let nobody see a page that is not declared to be for them."""
    settings = this_site().settings
    store = this_store()
    if isinstance(session, NullSession):
        # There was no key to sign a session with; this says why.
        secret_key(settings)
    # Where something is too long, its field says so, with what was typed still in it.
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    is_own = request.method == "POST" and is_own_form()
    g.manager = find_out_who(store, settings)
    endpoint = request.endpoint or ""
    right = right_of(current_app, endpoint)
    if right is None:
        raise Forbidden
    if not right.allows(g.manager):
        return _refuse(g.manager, is_own=is_own)
    if right.least and g.manager.must_change and endpoint not in BEFORE_CHANGE:
        return redirect(url_for("console.change_own_password"), 303)
    check_token(current_app)
    return None


def _refuse(manager: Manager | None, *, is_own: bool) -> ResponseReturnValue:
    if manager is not None:
        raise Forbidden
    if request.method == "POST" and sent_fields().fields:
        return ask_to_log_in(is_own=is_own)
    # Only a page that can be opened again.
    wanted = request.path if request.method == "GET" else None
    return redirect(url_for("console.log_in", to=wanted), 303)


@console.app_errorhandler(CSRFError)
def tell_of_old_form(_: CSRFError) -> tuple[str, int]:
    """Return the page for a form that was not made by this session, with what was typed."""
    if request.blueprint != console.name:
        return render_template("error.html", words=TOO_OLD), 400
    return render_template("console/error.html", words=TOO_OLD, lost=sent_fields()), 400


@console.context_processor
def add_manager() -> dict[str, Any]:
    """Give the templates of the console who is logged in and the side navigation."""
    manager = current_manager()
    return {
        "manager": manager,
        "entries": list_entries(current_app, manager) if manager else [],
        "teams": _list_teams() if manager else [],
        "by_proxy": bool(this_site().settings.login_header),
    }


def _list_teams() -> list[Entry]:
    """Return the addresses of this page for each team; none where it is the same for all."""
    endpoint = request.endpoint or ""
    # There is none where nothing is found.
    if not endpoint or not current_app.url_map.is_endpoint_expecting(endpoint, "team"):
        return []
    # Another team has no rule or version by this name: its list leads on.
    page = "console.list_rules" if request.view_args else endpoint
    return [
        Entry(team.name, url_for(page, team=team.slug), team.slug == g.get("team", COUNCIL))
        for team in list_teams(this_store())
    ]
