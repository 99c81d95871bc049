"""The audit log: who did what, when and why. It is added to and read, never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.database import Store
from webapp.store.tables import AuditEvent, Manager

# Who stands in the log where Postcheck acted by itself, or a command did.
NOBODY = "Postcheck"
PAGE = 50


def note(
    store: Store, session: Session, by: Manager | None, what: str, why: str = "", **detail: Any
) -> None:
    """Add an event to the transaction of `session`.

    `what` is a thing and what happened to it (`overlay.published`); `detail` must hold nothing
    that staff wrote.
    """
    event = AuditEvent(
        created=store.clock(),
        manager_id=by.id if by else None,
        who=by.name if by else NOBODY,
        what=what,
        why=why,
        detail=detail,
    )
    session.add(event)


def read_events(
    store: Store,
    *,
    before: int | None = None,
    begins: str = "",
    by: int | None = None,
    most: int = PAGE,
) -> list[AuditEvent]:
    """Return the newest events first, `most` of them.

    `before` is the id of the last one that was read, for the next page; `begins` keeps those
    whose `what` begins so (`overlay.`), and `by` those of the manager with this id.
    """
    asked = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(most)
    if before is not None:
        asked = asked.where(AuditEvent.id < before)
    if begins:
        asked = asked.where(AuditEvent.what.startswith(begins, autoescape=True))
    if by is not None:
        asked = asked.where(AuditEvent.manager_id == by)
    with store.reading() as session:
        return list(session.scalars(asked))
