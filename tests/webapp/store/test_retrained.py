"""One retrained reader at most is in use; who decided what and why is in the log."""

from __future__ import annotations

import pytest

from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, NotPendingError, ReasonError, StaleRevisionError
from webapp.store.queue_tables import RetrainRun
from webapp.store.retrained import decision_of, drop, find_promoted, list_runs, promote, roll_back
from webapp.store.runs import ask_for_run, end_run
from webapp.store.tables import Manager


@pytest.fixture
def ended(store: Store, team: int, aileen: Manager) -> list[int]:
    """Return three retrainings that have ended."""
    runs = [ask_for_run(store, RetrainRun, team, "x", by=aileen) for _ in range(3)]
    for run in runs:
        end_run(store, run, {"heads": {}})
    return [run.id for run in runs]


def decisions(store: Store) -> list[str | None]:
    return [decision_of(run) for run in list_runs(store)[::-1]]


def test_one_is_in_use_and_the_one_before_comes_back(
    store: Store, ended: list[int], aileen: Manager
) -> None:
    first, second, third = ended
    promote(store, first, reason="Better", by=aileen)
    promote(store, second, reason="Better still", by=aileen)
    drop(store, third, reason="Worse", by=aileen)
    assert decisions(store) == ["replaced", "promoted", "dropped"]
    roll_back(store, was=str(second), reason="Flags too much", by=aileen)
    assert decisions(store) == ["promoted", "rolled back", "dropped"]
    promoted = find_promoted(store)
    assert promoted is not None
    assert promoted.id == first
    for mark in (str(second), ""):
        # Whoever went back at the same time, and a form that does not say from which.
        with pytest.raises(StaleRevisionError):
            roll_back(store, was=mark, reason="Flags too much", by=aileen)
    assert decisions(store) == ["promoted", "rolled back", "dropped"]
    roll_back(store, was=str(first), reason="So does this", by=aileen)
    assert find_promoted(store) is None
    told = [(one.what, one.why, one.detail) for one in read_events(store, begins="reader.")]
    assert told[0] == ("reader.rolled-back", "So does this", {"run": first})
    assert told[-1] == ("reader.promoted", "Better", {"run": first})


def test_nothing_is_decided_twice_or_without_a_reason(
    store: Store, ended: list[int], aileen: Manager
) -> None:
    for decide in (promote, drop):
        with pytest.raises(ReasonError):
            decide(store, ended[0], reason=" ", by=aileen)
    drop(store, ended[0], reason="Worse", by=aileen)
    for decide in (promote, drop):
        with pytest.raises(NotPendingError):
            decide(store, ended[0], reason="Better", by=aileen)
    with pytest.raises(NotPendingError):
        roll_back(store, was="1", reason="Back", by=aileen)
    with pytest.raises(ReasonError):
        roll_back(store, was="1", reason="", by=aileen)


def test_what_has_not_ended_cannot_be_used(store: Store, team: int, aileen: Manager) -> None:
    run = ask_for_run(store, RetrainRun, team, "x", by=aileen)
    for run_id in (run.id, 999):
        with pytest.raises(MissingRowError):
            promote(store, run_id, reason="Better", by=aileen)
