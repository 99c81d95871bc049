"""Retraining with local examples: start it, compare before and after, promote or drop it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, Form, StringField
from wtforms.validators import DataRequired, Length

from webapp.console.blueprint import console
from webapp.console.forms import WAS
from webapp.console.identity import the_manager
from webapp.console.label_forms import LONGEST_REASON
from webapp.console.rights import allow
from webapp.console.working import noticing_conflict
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store import retrained
from webapp.store.errors import NotPendingError, ReasonError, StaleRevisionError
from webapp.store.examples import list_examples
from webapp.store.queue_tables import RetrainRun, RunState
from webapp.store.retrained import Decision, decision_of
from webapp.store.runs import UNDER_WAY, ask_for_only_run, find_last_run, needs_worker
from webapp.store.tables import Role
from webapp.store.teams import find_team

# Fewer teach the reader nothing that a rule would not say better.
FEWEST = 5
START = "postcheck-start-retraining"
DECISIONS = {
    Decision.PROMOTED: "In use",
    Decision.DROPPED: "Dropped",
    Decision.REPLACED: "Replaced by a later one",
    Decision.ROLLED_BACK: "Taken back",
}


NEEDED = (
    DataRequired("Say why: it stands in the log."),
    Length(max=LONGEST_REASON, message=f"A reason has up to {LONGEST_REASON} characters."),
)


class ReasonForm(Form):
    """Why somebody decides on a retraining."""

    reason = StringField("Why?", NEEDED)

    @property
    def why(self) -> Field:
        """Return the field with the reason."""
        return self.reason


class BackForm(Form):
    """Why somebody goes back; a field of its own, since both forms can stand on the page."""

    why_back = StringField("Why do you go back?", NEEDED)

    @property
    def why(self) -> Field:
        """Return the field with the reason."""
        return self.why_back


@console.get("/reader")
@allow(Role.MANAGER, menu="Retrain the reader", order=47)
def show_retraining() -> str:
    """Return which reader is in use, how a retraining is going, and what earlier ones gave."""
    run = _last_run()
    if run is not None and needs_worker(this_store(), run):
        _start()
    return _page()


@console.post("/reader/start")
@allow(Role.MANAGER)
def start_retraining() -> ResponseReturnValue:
    """Start a retraining, or say why not."""
    store = this_store()
    if len(list_examples(store)) < FEWEST:
        return _page(f"Label at least {FEWEST} local examples first."), 400
    try:
        ask_for_only_run(store, RetrainRun, find_team(store).id, "local examples", by=the_manager())
    except NotPendingError as error:
        return _page(str(error)), 400
    _start()
    return redirect(url_for("console.show_retraining"), 303)


@console.post("/reader/<row:run_id>/promote")
@allow(Role.APPROVER)
def promote_reader(run_id: int) -> ResponseReturnValue:
    """Put a retrained reader to use, or say what to put right."""
    form = ReasonForm(request.form)
    reason = form.reason.data or ""
    return _decide(form, partial(retrained.promote, this_store(), run_id, reason=reason))


@console.post("/reader/<row:run_id>/drop")
@allow(Role.APPROVER)
def drop_reader(run_id: int) -> ResponseReturnValue:
    """Drop a retrained reader, or say what to put right."""
    form = ReasonForm(request.form)
    reason = form.reason.data or ""
    return _decide(form, partial(retrained.drop, this_store(), run_id, reason=reason))


@console.post("/reader/roll-back")
@allow(Role.APPROVER)
def roll_reader_back() -> ResponseReturnValue:
    """Go back to the reader before, or say what to put right."""
    form = BackForm(request.form)
    reason, was = form.why_back.data or "", request.form.get(WAS, "")
    return _decide(form, partial(retrained.roll_back, this_store(), was=was, reason=reason))


def _decide(form: ReasonForm | BackForm, decide: Callable[..., None]) -> ResponseReturnValue:
    if form.validate():
        try:
            with noticing_conflict():
                decide(by=the_manager())
        except (NotPendingError, StaleRevisionError) as error:
            form.form_errors.append(str(error))
        except ReasonError as error:
            form.why.errors = [str(error)]
        else:
            return redirect(url_for("console.show_retraining"), 303)
    return _page(form=form), 400


def _last_run() -> RetrainRun | None:
    store = this_store()
    return find_last_run(store, RetrainRun, find_team(store).id)


def _start() -> None:
    """Have the process started that does the work; tests put another starter in its place."""
    from webapp import retrain_worker

    start = current_app.extensions.get(START, retrain_worker.start)
    start(this_site().settings)


def _page(problem: str = "", form: ReasonForm | BackForm | None = None) -> str:
    store = this_store()
    runs = retrained.list_runs(store)
    form = form or ReasonForm()
    if problem:
        form.form_errors.append(problem)
    ended = [run for run in runs if run.state is RunState.DONE]
    return render_template(
        "console/retraining.html",
        sent=form,
        form=form if isinstance(form, ReasonForm) else ReasonForm(),
        back=form if isinstance(form, BackForm) else BackForm(),
        count=len(list_examples(store)),
        fewest=FEWEST,
        under_way=next((run for run in runs if run.state in UNDER_WAY), None),
        failed=runs[0] if runs and runs[0].state is RunState.FAILED else None,
        promoted=retrained.find_promoted(store),
        undecided=next((run for run in ended if decision_of(run) is None), None),
        decided=[(run, DECISIONS[made]) for run in ended if (made := decision_of(run))],
        may_decide=the_manager().role.rank >= Role.APPROVER.rank,
    )
