"""What managers are told when something goes wrong: in their words, and with their menu."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, g, render_template, request, url_for
from werkzeug.exceptions import Forbidden

from webapp import failures
from webapp.console.blueprint import add_manager, console
from webapp.console.identity import find_out_who
from webapp.console.typed import Typed, carried_fields, sent_fields
from webapp.failures import Words
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.errors import MissingRowError, StoreError
from webapp.store.teams import COUNCIL, find_team

WORDS: Mapping[int, Words] = MappingProxyType(
    {
        400: Words(
            "We could not read that",
            "Nothing was changed. Go back, load the page again and send it once more.",
        ),
        403: Words(
            "You cannot open this page",
            "Your account does not have the right to. Ask whoever looks after the accounts.",
        ),
        404: Words(
            "Page not found",
            "It may have been renamed, closed or taken away. Choose a page from the menu.",
        ),
        405: Words(
            "That does not work here",
            "Nothing was changed. Choose a page from the menu and start again there.",
        ),
        413: Words(
            "That is too large to send",
            "Nothing was changed. Go back, and send a smaller file or less text.",
        ),
        429: Words("That was too often", "Please wait a minute and try again."),
        503: Words(
            "The console cannot be used just now",
            "Staff can still check posts. Ask whoever runs Postcheck to look at /health, which "
            "says what is wrong.",
        ),
        500: Words(
            "Sorry, something went wrong",
            "What you sent may not be saved: look at the page again before you send it once more. "
            "If this happens again, tell whoever runs Postcheck, whose log says more. Staff can "
            "still check posts.",
        ),
    }
)
NO_ACCOUNT = Words(
    "There is no account for you here",
    "You are logged in elsewhere, and Postcheck does not know you. Ask whoever looks after the "
    "accounts to make you one.",
)
# There, what was sent was not read, or could not be.
UNREAD = (400, 413)


def install(app: Flask) -> None:
    """Answer failures of `app` at addresses of the console as a page of the console."""
    failures.answer_below(app, str(console.url_prefix), show_failure)


def show_failure(code: int) -> str:
    """Return the page for a failure with the status `code`, with what was typed, to be copied."""
    words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    try:
        g.manager = g.get("manager") or find_out_who(this_store(), this_site().settings)
        _leave_closed_team()
        around = add_manager()
    except (StoreError, Forbidden) as problem:
        # Without a store nobody is known, and so is somebody whom a proxy names by mistake.
        g.manager = None
        around = add_manager()
        if isinstance(problem, Forbidden):
            words = NO_ACCOUNT
            # To log in leads back here.
            around |= {"to": url_for("pages.show_form"), "go": "Check a post"}
    lost = Typed() if code in UNREAD else _lost()
    return render_template("console/error.html", words=words, lost=lost, **around)


def _leave_closed_team() -> None:
    """Let the menu lead to the council's pages where the address names a team that is no more."""
    try:
        find_team(this_store(), g.get("team", COUNCIL))
    except MissingRowError:
        g.team = COUNCIL


def _lost() -> Typed:
    """Return what a form held that was sent; of the form to log in, what it carries of another."""
    return carried_fields() if request.endpoint == f"{console.name}.log_in" else sent_fields()
