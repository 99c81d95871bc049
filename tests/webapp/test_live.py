"""Rules that are swapped while drafts are checked: versions, broken ones, teams, threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.overlay.contents import Contact
from checker.overlay.written import write_overlay
from tests.overlays import RULE, overlay_of
from webapp import create_app
from webapp.live import EVERY, LiveCheckers, Published
from webapp.settings import Settings

TEXT = Draft("the walled garden is lovely")
WITH_RULE = write_overlay(overlay_of(RULE))


class Store:
    """What is published, by team, and how often it was asked for."""

    def __init__(self) -> None:
        self.published: dict[str, Published] = {}
        self.asked: list[str] = []
        self.error: Exception | None = None

    def current(self, team: str) -> Published:
        """Return what is published for `team`, or raise the error it was given."""
        self.asked.append(team)
        if self.error is not None:
            raise self.error
        return self.published.get(team, Published("0"))


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def now() -> list[float]:
    return [100.0]


@pytest.fixture
def lives(engine: Checker, store: Store, now: list[float]) -> LiveCheckers:
    return LiveCheckers(lambda: engine, store.current, most=2, clock=lambda: now[0])


def test_what_is_published_is_live_at_the_next_look(
    lives: LiveCheckers, store: Store, now: list[float]
) -> None:
    live = lives.for_team()
    assert live.check(TEXT).verdict == "ok"
    store.published[""] = Published("1", (WITH_RULE,))
    assert live.check(TEXT).verdict == "ok"
    now[0] += EVERY
    assert live.check(TEXT).verdict == "review"
    assert live.health()["published"] == "1"
    store.published[""] = Published("2")
    now[0] += EVERY
    assert live.check(TEXT).verdict == "ok"


def test_it_is_asked_for_no_more_often_than_every_two_seconds(
    lives: LiveCheckers, store: Store, now: list[float]
) -> None:
    live = lives.for_team()
    for _ in range(20):
        live.check(TEXT)
    assert store.asked == [""]
    now[0] += EVERY
    live.check(TEXT)
    assert store.asked == ["", ""]


@pytest.mark.parametrize(
    ("overlays", "problem"),
    [
        pytest.param(("rules: 7",), "Version 2 cannot be used: see rules.", id="field"),
        pytest.param(("[",), "Version 2 cannot be used: see its text.", id="no YAML"),
        pytest.param(
            (WITH_RULE, WITH_RULE), "Version 2 cannot be used: see rules.garden.id.", id="doubled"
        ),
    ],
)
def test_a_broken_version_leaves_the_old_one_and_says_so(
    overlays: tuple[str, ...], problem: str, lives: LiveCheckers, store: Store, now: list[float]
) -> None:
    live = lives.for_team()
    store.published[""] = Published("1", (WITH_RULE,))
    live.check(TEXT)
    store.published[""] = Published("2", overlays)
    now[0] += EVERY
    assert live.check(TEXT).verdict == "review"
    meanwhile = "Posts are checked by the rules before it (1)."
    assert live.health()["problem"] == f"{problem} {meanwhile}"
    store.published[""] = Published("3")
    now[0] += EVERY
    assert live.check(TEXT).verdict == "ok"
    assert "problem" not in live.health()


def test_a_store_that_is_away_leaves_the_old_rules_and_nothing_of_its_error(
    lives: LiveCheckers, store: Store, now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    live = lives.for_team()
    store.published[""] = Published("1", (WITH_RULE,))
    live.check(TEXT)
    store.error = RuntimeError("password hunter2")
    now[0] += EVERY
    assert live.check(TEXT).verdict == "review"
    assert live.health()["problem"].startswith("The published rules could not be looked up (Runt")
    assert "hunter2" not in caplog.text + str(live.health())
    store.error = None
    now[0] += EVERY
    assert "problem" not in live.health()


def test_a_store_that_is_away_from_the_start_means_the_rules_as_shipped(
    lives: LiveCheckers, store: Store
) -> None:
    store.error = OSError("no disk")
    assert lives.for_team().check(TEXT).verdict == "ok"
    assert lives.for_team().health()["published"] == "as shipped"


def test_a_broken_version_is_looked_at_once(
    lives: LiveCheckers, store: Store, now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    store.published[""] = Published("1", ("rules: 7",))
    for _ in range(5):
        lives.for_team().check(TEXT)
        now[0] += EVERY
    assert caplog.text.count("Version 1 cannot be used") == 1


def test_each_team_has_its_own_rules_upon_one_reader(lives: LiveCheckers, store: Store) -> None:
    store.published["glen"] = Published("1", (WITH_RULE,))
    contact = write_overlay(overlay_of(contact=Contact("Ann")))
    store.published["firth"] = Published("1", (contact,))
    glen, firth = lives.for_team("glen"), lives.for_team("firth")
    assert [one.check(TEXT).verdict for one in (glen, firth)] == ["review", "ok"]
    assert firth.rulebook.contact == Contact("Ann")
    assert glen._now().checker.reader is firth._now().checker.reader is lives.base().reader


def test_the_team_longest_unasked_makes_room(lives: LiveCheckers) -> None:
    glen, firth = lives.for_team("glen"), lives.for_team("firth")
    assert lives.for_team("glen") is glen
    lives.for_team("moor")
    assert lives.for_team("glen") is glen
    assert lives.for_team("firth") is not firth


def test_rules_on_trial_are_counted_and_not_shown(lives: LiveCheckers, store: Store) -> None:
    trial = WITH_RULE.replace("'on'", "shadow")
    store.published[""] = Published("1", (trial,))
    checked = lives.for_team().check_counted(TEXT)
    assert (checked.report.verdict, checked.shadow) == ("ok", ("own.garden",))


@pytest.fixture
def busy(engine: Checker, store: Store) -> Iterator[Callable[[], None]]:
    """Return what publishes one version after another until the test ends."""
    ended = threading.Event()

    def publish() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            overlay = replace(RULE, id=f"rule-{number}")
            store.published[""] = Published(str(number), (write_overlay(overlay_of(overlay)),))
            time.sleep(0.002)

    thread = threading.Thread(target=publish)
    yield thread.start
    ended.set()
    thread.join()


def test_every_report_is_by_one_whole_rulebook_while_rules_are_swapped(
    engine: Checker, store: Store, busy: Callable[[], None]
) -> None:
    store.published[""] = Published("0", (WITH_RULE,))
    ticks = iter(range(0, 10**9, 10))
    # A clock that jumps past the interval at each look: every check may find a new version.
    live = LiveCheckers(lambda: engine, store.current, clock=lambda: float(next(ticks))).for_team()
    busy()
    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(live.check, [TEXT] * 40))
    seen = {(one.checked_with.rulebook, one.findings[0].rule) for one in reports}
    assert all(len(one.findings) == 1 for one in reports)
    assert len({rule for _, rule in seen}) == len(seen) > 1


def test_first_visitors_load_one_engine(engine: Checker, store: Store) -> None:
    loaded: list[int] = []

    def load() -> Checker:
        loaded.append(1)
        time.sleep(0.05)
        return engine

    lives = LiveCheckers(load, store.current)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda team: lives.for_team(team).check(TEXT), ["", "glen"] * 8))
    assert loaded == [1]


def test_nothing_of_a_draft_is_in_any_repr(lives: LiveCheckers, store: Store) -> None:
    store.published[""] = Published("1", (WITH_RULE,))
    checked = lives.for_team().check_counted(TEXT)
    assert "walled" not in repr((checked, lives.for_team()._now(), store.published[""]))


def test_the_pages_answer_by_what_is_published(
    lives: LiveCheckers, store: Store, now: list[float]
) -> None:
    with create_app(Settings(), lives.for_team()).test_client() as client:
        assert client.post("/api/v1/check", json={"text": TEXT.text}).json["verdict"] == "ok"
        store.published[""] = Published("7", (WITH_RULE,))
        now[0] += EVERY
        report = client.post("/api/v1/check", json={"text": TEXT.text}).json
        assert [one["rule"] for one in report["findings"]] == ["own.garden"]
        store.published[""] = Published("8", ("rules: 7",))
        now[0] += EVERY
        health = client.get("/health").json
        assert (health["status"], health["published"]) == ("ok", "7")
        assert health["problem"].startswith("Version 8 cannot be used: see rules.")
