"""Reviews of the policy: who read it through, and when it is due again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.queue_tables import PolicyReview
from webapp.store.tables import Manager

REMIND_BEFORE = dt.timedelta(days=60)


def add_review(
    store: Store, team_id: int, clause_set: str, *, next_due: dt.date, note_text: str, by: Manager
) -> PolicyReview:
    """Write down that the clauses of version `clause_set` were read through; return the review."""
    with store.writing() as session:
        review = PolicyReview(
            team_id=team_id,
            clause_set=clause_set,
            reviewed_by=by.id,
            reviewed=store.clock(),
            next_due=next_due,
            note=note_text.strip(),
        )
        session.add(review)
        note(store, session, by, "policy.reviewed", note_text, team=team_id, clause_set=clause_set)
        session.flush()
        return review


def list_reviews(store: Store, team_id: int) -> list[PolicyReview]:
    """Return a team's reviews, the newest first."""
    asked = select(PolicyReview).where(PolicyReview.team_id == team_id)
    with store.reading() as session:
        return list(session.scalars(asked.order_by(PolicyReview.id.desc())))
