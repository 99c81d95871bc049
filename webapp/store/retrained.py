"""What became of retrained readers: promoted, dropped or rolled back, by whom and why."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, NotPendingError, see_mark
from webapp.store.queue_tables import RetrainRun, RunState
from webapp.store.reason import read_reason
from webapp.store.tables import Manager

DECISION = "decision"
OTHER_READER = (
    "Somebody else has put another reader to use meanwhile. Nothing was changed: see below which "
    "one is in use now."
)


class Decision(StrEnum):
    """What became of a retrained reader; one at most is promoted."""

    PROMOTED = "promoted"
    DROPPED = "dropped"
    REPLACED = "replaced"
    ROLLED_BACK = "rolled back"


def decision_of(run: RetrainRun) -> Decision | None:
    """Return what became of the reader of `run`, None while nobody decided."""
    decided = run.result.get(DECISION)
    return Decision(decided) if decided else None


def list_runs(store: Store) -> list[RetrainRun]:
    """Return all retrainings, the newest first."""
    with store.reading() as session:
        return _all(session)


def find_promoted(store: Store) -> RetrainRun | None:
    """Return the retraining whose reader is in use, None where the shipped one is."""
    with store.reading() as session:
        return _promoted(session)


def promote(store: Store, run_id: int, *, reason: str, by: Manager) -> None:
    """Put the reader of a retraining to use, in the place of the one before.

    Raises `ReasonError`, `MissingRowError`, or `NotPendingError` when somebody decided already.
    """
    reason = read_reason(reason, "Say why it is put to use.")
    with store.writing() as session:
        _lock(session)
        run = _undecided(session, run_id)
        before = _promoted(session)
        if before is not None:
            _decide(before, Decision.REPLACED)
        _decide(run, Decision.PROMOTED)
        note(store, session, by, "reader.promoted", reason, run=run_id)


def drop(store: Store, run_id: int, *, reason: str, by: Manager) -> None:
    """Use the reader of a retraining for nothing; raises as `promote`."""
    reason = read_reason(reason, "Say why it is dropped.")
    with store.writing() as session:
        _decide(_undecided(session, run_id), Decision.DROPPED)
        note(store, session, by, "reader.dropped", reason, run=run_id)


def roll_back(store: Store, *, was: str, reason: str, by: Manager) -> None:
    """Go back to the reader before the one in use: an earlier retrained one, or the shipped one.

    `was` is the number of the retraining that was in use when the form was made: two who go back
    at once go back once. Raises `ReasonError`, `NotPendingError` when the shipped one is in use,
    or `StaleRevisionError` when another one is, or `was` is empty.
    """
    reason = read_reason(reason, "Say why you go back.")
    with store.writing() as session:
        _lock(session)
        run = _promoted(session)
        if run is None:
            raise NotPendingError("The shipped reader is in use already.")
        see_mark(was, str(run.id), OTHER_READER)
        _decide(run, Decision.ROLLED_BACK)
        replaced = [one for one in _all(session) if decision_of(one) is Decision.REPLACED]
        if replaced:
            _decide(replaced[0], Decision.PROMOTED)
        note(store, session, by, "reader.rolled-back", reason, run=run.id)


def _lock(session: Session) -> None:
    """Let one at a time decide which reader is in use."""
    session.execute(select(RetrainRun.id).with_for_update())


def _all(session: Session) -> list[RetrainRun]:
    return list(session.scalars(select(RetrainRun).order_by(RetrainRun.id.desc())))


def _promoted(session: Session) -> RetrainRun | None:
    return next((one for one in _all(session) if decision_of(one) is Decision.PROMOTED), None)


def _undecided(session: Session, run_id: int) -> RetrainRun:
    run = session.get(RetrainRun, run_id, with_for_update=True)
    if run is None or run.state is not RunState.DONE:
        raise MissingRowError("There is no such retraining that has ended: see the list.")
    if decision_of(run) is not None:
        raise NotPendingError("Somebody decided on this one already: see what they said.")
    return run


def _decide(run: RetrainRun, decision: Decision) -> None:
    run.result = {**run.result, DECISION: str(decision)}
