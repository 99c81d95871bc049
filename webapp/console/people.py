"""The people page: who has an account, and what they may do."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.console.blueprint import console
from webapp.console.forms import ROLES, WAS, ChangeForm, PersonForm
from webapp.console.identity import the_manager
from webapp.console.parts import add_error
from webapp.console.rights import allow
from webapp.console.working import noticing_conflict
from webapp.storage import this_store
from webapp.store.errors import ManagerError, StaleRevisionError
from webapp.store.managers import (
    add_manager,
    change_manager,
    get_manager,
    list_managers,
    mark_of,
    reset_password,
)
from webapp.store.tables import Manager, Role


@console.route("/people", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR, menu="People", order=90)
def show_people() -> ResponseReturnValue:
    """Return the list of accounts with a form for a new one, or its one-time password."""
    form = PersonForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            account, password = add_manager(
                this_store(),
                form.email.data or "",
                form.name.data or "",
                Role(form.role.data),
                by=the_manager(),
            )
        except ManagerError as error:
            add_error(form, error.field, str(error))
        else:
            return _show_password(account, password)
    page = render_template(
        "console/people.html", form=form, people=list_managers(this_store()), roles=ROLES
    )
    return page, 400 if form.errors else 200


@console.route("/people/<row:manager_id>", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def change_person(manager_id: int) -> ResponseReturnValue:
    """Return the page of one account, or the list when it was changed."""
    account = get_manager(this_store(), manager_id)
    # Without a form that was sent, the boxes are ticked as the account has them.
    form = ChangeForm(request.form or None, obj=account)
    if request.method == "POST" and form.validate():
        try:
            _change(manager_id, form)
        except ManagerError as error:
            add_error(form, error.field, str(error))
        except StaleRevisionError as error:
            form.form_errors.append(str(error))
            account = get_manager(this_store(), manager_id)
        else:
            return redirect(url_for("console.show_people"), 303)
    page = render_template(
        "console/person.html",
        form=form,
        account=account,
        mark_now=mark_of(account),
        roles=ROLES,
        is_conflict=g.get("is_conflict", False),
    )
    return page, 400 if form.errors else 200


def _change(manager_id: int, form: ChangeForm) -> None:
    with noticing_conflict():
        change_manager(
            this_store(),
            manager_id,
            name=form.name.data or "",
            role=Role(form.role.data),
            active=bool(form.active.data),
            was=request.form.get(WAS, ""),
            by=the_manager(),
        )


@console.post("/people/<row:manager_id>/reset")
@allow(Role.ADMINISTRATOR)
def reset_person(manager_id: int) -> ResponseReturnValue:
    """Give somebody a one-time password and show it, this once."""
    password = reset_password(this_store(), manager_id, by=the_manager())
    return _show_password(get_manager(this_store(), manager_id), password)


def _show_password(account: Manager, password: str) -> str:
    return render_template("console/one_time.html", account=account, password=password)
