"""The pages that people see: the check, the policy, and whether the service is well."""

from __future__ import annotations

import time

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from checker.clause import Clause
from checker.draft import LONGEST, Draft
from checker.errors import PostcheckError
from checker.overlay.contents import Contact
from checker.policy import Policy
from checker.report import Report
from checker.words import KINDS, OFFERED, VERDICTS, how_sure
from webapp import phrases
from webapp.answer import Answer, make_answer
from webapp.contact import find_contact
from webapp.counting import count_check
from webapp.form import QUESTIONS, Form, read_form, read_new_answers
from webapp.next_review import next_review
from webapp.rewording import reword
from webapp.settings import Settings
from webapp.site import this_site
from webapp.storage import lazy_store

# The header with which our script asks for the parts of a page.
IN_PLACE = "In-Place"
# Five megabytes of text in any script: a form makes up to three times as much of them.
LARGEST_FORM = 16 * 1024 * 1024
# Long enough for what one looks for, and too short for a post: it stands in the address.
LONGEST_SEARCH = 40

pages = Blueprint("pages", __name__)


@pages.app_context_processor
def add_settings() -> dict[str, Settings | Contact]:
    """Give every template the settings, for the name of the service, and whom to ask."""
    site = this_site()
    return {"settings": site.settings, "contact": find_contact(site)}


@pages.get("/")
def show_form() -> str:
    """Return the page with an empty form."""
    return show(Form())


# There is no token against forged requests, because there is nothing to forge: the form needs
# no sign-in, changes nothing and keeps nothing, and only the one who sent it sees the answer.
@pages.post("/")
def check() -> tuple[str, int]:
    """Return the same page with the answer, or with what to put right."""
    # A pasted book is told to be too long with the text still in the box, not thrown away.
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    form = read_form(request.form)
    if form.draft is None:
        # A browser writes a failed request of a script to its console; the script reads the page.
        return show(form), 200 if IN_PLACE in request.headers else 400
    checked = this_site().checker.check_counted(form.draft)
    # An answer to a report is no new check, and neither is a change that we offered.
    is_again = bool(form.corrections or form.before or "retract" in request.form)
    count_check(checked, said=read_new_answers(request.form), is_again=is_again)
    report = _offering(form.draft, checked.report)
    if "use" in request.form:
        reworded = form.reworded(reword(form.text, report.safer, request.form["use"]))
        if reworded.draft is not None and reworded is not form:
            form = reworded
            report = _offering(reworded.draft, this_site().checker.check(reworded.draft))
    return show(form, make_answer(form.text, report)), 200


def _offering(draft: Draft, report: Report) -> Report:
    """Return the report on `draft` with what could be written instead."""
    return report.offering(this_site().checker.suggest(draft, report))


@pages.get("/policy")
def policy() -> str:
    """Return the Codes, the guidance and the council's policy, with an anchor for each clause.

    The words of `?find=` are looked for in the clauses; a draft does not fit there.
    """
    whole = this_site().checker.policy
    wanted = request.args.get("find", "").strip()[:LONGEST_SEARCH]
    return render_template(
        "policy.html",
        policy=whole,
        phrases=phrases,
        wanted=wanted,
        found=_find(whole, wanted),
        longest=LONGEST_SEARCH,
        next_review=next_review(),
        leading_to=lambda clause: [one for one in whole.concerns if clause.id in one.clauses],
    )


def _find(whole: Policy, wanted: str) -> list[Clause]:
    """Return the clauses that hold every word of `wanted`; none for no words."""
    words = wanted.casefold().split()
    texts = {one: f"{whole.cite(one)} {one.title} {one.text}".casefold() for one in whole.clauses}
    return [one for one in texts if words and all(word in texts[one] for word in words)]


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


def show(form: Form, answer: Answer | None = None) -> str:
    """Return the page for checking with `form` and, where there is one, its answer."""
    return render_template(
        "check.html",
        form=form,
        answer=answer,
        questions=QUESTIONS,
        longest=LONGEST,
        largest=LARGEST_FORM,
        policy=this_site().checker.policy if answer else None,
        verdicts=VERDICTS,
        offered=OFFERED,
        how_sure=how_sure,
        kinds=KINDS,
        phrases=phrases,
        reminder=phrases.reminder(time.time()),
    )
