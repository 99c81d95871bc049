"""Strictness: steps saved for each account, figures and chart of what was measured."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from checker.draft import Account
from checker.engine import Checker
from checker.fitting import fit, load_samples
from checker.overlay.contents import Overlay
from checker.overlay.document import read_overlay
from checker.overlay.written import write_overlay
from checker.preview.curve import (
    FACTORS,
    Strictness,
    curve_file,
    kept_curve,
    nearest_step,
    strictness_curve,
)
from checker.preview.examples import load_examples
from checker.refitted import keep
from webapp import create_app, measuring, site
from webapp.console.curve import make_chart
from webapp.console.steps import AS_SHIPPED, LAST, Step, factor_of, make_steps
from webapp.engine import CheckerLike
from webapp.live import LiveCheckers, Published
from webapp.measuring import NAME, PROGRESS, SILENT_SECONDS, Progress, measure, progress_in
from webapp.retrained import name_of, reader_folder, with_promoted
from webapp.settings import Settings
from webapp.storage import LazyStore
from webapp.store.database import Store
from webapp.store.overlays import read_working, save_working
from webapp.store.queue_tables import RetrainRun
from webapp.store.retrained import promote
from webapp.store.runs import ask_for_run, end_run
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

PAGE = "/manage/at/council/strictness"
# The browsers of conftest.py.
Browser = Any

# What was measured at each step: the stricter, the more is caught and flagged.
MEASURED = tuple(
    Strictness(
        factor,
        breaches=200,
        caught=130 + 6 * index,
        stops=100,
        stops_missed=22 - 2 * index,
        fine=400,
        flagged=20 + 12 * index,
    )
    for index, factor in enumerate(FACTORS)
)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_text())


def saved(store: Store) -> Overlay:
    return read_overlay(read_working(store, find_team(store).id).yaml)


def test_steps_stand_for_factors_and_the_middle_is_as_shipped() -> None:
    assert (AS_SHIPPED, LAST) == (6, 11)
    assert (factor_of(1), factor_of(AS_SHIPPED), factor_of(LAST)) == (0.2, 1.0, 5.0)
    assert [nearest_step(factor_of(step)) for step in range(1, 12)] == list(range(1, 12))
    assert [nearest_step(factor) for factor in (1.1, 1.2, 4.4, 0.21)] == [6, 7, 11, 1]


def test_figures_are_told_of_a_hundred() -> None:
    step = make_steps(MEASURED)[AS_SHIPPED - 1]
    assert step == Step(6, flagged=20, caught=80, stops_missed=12)
    assert step.sentence == (
        "Of 100 posts that are fine, about 20 would be flagged. "
        "Of 100 breaches, about 20 would be missed."
    )


def test_the_chart_goes_up_and_right_and_marks_the_chosen_step() -> None:
    chart = make_chart(make_steps(MEASURED), 6)
    assert [dot.step.number for dot in chart.dots if dot.is_chosen] == [6]
    across, upwards = [dot.x for dot in chart.dots], [dot.y for dot in chart.dots]
    assert (across, upwards) == (sorted(across), sorted(upwards, reverse=True))
    assert (chart.left <= min(across), max(across) <= chart.right) == (True, True)
    assert (chart.top <= min(upwards), max(upwards) <= chart.bottom) == (True, True)
    # Each grid line carries the number that a point on it has.
    assert [tick.number for tick in chart.across] == [0, 10, 20, 30, 40]
    assert [tick.number for tick in chart.upwards] == [60, 70, 80, 90, 100]
    assert chart.chosen.y == next(tick.at for tick in chart.upwards if tick.number == 80)
    assert chart.chosen.x == next(tick.at for tick in chart.across if tick.number == 20)


@pytest.fixture
def manager(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.MANAGER)


def send(browser: Browser, revision: int = 0, **fields: str) -> tuple[int, Any]:
    status, page = browser.post(PAGE, PAGE, revision=str(revision), **fields)
    return status, page


def test_a_step_is_saved_as_its_factor_and_the_shipped_one_as_nothing(
    manager: Browser, store: Store
) -> None:
    assert send(manager, personal="9", service="6")[0] == 303
    assert saved(store).strictness == {Account.PERSONAL: 2.0}
    assert manager.get(PAGE).select_one("#personal")["value"] == "9"
    assert send(manager, 1, personal="6", service="6")[0] == 303
    assert saved(store) == Overlay()


@pytest.mark.parametrize("typed", ["", "0", "12", "4.5", "mild", "-3"])
def test_a_step_that_is_none_is_told_and_kept(manager: Browser, store: Store, typed: str) -> None:
    status, page = send(manager, personal=typed, service="7")
    assert (status, saved(store)) == (400, Overlay())
    assert page.select_one("#personal-problem").text == "Error: Write a whole number from 1 to 11."
    assert page.select_one("#personal")["value"] == typed
    assert page.select_one("#service")["value"] == "7"


def test_a_factor_written_by_hand_stays_until_another_step_is_chosen(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    by_hand = write_overlay(Overlay(strictness={Account.PERSONAL: 1.3}))
    save_working(store, find_team(store).id, by_hand, revision=0, by=people[Role.MANAGER])
    assert manager.get(PAGE).select_one("#personal")["value"] == "7"
    assert send(manager, 1, personal="7", service="8")[0] == 303
    assert saved(store).strictness == {Account.PERSONAL: 1.3, Account.SERVICE: 1.5}
    assert send(manager, 2, personal="8", service="8")[0] == 303
    assert saved(store).strictness == {Account.PERSONAL: 1.5, Account.SERVICE: 1.5}


def test_without_a_reader_there_is_nothing_to_measure(
    app: Flask, engine: Checker, manager: Browser, tmp_path: Path
) -> None:
    alone = LiveCheckers(lambda: engine, lambda _: Published("0"))
    site.install(app, replace(site.site_of(app), lives=alone))
    assert "There is no learned reader here" in words(manager.get(PAGE))
    assert manager.post(f"{PAGE}/measure", PAGE)[0] == 303
    assert list(tmp_path.rglob(PROGRESS)) == []


@pytest.fixture
def app(settings: Settings, checker: CheckerLike, whole: Checker) -> Iterator[Flask]:
    """Return an application whose console has the engine with its reader."""
    app = create_app(settings, checker, load=lambda: whole)
    yield app
    lazy: LazyStore = app.extensions["postcheck-store"]
    lazy.open().close()


def test_the_chosen_step_is_told_drawn_and_marked_in_the_table(
    manager: Browser, whole: Checker, tmp_path: Path
) -> None:
    assert "It was not tried yet" in words(manager.get(PAGE))
    folder = tmp_path / "preview"
    folder.mkdir()
    kept = {account: [asdict(one) for one in MEASURED] for account in Account}
    curve_file(whole, folder, load_examples()).write_text(json.dumps(kept))
    send(manager, personal="9", service="6")
    page = manager.get(PAGE)
    assert page.select_one("#personal-means").text == (
        "Of 100 posts that are fine, about 29 would be flagged. "
        "Of 100 breaches, about 11 would be missed."
    )
    chosen = [row.select_one("th").text for row in page.select("tr.is-chosen")]
    assert chosen == ["9 (chosen)", "6 (chosen)"]
    cells = [cell.text for cell in page.select_one("#personal-table tr.is-chosen").select("td")]
    assert cells == ["29", "89", "11", "6"]
    drawing = page.select_one("svg.curve")
    assert "breaches caught against false alarms" in drawing.select_one("title").text
    assert "Step 9 is chosen." in drawing.select_one("desc").text
    assert len(drawing.select("circle.point")) == 11


def test_figures_are_measured_once_and_found_again(whole: Checker, tmp_path: Path) -> None:
    few = [one for one in load_examples() if one.unseen][:40]
    measure(whole, tmp_path, few)
    # Nothing is left that says somebody is at work.
    assert progress_in(tmp_path) is None
    curve = strictness_curve(whole, tmp_path, shipped=few)
    counted = sum(curve[account][0].breaches + curve[account][0].fine for account in Account)
    assert counted == 40
    assert kept_curve(whole, tmp_path) is None
    curve_file(whole, tmp_path, few).rename(curve_file(whole, tmp_path, load_examples()))
    assert kept_curve(whole, tmp_path) == curve


@pytest.fixture
def retrained(
    store: Store, people: dict[Role, Manager], whole: Checker, tmp_path: Path
) -> Callable[[], None]:
    """Return what puts heads to use that were fitted on few samples."""
    assert whole.classifier is not None
    encoder = whole.classifier.encoder_hash
    asked = ask_for_run(store, RetrainRun, find_team(store).id, "test", by=people[Role.MANAGER])
    where = reader_folder(tmp_path)
    where.mkdir()
    samples, _ = load_samples()
    few = fit(samples.part(range(0, len(samples.groups), 20)))
    kept = keep(few, where / "few.npz", name=name_of(asked), encoder=encoder)
    end_run(store, asked, {"heads": kept.as_dict()})
    return lambda: promote(store, asked.id, reason="Better on ours", by=people[Role.APPROVER])


def test_the_figures_are_those_of_the_reader_in_use(
    manager: Browser,
    whole: Checker,
    retrained: Callable[[], None],
    store: Store,
    settings: Settings,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "preview"
    folder.mkdir()
    kept = {account: [asdict(one) for one in MEASURED] for account in Account}
    curve_file(whole, folder, load_examples()).write_text(json.dumps(kept))
    assert manager.get(PAGE).select_one("#personal-means") is not None
    retrained()
    # What was measured with the shipped one tells nothing of this one.
    page = manager.get(PAGE)
    assert (page.select_one("#personal-means"), "It was not tried yet" in words(page)) == (
        None,
        True,
    )
    in_use = with_promoted(whole, store, tmp_path)
    few = [one for one in load_examples() if one.unseen][:40]
    assert curve_file(in_use, folder, few) != curve_file(whole, folder, few)
    assert strictness_curve(in_use, folder, shipped=few) != strictness_curve(
        whole, folder, shipped=few
    )
    curve_file(in_use, folder, few).rename(curve_file(in_use, folder, load_examples()))
    assert manager.get(PAGE).select_one("#personal-means") is not None


def test_the_process_measures_the_reader_in_use(
    retrained: Callable[[], None],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    found: list[str] = []
    monkeypatch.setattr(measuring, "measure", lambda one, _: found.append(one.health()["model"]))
    monkeypatch.setattr(os, "nice", lambda _: None)
    (tmp_path / "preview").mkdir()
    retrained()
    measuring.work(tmp_path / "preview", settings)
    assert [name.partition(", ")[2] for name in found] == ["retrained 1"]


@pytest.mark.parametrize(
    ("written", "progress", "sentence"),
    [
        ("", Progress(), "It has just begun."),
        ("50 2443", Progress(50, 2443), "50 of 2443 are done."),
        ("failed", Progress(has_failed=True), "It did not work."),
    ],
)
def test_the_page_tells_how_far_it_is(
    manager: Browser, tmp_path: Path, written: str, progress: Progress, sentence: str
) -> None:
    folder = tmp_path / "preview"
    folder.mkdir()
    (folder / PROGRESS).write_text(written)
    assert progress_in(folder) == progress
    assert sentence in words(manager.get(PAGE))


def test_who_fell_silent_is_gone(tmp_path: Path) -> None:
    path = tmp_path / PROGRESS
    path.write_text("50 2443")
    long_ago = time.time() - SILENT_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    assert progress_in(tmp_path) == Progress(50, 2443, is_silent=True)
    now = time.time()
    os.utime(path, (now, now))
    assert progress_in(tmp_path) == Progress(50, 2443)


def test_one_that_was_broken_off_goes_on_when_it_is_looked_at(
    manager: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "preview" / PROGRESS
    path.parent.mkdir()
    path.write_text("50 2443")
    manager.get(PAGE)
    assert workers() == []
    long_ago = time.time() - SILENT_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    try:
        assert "50 of 2443 are done." in words(manager.get(PAGE))
        assert len(workers()) == 1
    finally:
        for process in workers():
            process.kill()
            process.join()


def test_who_loads_for_long_gives_signs_of_life(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, ages = tmp_path / PROGRESS, []

    def load(_: Settings) -> Checker:
        os.utime(path, (0, 0))
        until = time.monotonic() + 10
        while path.stat().st_mtime == 0 and time.monotonic() < until:
            time.sleep(0.01)
        ages.append(time.time() - path.stat().st_mtime)
        raise ValueError("no reader")

    monkeypatch.setattr(os, "nice", lambda _: None)
    monkeypatch.setattr(measuring, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(measuring, "_load", load)
    with pytest.raises(SystemExit):
        measuring.work(tmp_path, settings)
    assert ages[0] < 5
    assert progress_in(tmp_path) == Progress(has_failed=True)


def test_a_process_is_set_to_work_once(manager: Browser, tmp_path: Path) -> None:
    assert manager.post(f"{PAGE}/measure", PAGE)[0] == 303
    progress = tmp_path / "preview" / PROGRESS
    try:
        until = time.monotonic() + 120
        while progress.read_text() != "0 0" and time.monotonic() < until:
            time.sleep(0.2)
        assert progress.read_text() == "0 0"
        before = workers()
        assert len(before) == 1
        assert manager.post(f"{PAGE}/measure", PAGE)[0] == 303
        assert workers() == before
    finally:
        for process in workers():
            process.kill()
            process.join()


def workers() -> list[BaseProcess]:
    """Return the processes that measure."""
    return [one for one in active_children() if one.name == NAME]
