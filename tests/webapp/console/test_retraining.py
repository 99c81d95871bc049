"""The reader is retrained apart from the pages, compared, promoted, dropped and rolled back."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from checker.draft import Account, Draft
from checker.engine import Checker
from checker.verdict import Category, Verdict
from tests.clock import Clock
from tests.material import write_material
from webapp import retrain_worker
from webapp.console.retraining import START
from webapp.live import LiveChecker
from webapp.published import published_in
from webapp.retrain_worker import work_off
from webapp.retrained import heads_of, reader_folder
from webapp.settings import Settings
from webapp.storage import lazy_store
from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.examples import add_example
from webapp.store.queue_tables import RetrainRun, RunState
from webapp.store.reason import UNSEEN_SIGNS
from webapp.store.retrained import find_promoted
from webapp.store.runs import ask_for_run, get_run, report_progress, take_run
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

TEXT = "our resident [name] was off her zyxwv"


class Browser(Protocol):
    """Somebody's browser."""

    def get(self, path: str) -> BeautifulSoup:
        """Return a page."""

    def post(self, path: str, **fields: str) -> tuple[int, BeautifulSoup]:
        """Send a form."""


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text().split())


@pytest.fixture(scope="module")
def engine(whole: Checker) -> Checker:
    return whole


@pytest.fixture(scope="module")
def material(engine: Checker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small file of what the shipped one holds for thousands of drafts."""
    assert engine.classifier is not None
    path = tmp_path_factory.mktemp("material") / "held-out.npz"
    return write_material(path, engine.classifier.encoder_hash)


@pytest.fixture
def examples(store: Store, people: dict[Role, Manager]) -> None:
    for number in range(5):
        add_example(
            store,
            find_team(store).id,
            f"{TEXT} {number}",
            account=Account.PERSONAL,
            verdict=Verdict.STOP,
            categories=[Category.CARE_DETAIL],
            origin="typed",
            by=people[Role.MANAGER],
        )


@pytest.fixture
def started(app: Flask) -> list[Settings]:
    """Return the settings with which a worker was started, and start none."""
    found: list[Settings] = []
    app.extensions[START] = found.append
    return found


@pytest.fixture
def folder(settings: Settings) -> Path:
    return reader_folder(Path(settings.instance))


@pytest.fixture
def ask(store: Store, people: dict[Role, Manager]) -> Callable[[], RetrainRun]:
    """Return what asks for a retraining."""
    team = find_team(store).id
    return lambda: ask_for_run(store, RetrainRun, team, "test", by=people[Role.MANAGER])


@pytest.fixture
def run(
    ask: Callable[[], RetrainRun],
    examples: None,
    store: Store,
    engine: Checker,
    material: Path,
    folder: Path,
) -> RetrainRun:
    """Return a retraining that has ended."""
    asked = ask()
    assert work_off(store, folder, lambda: engine, material) == 1
    return get_run(store, RetrainRun, asked.id)


def test_it_needs_examples(browser_of: Callable[[Role], Browser], started: list[Settings]) -> None:
    status, page = browser_of(Role.MANAGER).post("/manage/reader/start")
    assert (status, "Label at least 5 local examples first." in words(page)) == (400, True)
    assert started == []


@pytest.mark.usefixtures("examples")
def test_it_is_started_once_and_apart(
    browser_of: Callable[[Role], Browser], started: list[Settings], store: Store
) -> None:
    browser = browser_of(Role.MANAGER)
    assert browser.post("/manage/reader/start")[0] == 303
    assert "It is about to start." in words(browser.get("/manage/reader"))
    status, page = browser.post("/manage/reader/start")
    assert (status, "One is under way already" in words(page)) == (400, True)
    assert len(started) == 1
    assert get_run(store, RetrainRun, 1).state is RunState.WAITING


@pytest.mark.usefixtures("examples")
def test_progress_is_shown_and_a_worker_that_fell_silent_is_replaced(
    browser_of: Callable[[Role], Browser],
    ask: Callable[[], RetrainRun],
    started: list[Settings],
    store: Store,
    clock: Clock,
) -> None:
    ask()
    run = take_run(store, RetrainRun)
    assert run is not None
    report_progress(store, run, 4, 13)
    browser = browser_of(Role.MANAGER)
    page = browser.get("/manage/reader")
    bar = page.select_one("progress")
    assert bar is not None
    assert (bar["value"], bar["max"], started) == ("4", "13", [])
    clock.move(seconds=31)
    browser.get("/manage/reader")
    assert len(started) == 1
    # Whoever comes next takes the same run over.
    again = take_run(store, RetrainRun)
    assert again is not None
    assert again.id == run.id


def test_before_and_after_are_shown_and_it_is_promoted(
    run: RetrainRun, browser_of: Callable[[Role], Browser], store: Store
) -> None:
    assert run.state is RunState.DONE
    page = browser_of(Role.MANAGER).get("/manage/reader")
    rows = [words(row) for row in page.select("#compare-title ~ div tbody tr")]
    assert rows[0] == (
        "Posts with a problem that it catches100.0 % (104 of 104)100.0 % (104 of 104)"
    )
    assert rows[3].startswith("Local examples that it gets right")
    assert rows[3].endswith("100.0 % (5 of 5)")
    assert not page.select("#compare-title ~ form")
    approver = browser_of(Role.APPROVER)
    path = f"/manage/reader/{run.id}/promote"
    status, page = approver.post(path, reason=" ")
    assert (status, "Say why: it stands in the log." in words(page)) == (400, True)
    status, page = approver.post(path, reason="not \u202enoos")
    assert (status, words(page.find(id="reason-problem"))) == (400, f"Error: {UNSEEN_SIGNS}")
    assert find_promoted(store) is None
    assert approver.post(path, reason="Better on ours")[0] == 303
    promoted = find_promoted(store)
    assert promoted is not None
    assert promoted.id == run.id
    assert approver.post(path, reason="Again")[0] == 400


def test_one_is_dropped(
    run: RetrainRun, browser_of: Callable[[Role], Browser], store: Store
) -> None:
    approver = browser_of(Role.APPROVER)
    assert approver.post(f"/manage/reader/{run.id}/drop", reason="No better")[0] == 303
    assert find_promoted(store) is None
    assert "Dropped" in words(approver.get("/manage/reader"))


def test_going_back_goes_one_reader_back_each_time(
    run: RetrainRun,
    ask: Callable[[], RetrainRun],
    browser_of: Callable[[Role], Browser],
    store: Store,
    engine: Checker,
    material: Path,
    folder: Path,
) -> None:
    approver = browser_of(Role.APPROVER)
    approver.post(f"/manage/reader/{run.id}/promote", reason="First")
    later = ask()
    work_off(store, folder, lambda: engine, material)
    approver.post(f"/manage/reader/{later.id}/promote", reason="Second")
    found = []
    for _ in range(2):
        promoted = find_promoted(store)
        assert promoted is not None
        found.append(promoted.id)
        sent = {"was": str(promoted.id), "why_back": "Back"}
        assert approver.post("/manage/reader/roll-back", **sent)[0] == 303
        # Somebody else who went back at the same time went back with them, and no further.
        assert approver.post("/manage/reader/roll-back", **sent)[0] == 400
    assert (found, find_promoted(store)) == ([later.id, run.id], None)
    status, page = approver.post("/manage/reader/roll-back", was="1", why_back="Back")
    assert (status, "The shipped reader is in use already." in words(page)) == (400, True)
    told = [event.what for event in read_events(store, begins="reader.")]
    assert told == ["reader.rolled-back"] * 2 + ["reader.promoted"] * 2


def test_the_promoted_reader_is_live_and_a_changed_file_is_not(
    run: RetrainRun,
    browser_of: Callable[[Role], Browser],
    app: Flask,
    engine: Checker,
    settings: Settings,
    folder: Path,
) -> None:
    assert engine.classifier is not None
    now = [100.0]
    current = published_in(lazy_store(app))
    live = LiveChecker("", lambda: engine, current, clock=lambda: now[0])
    shipped = engine.classifier.version
    assert live.health()["model"] == shipped
    approver = browser_of(Role.APPROVER)
    approver.post(f"/manage/reader/{run.id}/promote", reason="Better on ours")
    now[0] += 2
    assert live.health()["model"] == f"{shipped}, retrained {run.id}"
    assert live.check(Draft("hello")).checked_with.model == f"{shipped}, retrained {run.id}"
    approver.post("/manage/reader/roll-back", was=str(run.id), why_back="Back")
    now[0] += 2
    assert live.health()["model"] == shipped

    (folder / f"retrained-{run.id}.npz").write_bytes(b"changed")
    other = LiveChecker("", lambda: engine, lambda team: _promoted(current, team, run, settings))
    assert other.health()["model"] == shipped
    assert other.health()["problem"] == (
        "The file of the retrained reader was changed: retrain it. The shipped reader is used."
    )


def _promoted(
    current: Callable[[str], object], team: str, run: RetrainRun, settings: Settings
) -> object:
    from dataclasses import replace

    reader = heads_of(run, Path(settings.instance))
    return replace(current(team), reader=reader)  # type: ignore[type-var]


def test_nothing_of_an_example_is_kept_in_the_folder(run: RetrainRun, folder: Path) -> None:
    (path,) = folder.iterdir()
    assert path.name == f"retrained-{run.id}.npz"
    content = path.read_bytes()
    assert run.result["heads"]["sha256"] == hashlib.sha256(content).hexdigest()
    with np.load(path, allow_pickle=False) as stored:
        assert not [name for name in stored["names"] if "zyxwv" in name]


@pytest.mark.usefixtures("examples")
def test_what_goes_wrong_is_told_and_changes_nothing(
    ask: Callable[[], RetrainRun],
    browser_of: Callable[[Role], Browser],
    store: Store,
    engine: Checker,
    folder: Path,
    tmp_path: Path,
) -> None:
    asked = ask()
    work_off(store, folder, lambda: engine, tmp_path / "missing.npz")
    assert get_run(store, RetrainRun, asked.id).state is RunState.FAILED
    page = words(browser_of(Role.MANAGER).get("/manage/reader"))
    assert "What is shipped for retraining is missing or torn" in page


@pytest.mark.usefixtures("examples")
def test_a_process_that_is_killed_is_followed_by_another(
    ask: Callable[[], RetrainRun], store: Store, settings: Settings, clock: Clock
) -> None:
    asked = ask()
    first = retrain_worker.start(settings)
    _wait(lambda: get_run(store, RetrainRun, asked.id).state is RunState.RUNNING)
    os.kill(first, signal.SIGKILL)
    # The processes keep to the real time, and the silence is made up.
    with store.writing() as session:
        row = session.get_one(RetrainRun, asked.id)
        assert row.heartbeat is not None
        row.heartbeat = row.heartbeat.replace(year=2020)
    second = retrain_worker.start(settings)
    _wait(lambda: _beat_of(store, asked).year > 2020)
    assert get_run(store, RetrainRun, asked.id).state is RunState.RUNNING
    os.kill(second, signal.SIGKILL)


def _beat_of(store: Store, asked: RetrainRun) -> datetime:
    heartbeat = get_run(store, RetrainRun, asked.id).heartbeat
    assert heartbeat is not None
    return heartbeat


def _wait(is_so: Callable[[], bool], seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.2)
