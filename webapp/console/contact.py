"""The page of whom staff can ask: it stands on every page of that team."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, StringField, TelField

from webapp.console import parts
from webapp.console.blueprint import console
from webapp.console.rights import allow
from webapp.console.working import Working, read_working
from webapp.store.tables import Role


class ContactForm(Form):
    """Whom to ask, and when."""

    name = StringField("Name")
    email = EmailField("E-mail address")
    phone = TelField("Phone number")
    hours = StringField("When they can be asked")


@console.route("/at/<team>/contact", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Contact", order=32)
def edit_contact() -> ResponseReturnValue:
    """Return the form with the team's contact, or save it."""
    working = read_working()
    form = ContactForm(request.form, obj=working.overlay.contact)
    if request.method == "POST" and _save(working, form):
        return redirect(url_for("console.edit_contact", saved="contact"), 303)
    page = render_template(
        "console/contact.html",
        form=form,
        working=working,
        saved=request.args.get("saved"),
        now=working.overlay.contact if parts.is_conflict(form) else None,
    )
    return page, 400 if form.errors else 200


def _save(working: Working, form: ContactForm) -> bool:
    read = parts.read_part("contact", {field.name: field.data or "" for field in form}, form)
    if read is None:
        return False
    return parts.save(working, replace(working.overlay, contact=read.contact), form)
