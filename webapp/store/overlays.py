"""Overlays of teams: the working copy, and what was published, by whom and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import (
    MissingRowError,
    NotPendingError,
    SecondPersonError,
    StaleRevisionError,
)
from webapp.store.reason import read_reason
from webapp.store.tables import AuditEvent, Manager, OverlayVersion, State, Team, WorkingOverlay
from webapp.store.teams import line_of

NO_REASON = "Say why: others read it in the history."


def read_working(store: Store, team_id: int) -> WorkingOverlay:
    """Return what a team works on; an empty one with revision 0 when nothing was saved yet."""
    with store.reading() as session:
        return session.get(WorkingOverlay, team_id) or _blank(store, team_id)


def save_working(
    store: Store,
    team_id: int,
    yaml: str,
    *,
    revision: int,
    by: Manager,
    restored: OverlayVersion | None = None,
) -> WorkingOverlay:
    """Save what a team works on and return it with its new revision.

    `revision` is the one that the manager had read, and `restored` the version whose text it is,
    for the log. Raises `StaleRevisionError` when somebody saved another since.
    """
    with store.writing() as session:
        working = _working(store, session, team_id, revision)
        working.yaml, working.revision = yaml, revision + 1
        working.saved, working.saved_by = store.clock(), by.id
        session.add(working)
        if restored:
            note(store, session, by, "overlay.restored", **_told(restored))
        return working


def submit(
    store: Store,
    team_id: int,
    *,
    revision: int,
    digest: str,
    reason: str,
    by: Manager,
    needs_approval: bool,
) -> OverlayVersion:
    """Make a version of what the team works on at `revision`, whose hash is `digest`.

    It is published at once, or waits for a second person where `needs_approval`; an earlier one
    that waits is replaced. Version, states and audit event are written together or not at all.
    Raises `StaleRevisionError` or `ReasonError`.
    """
    reason = read_reason(reason, NO_REASON)
    with store.writing() as session:
        working = _working(store, session, team_id, revision)
        version = _add(store, session, team_id, (working.yaml, digest, reason), by)
        if needs_approval:
            note(store, session, by, "overlay.submitted", reason, **_told(version))
        else:
            _publish(store, session, version, by, reason)
        return version


def approve(store: Store, version_id: int, *, by: Manager) -> OverlayVersion:
    """Publish a version that waits; return it.

    Raises `NotPendingError` when it waits no longer, and `SecondPersonError` for its own author.
    """
    with store.writing() as session:
        version = _pending(session, version_id)
        if version.author_id == by.id:
            raise SecondPersonError("Somebody other than its author has to approve a version.")
        version.approver_id = by.id
        _publish(store, session, version, by, version.reason)
        return version


def decline(store: Store, version_id: int, *, reason: str, by: Manager) -> OverlayVersion:
    """Put a version that waits aside, with a reason; return it.

    Raises `NotPendingError` or `ReasonError`.
    """
    reason = read_reason(reason, NO_REASON)
    with store.writing() as session:
        version = _pending(session, version_id)
        version.state = State.SUPERSEDED
        note(store, session, by, "overlay.declined", reason, **_told(version))
        return version


def read_refusals(store: Store, team_id: int) -> dict[int, AuditEvent]:
    """Return by their numbers who refused versions of a team, and why."""
    asked = select(AuditEvent).where(AuditEvent.what == "overlay.declined").order_by(AuditEvent.id)
    with store.reading() as session:
        events = list(session.scalars(asked))
    return {one.detail["number"]: one for one in events if one.detail["team"] == team_id}


def history(store: Store, team_id: int) -> list[OverlayVersion]:
    """Return all versions of a team, the newest first."""
    with store.reading() as session:
        asked = select(OverlayVersion).where(OverlayVersion.team_id == team_id)
        return list(session.scalars(asked.order_by(OverlayVersion.number.desc())))


def find_pending(store: Store) -> list[OverlayVersion]:
    """Return the versions of all teams that wait for approval, the oldest first."""
    with store.reading() as session:
        asked = select(OverlayVersion).where(OverlayVersion.state == State.PENDING)
        return list(session.scalars(asked.order_by(OverlayVersion.id)))


def read_published(store: Store) -> dict[int, OverlayVersion]:
    """Return the published version of each team that has one, by the id of the team."""
    with store.reading() as session:
        asked = select(OverlayVersion).where(OverlayVersion.state == State.PUBLISHED)
        return {version.team_id: version for version in session.scalars(asked)}


def read_marks(store: Store) -> dict[str, tuple[int, str]]:
    """Return number and hash of each team's published version, by the team's slug.

    It is cheap: workers ask every few seconds whether there is anything new.
    """
    with store.reading() as session:
        asked = (
            select(Team.slug, OverlayVersion.number, OverlayVersion.hash)
            .join(Team, Team.id == OverlayVersion.team_id)
            .where(OverlayVersion.state == State.PUBLISHED)
        )
        return {slug: (number, digest) for slug, number, digest in session.execute(asked)}


def read_line(store: Store, slug: str) -> tuple[str, tuple[str, ...]]:
    """Return what is published for a team: a mark that changes with it, and the YAML of overlays.

    The council's comes first, then those of the teams down to `slug`. Raises `MissingRowError`
    when there is no such team.
    """
    published = read_published(store)
    line = [published[team.id] for team in line_of(store, slug) if team.id in published]
    mark = "+".join(f"{version.team_id}.{version.number}" for version in line)
    return mark, tuple(version.yaml for version in line)


def _lock(session: Session, team_id: int) -> None:
    """Let one writer at a time change a team's overlay; raises `MissingRowError` without team."""
    if session.get(Team, team_id, with_for_update=True) is None:
        raise MissingRowError("There is no such team: choose one from the list of teams.")


def _working(store: Store, session: Session, team_id: int, revision: int) -> WorkingOverlay:
    """Return the working copy if it still has `revision`, else raise `StaleRevisionError`."""
    _lock(session, team_id)
    working = session.get(WorkingOverlay, team_id) or _blank(store, team_id)
    if working.revision != revision:
        saver = session.get(Manager, working.saved_by) if working.saved_by else None
        raise StaleRevisionError(
            f"{saver.name if saver else 'Somebody else'} saved a change while you were editing. "
            "Nothing was overwritten: look at their change, then make yours again."
        )
    return working


def _blank(store: Store, team_id: int) -> WorkingOverlay:
    return WorkingOverlay(team_id=team_id, yaml="", revision=0, saved=store.clock(), saved_by=None)


def _pending(session: Session, version_id: int) -> OverlayVersion:
    version = session.get(OverlayVersion, version_id, with_for_update=True)
    if version is None or version.state is not State.PENDING:
        raise NotPendingError("This version no longer waits for approval: see the history.")
    return version


def _add(
    store: Store, session: Session, team_id: int, said: tuple[str, str, str], by: Manager
) -> OverlayVersion:
    """Add a pending version that has YAML, hash and reason as `said`, in place of the one there."""
    mine = OverlayVersion.team_id == team_id
    waiting = session.scalar(select(OverlayVersion).where(mine, OverlayVersion.state == "pending"))
    if waiting:
        waiting.state = State.SUPERSEDED
        session.flush()
    number = session.scalar(select(func.coalesce(func.max(OverlayVersion.number), 0)).where(mine))
    yaml, digest, reason = said
    version = OverlayVersion(
        team_id=team_id,
        number=(number or 0) + 1,
        yaml=yaml,
        hash=digest,
        reason=reason,
        author_id=by.id,
        state=State.PENDING,
        created=store.clock(),
    )
    session.add(version)
    session.flush()
    return version


def _publish(
    store: Store, session: Session, version: OverlayVersion, by: Manager, reason: str
) -> None:
    asked = select(OverlayVersion).where(
        OverlayVersion.team_id == version.team_id, OverlayVersion.state == State.PUBLISHED
    )
    for old in session.scalars(asked):
        old.state = State.SUPERSEDED
    # The old one has to go first: the database holds one published version per team.
    session.flush()
    version.state, version.published = State.PUBLISHED, store.clock()
    note(store, session, by, "overlay.published", reason, **_told(version))


def _told(version: OverlayVersion) -> dict[str, Any]:
    return {"team": version.team_id, "number": version.number, "hash": version.hash}
