"""The pages that people see: the check, the policy, and whether the service is well."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from checker.draft import LONGEST
from checker.errors import PostcheckError
from checker.words import KINDS, OFFERED, VERDICTS, how_sure
from webapp import phrases
from webapp.answer import Answer, make_answer
from webapp.form import QUESTIONS, Form, read_form
from webapp.settings import Settings
from webapp.site import this_site
from webapp.storage import lazy_store

pages = Blueprint("pages", __name__)


@pages.app_context_processor
def add_settings() -> dict[str, Settings]:
    """Give every template the settings, for the name of the service and whom to ask."""
    return {"settings": this_site().settings}


@pages.get("/")
def show_form() -> str:
    """Return the page with an empty form."""
    return _show(Form())


# There is no token against forged requests, because there is nothing to forge: the form needs
# no sign-in, changes nothing and keeps nothing, and only the one who sent it sees the answer.
@pages.post("/")
def check() -> tuple[str, int]:
    """Return the same page with the answer, or with what to put right."""
    form = read_form(request.form)
    if form.draft is None:
        return _show(form), 400
    report = this_site().checker.check(form.draft)
    report = report.offering(this_site().checker.suggest(form.draft, report))
    return _show(form, make_answer(form.text, report)), 200


@pages.get("/policy")
def policy() -> str:
    """Return the Codes, the guidance and the council's policy, with an anchor for each clause."""
    return render_template("policy.html", policy=this_site().checker.policy)


@pages.get("/health")
def health() -> tuple[Response, int]:
    """Return as JSON whether a draft can be checked, with what, and how the store is."""
    try:
        # Without a store posts are checked all the same, so that it makes nothing "down".
        store = lazy_store(current_app).health()
        return jsonify({"status": "ok", **this_site().checker.health(), "store": store}), 200
    except PostcheckError as error:
        # These say what to do about a model or a rule file, and never hold a draft.
        return jsonify({"status": "down", "error": str(error)}), 503


def _show(form: Form, answer: Answer | None = None) -> str:
    return render_template(
        "check.html",
        form=form,
        answer=answer,
        questions=QUESTIONS,
        longest=LONGEST,
        policy=this_site().checker.policy if answer else None,
        verdicts=VERDICTS,
        offered=OFFERED,
        how_sure=how_sure,
        kinds=KINDS,
        phrases=phrases,
    )
