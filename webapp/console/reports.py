"""The queue of reports from staff: what was sent, masked, and what becomes of it."""

from __future__ import annotations

import datetime as dt

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checker.draft import Draft
from checker.errors import PostcheckError
from checker.report import Report
from checker.words import VERDICTS
from webapp.complaint import KINDS
from webapp.console.blueprint import console
from webapp.console.categories import category_titles
from webapp.console.identity import the_manager
from webapp.console.label_forms import CloseForm, LabelForm, RuleForm
from webapp.console.rights import allow
from webapp.console.rule_names import names_for
from webapp.console.typed import sent_fields
from webapp.counting import OWN
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.errors import LabelError, NotPendingError, ReasonError
from webapp.store.examples import accept_feedback
from webapp.store.feedback import answer_feedback, delete_feedback, get_feedback, read_feedback
from webapp.store.queue_tables import Complaint, Feedback, FeedbackState
from webapp.store.tables import Role, Team
from webapp.store.teams import list_teams

STATES = {
    FeedbackState.OPEN: "Open",
    FeedbackState.ACCEPTED: "Made an example",
    FeedbackState.TURNED_INTO_RULE: "Turned into a rule",
    FeedbackState.CLOSED: "Closed",
}


@console.get("/reports")
@allow(Role.MANAGER, menu="Reports from staff", order=40)
def list_reports() -> str:
    """Return the queue: open reports first, the oldest at the top."""
    store = this_store()
    rows = read_feedback(store, state=None)
    now = store.clock()
    return render_template(
        "console/reports.html",
        waiting=[row for row in rows if row.state is FeedbackState.OPEN],
        answered=[row for row in rows if row.state is not FeedbackState.OPEN],
        days_left={row.id: days_left(row, now) for row in rows},
        kinds=KINDS,
        states=STATES,
        takes_feedback=this_site().settings.takes_feedback,
    )


@console.get("/reports/<row:report_id>")
@allow(Role.MANAGER)
def show_report(report_id: int) -> str:
    """Return one report, with what the checker says of its masked text now."""
    return _page(get_feedback(this_store(), report_id))


@console.post("/reports/<row:report_id>/accept")
@allow(Role.MANAGER)
def accept_report(report_id: int) -> ResponseReturnValue:
    """Make a report an example to teach the checker with, or say what to put right."""
    form = LabelForm(request.form)
    if form.validate():
        verdict, categories = form.labels
        try:
            accept_feedback(
                this_store(),
                report_id,
                verdict=verdict,
                categories=categories,
                reason=form.note.data or "",
                by=the_manager(),
            )
        except LabelError as error:
            form.categories.errors = [str(error)]
        except ReasonError as error:
            form.note.errors = [str(error)]
        except NotPendingError as error:
            form.form_errors.append(str(error))
        else:
            return _back()
    return _page(get_feedback(this_store(), report_id), labels=form), 400


@console.post("/reports/<row:report_id>/close")
@allow(Role.MANAGER)
def close_report(report_id: int) -> ResponseReturnValue:
    """Close a report with a reason, or say what to put right."""
    form = CloseForm(request.form)
    if form.validate() and _answered(report_id, FeedbackState.CLOSED, form, form.reason.data):
        return _back()
    return _page(get_feedback(this_store(), report_id), closing=form), 400


@console.post("/reports/<row:report_id>/turned")
@allow(Role.MANAGER)
def mark_report_turned(report_id: int) -> ResponseReturnValue:
    """Mark a report as turned into a rule or an exception, or say what to put right."""
    form = RuleForm(request.form)
    turned = FeedbackState.TURNED_INTO_RULE
    if form.validate() and _answered(report_id, turned, form, form.made.data):
        return _back()
    return _page(get_feedback(this_store(), report_id), turning=form), 400


@console.post("/reports/<row:report_id>/delete")
@allow(Role.MANAGER)
def delete_report(report_id: int) -> ResponseReturnValue:
    """Delete a report before its time: what should not have been sent is gone at once."""
    delete_feedback(this_store(), report_id, by=the_manager())
    return _back()


def values_from_report(report_id: int) -> dict[str, str]:
    """Return what the form for a new rule begins with that is made after a report.

    Its masked text stands among the examples; raises `MissingRowError` when it has expired.
    """
    report = get_feedback(this_store(), report_id)
    side = "flag" if report.kind is Complaint.MISSED else "ok"
    return {"account": str(report.account), side: " ".join(report.masked.split())}


def days_left(report: Feedback, now: dt.datetime) -> int:
    """Return in how many days a report is deleted, a day begun counted as one."""
    return -((now - report.expires) // dt.timedelta(days=1))


def _answered(
    report_id: int, state: FeedbackState, form: CloseForm | RuleForm, reason: str | None
) -> bool:
    """Answer a report; where that cannot be, say so on `form` and return False."""
    try:
        answer_feedback(this_store(), report_id, state, reason=reason or "", by=the_manager())
    except NotPendingError as error:
        form.form_errors.append(str(error))
    except ReasonError as error:
        field = form.reason if isinstance(form, CloseForm) else form.made
        field.errors = [str(error)]
    return not form.errors


def _back() -> ResponseReturnValue:
    return redirect(url_for("console.list_reports"), 303)


def _page(
    report: Feedback,
    *,
    labels: LabelForm | None = None,
    closing: CloseForm | None = None,
    turning: RuleForm | None = None,
) -> str:
    sent = next((form for form in (labels, closing, turning) if form is not None), None)
    team = _team_of(report)
    return render_template(
        "console/report.html",
        report=report,
        now=_check_again(report),
        labels=labels or LabelForm(),
        closing=closing or CloseForm(),
        turning=turning or RuleForm(),
        sent=sent,
        lost=sent_fields() if report.state is not FeedbackState.OPEN and sent else None,
        days=days_left(report, this_store().clock()),
        kinds=KINDS,
        states=STATES,
        verdicts=VERDICTS,
        titles=category_titles(this_site().checker.policy),
        of_team=team.slug,
        names=names_for(team, this_site().lives.base().rulebook),
        own=f"{OWN}.",
        is_example=report.state is FeedbackState.ACCEPTED,
        is_open=report.state is FeedbackState.OPEN,
    )


def _team_of(report: Feedback) -> Team:
    return next(team for team in list_teams(this_store()) if team.id == report.team_id)


def _check_again(report: Feedback) -> Report | None:
    """Return what the checker says of the masked text today, None when it cannot say."""
    try:
        return this_site().checker.check(Draft(report.masked, report.account))
    except PostcheckError:
        return None
