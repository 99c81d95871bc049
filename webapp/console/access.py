"""Logging in and out of the console, and changing one's own password."""

from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.console.blueprint import console
from webapp.console.forms import LoginForm, PasswordForm
from webapp.console.identity import begin_session, current_manager, end_session, the_manager
from webapp.console.parts import add_error
from webapp.console.rights import allow
from webapp.console.typed import Typed, can_be_opened, carried_fields
from webapp.failures import Words
from webapp.storage import this_store
from webapp.store import signing_in
from webapp.store.errors import PasswordError
from webapp.store.tables import Role

# One sentence for every case, so that nobody learns which addresses have an account.
REFUSED = (
    "The e-mail address or the password is not right. After five wrong tries an account is "
    "locked for 15 minutes."
)
CHOOSE_FIRST = Words(
    "Choose a password first",
    "You came in with a one-time password. What you typed before was not sent, and nothing was "
    "changed.",
)
# A page of the console and nothing else: no other site, no “//”.
OWN_PAGE = re.compile(r"/manage(/[\w-]+(\.[\w-]+)*)*/?", re.ASCII)


@console.route("/login", methods=["GET", "POST"])
@allow(None)
def log_in() -> ResponseReturnValue:
    """Return the page to log in, or the way on for whoever did."""
    form, carried = LoginForm(request.form), carried_fields()
    if current_manager():
        return _go_on(carried)
    if request.method == "POST" and form.validate():
        manager = signing_in.log_in(this_store(), form.email.data or "", form.password.data or "")
        if manager is not None:
            begin_session(this_store(), manager)
            return _go_on(carried)
        form.form_errors.append(REFUSED)
    status = 400 if form.errors else 200
    to = request.args.get("to")
    return render_template("console/login.html", form=form, to=to, carried=carried), status


@console.post("/logout")
@allow(Role.MANAGER)
def leave() -> ResponseReturnValue:
    """Log out everywhere."""
    end_session(this_store())
    return redirect(url_for("console.log_in"), 303)


@console.route("/password", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Your password", order=95)
def change_own_password() -> ResponseReturnValue:
    """Return the page to change one's own password, or the dashboard when it was changed."""
    form = PasswordForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            manager = signing_in.change_password(
                this_store(), the_manager().id, form.old.data or "", form.new.data or ""
            )
        except PasswordError as error:
            add_error(form, error.field, str(error))
        else:
            begin_session(this_store(), manager)
            return redirect(url_for("console.show_dashboard"), 303)
    return render_template("console/password.html", form=form), 400 if form.errors else 200


def _go_on(carried: Typed) -> ResponseReturnValue:
    """Lead to the page that was wanted, or show what can be sent there now.

    It is sent by a press of a button and not by itself: the rules may be others by now.
    """
    if not carried.fields:
        return redirect(_way_on(), 303)
    if the_manager().must_change:
        # No form can be sent before, and a password takes another page: what was typed ends here.
        to, go = url_for("console.change_own_password"), "Choose a password"
        return render_template("console/error.html", words=CHOOSE_FIRST, lost=carried, to=to, go=go)
    to, dashboard = _way_on(), url_for("console.show_dashboard")
    back = to if can_be_opened(to) else dashboard
    return render_template("console/typed.html", to=to, back=back, typed=carried)


def _way_on() -> str:
    """Return the page that somebody wanted before they logged in, else the dashboard."""
    wanted = request.args.get("to", "")
    return wanted if OWN_PAGE.fullmatch(wanted) else url_for("console.show_dashboard")
