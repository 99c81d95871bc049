"""Publish what is worked on: after a preview of just that, with a reason, and a second person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from checker.overlay.contents import State
from checker.overlay.difference import differences
from checker.overlay.fields import UNSEEN
from checker.overlay.problem import Problem
from checker.overlay.written import hash_overlay
from webapp.console.blueprint import console
from webapp.console.called import called_by
from webapp.console.engines import engine_beneath, published_overlays
from webapp.console.identity import the_manager
from webapp.console.previews import Outcome, find_run, read_outcome
from webapp.console.problems import find_problems
from webapp.console.rights import allow
from webapp.console.rule_form import NotedForm
from webapp.console.typed import sent_fields
from webapp.console.working import Working, noticing_conflict, read_working, sent_revision
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.errors import ReasonError, StaleRevisionError
from webapp.store.overlays import find_pending, submit
from webapp.store.reason import UNSEEN_SIGNS
from webapp.store.tables import Role

LONGEST_REASON = 1000
NOT_YET = "It cannot be published yet: see below what is missing."
ALREADY = (
    "Nothing was published: what is saved is published already. The page History says by whom."
)
WHY_LOST = "Say why it is right that these are no longer caught."


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether what is worked on may be published: what differs, what is in the way."""

    changes: tuple[str, ...]
    problems: tuple[Problem, ...]
    outcome: Outcome | None

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing is missing but a reason."""
        return bool(self.changes and self.outcome) and not self.problems


class PublishForm(NotedForm):
    """Why something is published."""

    reason = TextAreaField("Why?")
    why_lost = TextAreaField("Why is it right to lose them?")

    def read(self, outcome: Outcome) -> str:
        """Return the whole reason; what is missing is noted beside its field."""
        reason, lost = ((one.data or "").strip() for one in (self.reason, self.why_lost))
        if not reason:
            self.reason.errors = ["Say why: others read it in the history."]
        if outcome.lost_must_catch and not lost:
            self.why_lost.errors = [WHY_LOST]
        for field in (self.reason, self.why_lost):
            if len(field.data or "") > LONGEST_REASON:
                field.errors = [f"Keep it under {LONGEST_REASON:,} characters."]
            elif UNSEEN.search((field.data or "").replace("\r\n", "\n")):
                field.errors = [UNSEEN_SIGNS]
        if not outcome.lost_must_catch:
            return reason
        number = len(outcome.lost_must_catch)
        them = "1 example" if number == 1 else f"{number} examples"
        # A line each, for the two are never one sentence.
        return f"Why: {reason}\nWhy it may lose {them} that must be caught: {lost}"


@console.route("/at/<team>/publish", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Publish", order=16)
def show_publish() -> ResponseReturnValue:
    """Return the page to publish what is worked on; or publish it, or hand it on for approval."""
    working, form = read_working(), PublishForm(request.form)
    ready = _read_readiness(working)
    if request.method == "POST" and ready.outcome and ready.is_ready:
        reason = form.read(ready.outcome)
        try:
            if not form.errors:
                _submit(working, reason)
                return redirect(url_for("console.show_history", done=1), 303)
        except (StaleRevisionError, ReasonError) as error:
            form.form_errors.append(str(error))
    elif request.method == "POST":
        form.form_errors.append(NOT_YET if ready.changes else ALREADY)
    page = render_template(
        "console/publish.html",
        working=working,
        form=form,
        ready=ready,
        second_person=this_site().settings.needs_second_person,
        rule_of=rule_of,
        # Where the form is not shown again, what was typed into it still is.
        lost=sent_fields() if form.errors and not ready.is_ready else None,
        waiting=[one for one in find_pending(this_store()) if one.team_id == working.team.id],
    )
    return page, 400 if form.errors else 200


def _submit(working: Working, reason: str) -> None:
    with noticing_conflict():
        submit(
            this_store(),
            working.team.id,
            revision=sent_revision(),
            digest=hash_overlay(working.overlay),
            reason=reason,
            by=the_manager(),
            needs_approval=this_site().settings.needs_second_person,
        )


def rule_of(problem: Problem) -> str:
    """Return the id of the own rule that `problem` is about, "" where it is about none."""
    return problem.item.removesuffix(".examples") if problem.part == "rules" else ""


def _read_readiness(working: Working) -> Readiness:
    _, own = published_overlays(this_store(), working.team)
    changes = differences(own, working.overlay, called_by(engine_beneath(working.team).rulebook))
    problems = find_problems(working.team, working.overlay) if changes else ()
    # Drafts do nothing, so that one which is half written is in nobody's way.
    drafts = {own.id for own in working.overlay.rules if own.state is State.DRAFT}
    return Readiness(
        changes=changes,
        problems=tuple(one for one in problems if one.blocks and rule_of(one) not in drafts),
        outcome=read_outcome(find_run(working.team)) if changes else None,
    )
