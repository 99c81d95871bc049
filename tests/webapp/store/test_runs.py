"""Background work is taken by one worker, tells its progress and outlives a restart."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.clock import Clock
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, NotPendingError
from webapp.store.queue_tables import PreviewRun, RetrainRun, RunState
from webapp.store.reviews import add_review, list_reviews
from webapp.store.runs import (
    ask_for_only_run,
    ask_for_run,
    end_run,
    find_last_run,
    get_run,
    is_waiting,
    report_progress,
    take_run,
    tidy_runs,
)
from webapp.store.tables import Manager


def test_a_run_from_its_wish_to_its_result(store: Store, team: int, aileen: Manager) -> None:
    asked = ask_for_run(store, PreviewRun, team, "a1b2", by=aileen)
    assert (asked.state, take_run(store, RetrainRun)) == (RunState.WAITING, None)
    run = take_run(store, PreviewRun)
    assert run is not None
    report_progress(store, run, 300, 6000)
    seen = get_run(store, PreviewRun, asked.id)
    assert (seen.state, seen.progress, seen.total) == (RunState.RUNNING, 300, 6000)
    end_run(store, run, {"newly": 3})
    last = find_last_run(store, PreviewRun, team, "a1b2")
    assert last is not None
    assert (last.state, last.result) == (RunState.DONE, {"newly": 3})


def test_a_run_is_taken_once(store: Store, team: int, aileen: Manager) -> None:
    ask_for_run(store, PreviewRun, team, "a1b2", by=aileen)
    assert take_run(store, PreviewRun) is not None
    assert take_run(store, PreviewRun) is None


def test_of_two_who_ask_one_is_told_until_it_has_ended(
    store: Store, team: int, aileen: Manager
) -> None:
    def ask(_: int) -> int:
        try:
            return ask_for_only_run(store, RetrainRun, team, "x", by=aileen).id
        except NotPendingError:
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == [0, 0, 0, 1]
    end_run(store, get_run(store, RetrainRun, 1), {})
    assert ask(0) == 2


def test_a_run_whose_worker_fell_silent_is_taken_over(
    store: Store, team: int, aileen: Manager, clock: Clock
) -> None:
    asked = ask_for_run(store, RetrainRun, team, "model", by=aileen)
    run = take_run(store, RetrainRun)
    assert run is not None
    clock.move(seconds=20)
    report_progress(store, run, 1, 10)
    clock.move(seconds=20)
    assert take_run(store, RetrainRun) is None
    clock.move(seconds=11)
    again = take_run(store, RetrainRun)
    assert again is not None
    assert (again.id, again.progress) == (asked.id, 1)


def test_a_run_that_failed_says_so(store: Store, team: int, aileen: Manager) -> None:
    ask_for_run(store, RetrainRun, team, "model", by=aileen)
    run = take_run(store, RetrainRun)
    assert run is not None
    end_run(store, run, {"error": "Too few examples."}, failed=True)
    assert get_run(store, RetrainRun, run.id).state is RunState.FAILED


def test_a_run_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(MissingRowError):
        get_run(store, PreviewRun, 999)


def test_a_review_is_written_down(store: Store, team: int, aileen: Manager) -> None:
    due = dt.date(2028, 3, 1)
    add_review(store, team, "2027-1", next_due=due, note_text=" nothing changed ", by=aileen)
    (review,) = list_reviews(store, team)
    assert (review.clause_set, review.note, review.reviewed) == (
        "2027-1",
        "nothing changed",
        store.clock(),
    )


def test_a_run_waits_until_it_is_taken_and_again_when_its_worker_fell_silent(
    store: Store, team: int, aileen: Manager, clock: Clock
) -> None:
    asked = ask_for_run(store, PreviewRun, team, "a1b2", by=aileen)
    assert is_waiting(store, asked)
    run = take_run(store, PreviewRun)
    assert run is not None
    assert not is_waiting(store, run)
    clock.move(seconds=31)
    assert is_waiting(store, run)
    end_run(store, run, {})
    clock.move(seconds=31)
    assert not is_waiting(store, get_run(store, PreviewRun, run.id))


def test_old_runs_go_and_those_under_way_stay(store: Store, team: int, aileen: Manager) -> None:
    ids = [ask_for_run(store, PreviewRun, team, "a", by=aileen).id for _ in range(4)]
    for _ in range(3):
        run = take_run(store, PreviewRun)
        assert run is not None
        end_run(store, run, {})
    tidy_runs(store, PreviewRun, team, keep=1)
    for gone in ids[:2]:
        with pytest.raises(MissingRowError):
            get_run(store, PreviewRun, gone)
    kept = [get_run(store, PreviewRun, id).state for id in ids[2:]]
    assert kept == [RunState.DONE, RunState.WAITING]
