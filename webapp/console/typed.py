"""What was typed into a form whose session was over: it goes on through the login, kept nowhere.

It travels in hidden fields alone, from page to page of the same browser, as drafts do for staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import current_app, render_template, request
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError

from webapp.console.forms import REVISION, WAS, LoginForm

# Fields of the login form with this before their name are those of the form that was sent.
CARRIED = "typed."
# Hidden fields that say what a form is about and was made from.
MARKS = (REVISION, WAS, "topic")
# Never shown or carried: tokens end with their session, and passwords are typed again.
LEFT_OUT = ("csrf_token", "password", "old", "new", "again")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form in their order; the passwords among them are left out."""

    fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def texts(self) -> list[str]:
        """Return what is worth reading of it: no mark of what was saved, and no list of ticks."""
        count = Counter(name for name, _ in self.fields)
        shown = ((name, text) for name, text in self.fields if name not in MARKS)
        return [text for name, text in shown if text and count[name] < 2]


def is_own_form() -> bool:
    """Tell whether a form was made by a page of this browser's session, over or not.

    Ask before the session is looked at, which empties one that is over.
    """
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return False
    return True


def sent_fields() -> Typed:
    """Return what the form that was sent just now holds."""
    sent = request.form.items(multi=True)
    return _without_secrets((name, text) for name, text in sent if not name.startswith(CARRIED))


def carried_fields() -> Typed:
    """Return what the login form carries of another."""
    sent = request.form.items(multi=True)
    carried = ((name, text) for name, text in sent if name.startswith(CARRIED))
    return _without_secrets((name.removeprefix(CARRIED), text) for name, text in carried)


def _without_secrets(fields: Iterable[tuple[str, str]]) -> Typed:
    return Typed(tuple((name, text) for name, text in fields if name not in LEFT_OUT))


def can_be_opened(path: str) -> bool:
    """Tell whether there is a page at `path`, and not only something that takes forms."""
    try:
        current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return False
    return True


def ask_to_log_in(*, is_own: bool) -> tuple[str, int]:
    """Return the login page with what was sent.

    Only a form that `is_own` can be sent on afterwards: one that another site made would get
    the right to be sent from here. Of such a one the words are shown, to be copied.
    """
    typed = sent_fields()
    page = render_template(
        "console/login.html",
        form=LoginForm(),
        # A path that only takes forms is none to come back to without one.
        to=request.path if is_own or can_be_opened(request.path) else None,
        carried=typed if is_own else Typed(),
        lost=Typed() if is_own else typed,
        had_file=bool(request.files),
    )
    return page, 403
