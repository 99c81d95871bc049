"""Reports from staff: kept masked, for a set number of days, and then really deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from checker.draft import Account
from checker.verdict import Verdict
from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, NotPendingError
from webapp.store.queue_tables import Complaint, Feedback, FeedbackState
from webapp.store.reason import read_reason
from webapp.store.tables import Manager
from webapp.store.teams import COUNCIL, find


@dataclass(frozen=True, slots=True)
class Complaining:
    """What a member of staff sends: all of it was shown to them."""

    kind: Complaint
    masked: str = field(repr=False)
    note: str = field(repr=False)
    account: Account
    verdict: Verdict
    rules: tuple[str, ...]


def add_feedback(store: Store, sent: Complaining, *, days: int, team: str = COUNCIL) -> None:
    """Keep what was sent for so many days; deletes what has expired."""
    expire(store)
    now = store.clock()
    with store.writing() as session:
        row = Feedback(
            team_id=find(session, team).id,
            kind=sent.kind,
            masked=sent.masked,
            note=sent.note,
            account=sent.account,
            verdict=sent.verdict,
            rules=list(sent.rules),
            state=FeedbackState.OPEN,
            reason="",
            created=now,
            expires=now + timedelta(days=days),
        )
        session.add(row)


def read_feedback(
    store: Store, *, state: FeedbackState | None = FeedbackState.OPEN, team_id: int | None = None
) -> list[Feedback]:
    """Return the reports in `state` (None for any) of a team or of all, the oldest first.

    What has expired is deleted, and never returned.
    """
    expire(store)
    asked = select(Feedback).order_by(Feedback.created, Feedback.id)
    if state is not None:
        asked = asked.where(Feedback.state == state)
    if team_id is not None:
        asked = asked.where(Feedback.team_id == team_id)
    with store.reading() as session:
        return list(session.scalars(asked))


def get_feedback(store: Store, feedback_id: int) -> Feedback:
    """Return one report; raises `MissingRowError` when it is not there or has expired."""
    expire(store)
    with store.reading() as session:
        return _found(session.get(Feedback, feedback_id))


def count_open(store: Store) -> int:
    """Return how many reports wait for an answer."""
    asked = select(func.count()).where(
        Feedback.state == FeedbackState.OPEN, Feedback.expires > store.clock()
    )
    with store.reading() as session:
        return session.scalar(asked) or 0


def answer_feedback(
    store: Store, feedback_id: int, state: FeedbackState, *, reason: str, by: Manager
) -> Feedback:
    """Say what became of a report, and why; return it.

    Raises `MissingRowError`, `NotPendingError` when somebody answered it already, or
    `ReasonError` for a reason that is none, or when it is closed without one.
    """
    missing = "Say why you close it." if state is FeedbackState.CLOSED else ""
    reason = read_reason(reason, missing)
    with store.writing() as session:
        row = find_open(store, session, feedback_id)
        row.state, row.reason = state, reason
        note(store, session, by, "feedback.answered", feedback=row.id, state=str(state))
        return row


def find_open(store: Store, session: Session, feedback_id: int) -> Feedback:
    """Return the report to be answered, locked until the session ends.

    Raises `MissingRowError` where it is gone or its time is over, or `NotPendingError`.
    """
    row = _found(session.get(Feedback, feedback_id, with_for_update=True))
    if row.expires <= store.clock():
        # Nobody keeps what should be gone, though it is still to be swept.
        return _found(None)
    if row.state is not FeedbackState.OPEN:
        raise NotPendingError("Somebody answered this report already: see what they said.")
    return row


def delete_feedback(store: Store, feedback_id: int, *, by: Manager) -> None:
    """Delete a report before its time, for one that should not have been sent."""
    with store.writing() as session:
        session.delete(_found(session.get(Feedback, feedback_id)))
        note(store, session, by, "feedback.deleted", feedback=feedback_id)
    store.wipe("feedback")


def expire(store: Store) -> int:
    """Delete the reports whose time is over and return how many there were."""
    over = Feedback.expires <= store.clock()
    with store.reading() as session:
        if not session.scalar(select(func.count()).where(over)):
            return 0
    with store.writing() as session:
        gone = len(session.scalars(delete(Feedback).where(over).returning(Feedback.id)).all())
        note(store, session, None, "feedback.expired", number=gone)
    store.wipe("feedback")
    return gone


def _found(row: Feedback | None) -> Feedback:
    if row is None:
        raise MissingRowError("This report is not there any more: it was deleted or has expired.")
    return row
