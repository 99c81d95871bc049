"""Report an answer: shows what would be sent, masked, and keeps it only when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template, request, session
from flask.sessions import NullSession
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, NotFound

from checker.draft import make_draft
from checker.words import VERDICTS
from webapp.complaint import (
    KINDS,
    ComplaintForm,
    begin_complaint,
    mask_again,
    read_complaint,
)
from webapp.cookies import check_token
from webapp.form import read_form
from webapp.instance import secret_key
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.errors import StoreError
from webapp.store.feedback import add_feedback
from webapp.team_address import this_team

if TYPE_CHECKING:
    from webapp.masking import Masker

feedback = Blueprint("feedback", __name__, url_prefix="/feedback")

TOO_OLD = "This page was open for too long. Nothing was sent: please press the button again."
NOT_KEPT = "It could not be sent just now, and nothing was kept. Please try again later."


@feedback.before_request
def guard() -> None:
    """Answer only where reports are switched on and a session can be kept."""
    settings = this_site().settings
    if not settings.takes_feedback:
        raise NotFound
    if isinstance(session, NullSession):
        # There was no key to sign a session with; this says why.
        secret_key(settings)


# No token is wanted here: this shows the author their own text and keeps nothing.
@feedback.post("")
def show() -> tuple[str, int]:
    """Return the page with what would be sent about an answer."""
    draft = read_form(request.form).draft
    if draft is None:
        raise BadRequest
    return _show(begin_complaint(draft, this_site().checker.check(draft), _load_masker())), 200


@feedback.post("/send")
def send() -> tuple[str, int]:
    """Keep what was sent and say thanks, or return the page with what to put right."""
    form = read_complaint(request.form)
    try:
        check_token(current_app)
    except CSRFError:
        form = form.with_problem("masked", TOO_OLD)
    if not form.problems:
        form = _masked_again(form)
    if form.problems:
        return _show(form), 400
    settings = this_site().settings
    try:
        sent = form.as_sent()
        add_feedback(this_store(), sent, days=settings.feedback_days, team=this_team())
    except StoreError:
        return _show(form.with_problem("masked", NOT_KEPT)), 503
    return render_template("feedback_sent.html"), 200


def _masked_again(form: ComplaintForm) -> ComplaintForm:
    """Return `form` with what could still tell who somebody is masked."""
    masker = _load_masker()
    return mask_again(form, _mask(form.masked, masker), _mask(form.note, masker))


def _load_masker() -> Masker:
    # Imported here, because it brings spaCy, and most pages need none of it.
    from webapp.masking import load_masker

    return load_masker()


def _mask(text: str, masker: Masker) -> str:
    return masker.mask(text, this_site().checker.check(make_draft(text))) if text else ""


def _show(form: ComplaintForm) -> str:
    return render_template("feedback.html", form=form, kinds=KINDS, verdicts=VERDICTS)
