"""Background work: previews and retrainings, with progress that outlives a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from webapp.store.database import Store
from webapp.store.errors import MissingRowError, NotPendingError
from webapp.store.queue_tables import PreviewRun, RetrainRun, RunState
from webapp.store.tables import Manager, Team

Kind = TypeVar("Kind", PreviewRun, RetrainRun)

# A worker that gave no sign of life for so long is gone, and another takes its run over.
SILENT_FOR = timedelta(seconds=30)
UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


def ask_for_run(store: Store, kind: type[Kind], team_id: int, about: str, *, by: Manager) -> Kind:
    """Add a run of `kind` about `about` that waits for a worker; return it."""
    with store.writing() as session:
        return _add(store, session, kind(team_id=team_id, asked_by=by.id, about=about))


def ask_for_only_run(
    store: Store, kind: type[Kind], team_id: int, about: str, *, by: Manager
) -> Kind:
    """Add a run as `ask_for_run` does, unless one of the team's is under way.

    Raises `NotPendingError` then; of two who ask at once, one is told.
    """
    with store.writing() as session:
        # Whoever asks second waits here until the first has written theirs down.
        session.get(Team, team_id, with_for_update=True)
        under_way = select(kind.id).where(kind.team_id == team_id, kind.state.in_(UNDER_WAY))
        if session.scalar(under_way.limit(1)):
            raise NotPendingError("One is under way already: wait until it has ended.")
        return _add(store, session, kind(team_id=team_id, asked_by=by.id, about=about))


def _add(store: Store, session: Session, run: Kind) -> Kind:
    run.state, run.progress, run.total, run.result = RunState.WAITING, 0, 0, {}
    run.created = store.clock()
    session.add(run)
    session.flush()
    return run


def take_run(store: Store, kind: type[Kind]) -> Kind | None:
    """Take the oldest run that waits, or whose worker fell silent; None when there is none.

    Two workers never get the same one.
    """
    now = store.clock()
    silent = (kind.state == RunState.RUNNING) & (kind.heartbeat < now - SILENT_FOR)
    asked = (
        select(kind)
        .where(or_(kind.state == RunState.WAITING, silent))
        .order_by(kind.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with store.writing() as session:
        run = session.scalar(asked)
        if run is not None:
            run.state, run.started, run.heartbeat = RunState.RUNNING, run.started or now, now
        return run


def report_progress(store: Store, run: Kind, progress: int, total: int) -> None:
    """Write down how far a run is, which is also its sign of life."""
    with store.writing() as session:
        row = session.get_one(type(run), run.id)
        row.progress, row.total, row.heartbeat = progress, total, store.clock()


def end_run(store: Store, run: Kind, result: dict[str, Any], *, failed: bool = False) -> None:
    """Write down the result of a run, or for one that `failed` what to say of it."""
    with store.writing() as session:
        row = session.get_one(type(run), run.id)
        row.state = RunState.FAILED if failed else RunState.DONE
        row.result, row.heartbeat = result, store.clock()


def get_run(store: Store, kind: type[Kind], run_id: int) -> Kind:
    """Return a run; raises `MissingRowError` when there is none."""
    with store.reading() as session:
        run = session.get(kind, run_id)
    if run is None:
        raise MissingRowError("There is no such run: start a new one.")
    return run


def find_last_run(store: Store, kind: type[Kind], team_id: int, about: str = "") -> Kind | None:
    """Return a team's newest run, or its newest about `about`; None when there is none."""
    asked = select(kind).where(kind.team_id == team_id).order_by(kind.id.desc()).limit(1)
    if about:
        asked = asked.where(kind.about == about)
    with store.reading() as session:
        return session.scalar(asked)


def is_waiting(store: Store, run: PreviewRun | RetrainRun) -> bool:
    """Tell whether `run` needs a worker: nobody took it yet, or its worker fell silent."""
    silent = run.heartbeat is None or run.heartbeat < store.clock() - SILENT_FOR
    return run.state is RunState.WAITING or (run.state is RunState.RUNNING and silent)


def needs_worker(store: Store, run: PreviewRun | RetrainRun) -> bool:
    """Tell whether nobody works on `run`, though whoever was started for it has had the time."""
    return is_waiting(store, run) and run.created < store.clock() - SILENT_FOR


def tidy_runs(store: Store, kind: type[Kind], team_id: int, *, keep: int) -> None:
    """Delete a team's runs that are over, all but the newest `keep`."""
    over = kind.state.in_((RunState.DONE, RunState.FAILED))
    newest = select(kind.id).where(kind.team_id == team_id, over).order_by(kind.id.desc())
    with store.writing() as session:
        kept = list(session.scalars(newest.limit(keep)))
        session.execute(delete(kind).where(kind.team_id == team_id, over, kind.id.not_in(kept)))
