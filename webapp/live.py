"""Checkers that follow what managers publish: rules are swapped whole, while drafts are checked."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from checker.draft import Draft
from checker.errors import ClassifierError, PostcheckError
from checker.policy import Policy
from checker.report import Checked, Report
from checker.safer.change import Safer
from checker.trail import describe

if TYPE_CHECKING:
    from checker.engine import Checker
    from checker.refitted import Refitted
    from checker.rulebook import Rulebook

log = logging.getLogger(__name__)

# Seconds for which an answer of the store counts; with a swap, a change is live well within five.
EVERY = 2.0
# Teams whose rules are kept ready; whoever comes after waits some milliseconds more.
MOST_TEAMS = 64


@dataclass(frozen=True, slots=True)
class Published:
    """What is published for a team: a version, and overlays as YAML, the council's first.

    `version` must change whenever any of the overlays does. No overlays: as shipped. `reader` has
    the heads that were fitted with local examples and promoted, None for the shipped ones.
    """

    version: str
    overlays: tuple[str, ...] = field(default=(), repr=False)
    reader: Refitted | None = None


# Asked with a team's name, "" where there are none; may raise anything when the store is away.
Current = Callable[[str], Published]


@dataclass(frozen=True, slots=True)
class _State:
    """What a team's drafts are checked with; `seen` is the last version that was looked at.

    `broken` says why that one cannot be used, `away` why nothing could be looked up, `unfit` why
    the shipped reader is used though another was promoted.
    """

    checker: Checker
    version: str
    seen: Published | None
    broken: str = ""
    away: str = ""
    unfit: str = ""

    @property
    def problem(self) -> str:
        """Return what is wrong, with what is done meanwhile; "" where all is well."""
        problem = self.away or self.broken
        if problem:
            return f"{problem} Posts are checked by the rules before it ({self.version})."
        return f"{self.unfit} The shipped reader is used." if self.unfit else ""


class LiveChecker:
    """Checks the drafts of one team by what is published for it; a `CheckerLike`.

    What is published is asked for every `EVERY` seconds at most. Checks under way end on the
    rules that they began with. Where a version cannot be used, the one before goes on, and
    `health` says so.
    """

    def __init__(
        self,
        team: str,
        load: Callable[[], Checker],
        current: Current,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._team = team
        self._load = load
        self._current = current
        self._clock = clock
        self._renewing = Lock()
        self._state: _State | None = None
        self._due = 0.0

    @property
    def policy(self) -> Policy:
        """Return the clauses of the published rulebook."""
        return self.rulebook.policy

    @property
    def rulebook(self) -> Rulebook:
        """Return the published rulebook, with the contact and the policy that go with it."""
        return self._now().checker.rulebook

    def check(self, draft: Draft) -> Report:
        """Return the report on `draft`."""
        return self._now().checker.check(draft)

    def check_counted(self, draft: Draft) -> Checked:
        """Return the report on `draft` with the ids of rules on trial, for counting alone."""
        return self._now().checker.check_counted([draft])[0]

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return a safer wording of `draft`, or None."""
        return self._now().checker.suggest(draft, report)

    def health(self) -> dict[str, str]:
        """Return what it checks with, the version published, and a problem with it if any."""
        state = self._now()
        health = {**state.checker.health(), "published": state.version}
        return {**health, "problem": state.problem} if state.problem else health

    def _now(self) -> _State:
        """Return the state to check with, after asking what is published if it is time."""
        state = self._state
        if state is not None and self._clock() < self._due:
            return state
        # The first visitors wait for each other; later ones go on with the old rules meanwhile.
        if not self._renewing.acquire(blocking=state is None):
            return state or self._now()
        try:
            if self._state is None or self._clock() >= self._due:
                self._state = self._renew(self._state)
                self._due = self._clock() + EVERY
            return self._state
        finally:
            self._renewing.release()

    def _renew(self, state: _State | None) -> _State:
        state = state or _State(self._load(), version="as shipped", seen=None)
        try:
            published = self._current(self._team)
        except Exception as error:
            # The store is not known here; whatever it raises, drafts are still checked.
            log.warning("The published rules could not be looked up: %s", describe(error))
            name = type(error).__name__
            return replace(state, away=f"The published rules could not be looked up ({name}).")
        state = replace(state, away="")
        return state if published == state.seen else self._swap(state, published)

    def _swap(self, state: _State, published: Published) -> _State:
        from checker.overlay.problem import OverlayError

        base, unfit = _with_reader(self._load(), published.reader)
        if unfit:
            log.warning("%s", unfit)
        try:
            new = _apply(base, published)
        except OverlayError as error:
            # Not the sentences: they quote the rules, and everybody may see this.
            where = error.problems[0].field or "its text"
            problem = f"Version {published.version} cannot be used: see {where}."
        except PostcheckError:
            problem = f"Version {published.version} cannot be used."
        else:
            return _State(new, published.version, seen=published, unfit=unfit)
        log.warning("%s", problem)
        return replace(state, seen=published, broken=problem)


def _with_reader(base: Checker, reader: Refitted | None) -> tuple[Checker, str]:
    """Return `base` with the promoted reader; where that cannot be used, as it is, and why."""
    if reader is None:
        return base, ""
    from checker.refitted import with_refitted

    try:
        return with_refitted(base, reader), ""
    except ClassifierError as error:
        return base, str(error)


def _apply(base: Checker, published: Published) -> Checker:
    from checker.overlay.applied import apply_overlays
    from checker.overlay.document import read_overlay

    overlays = [read_overlay(text) for text in published.overlays]
    return base.with_rulebook(apply_overlays(base.rulebook, overlays))


class LiveCheckers:
    """A `LiveChecker` for each team, `most` at once, all with one reader that `load` loads once."""

    def __init__(
        self,
        load: Callable[[], Checker],
        current: Current,
        *,
        most: int = MOST_TEAMS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._current = current
        self._most = most
        self._clock = clock
        self._base: Checker | None = None
        self._loading, self._choosing = Lock(), Lock()
        self._teams: OrderedDict[str, LiveChecker] = OrderedDict()

    def for_team(self, team: str = "") -> LiveChecker:
        """Return the checker for `team`; the team longest unasked for makes room for a new one.

        Ask only for teams that exist: `current` is asked about each.
        """
        with self._choosing:
            if team not in self._teams:
                live = LiveChecker(team, self.base, self._current, clock=self._clock)
                self._teams[team] = live
            self._teams.move_to_end(team)
            while len(self._teams) > self._most:
                self._teams.popitem(last=False)
            return self._teams[team]

    def base(self) -> Checker:
        """Return the checker as shipped, whose reader all share; raises `PostcheckError`."""
        with self._loading:
            if self._base is None:
                self._base = self._load()
            return self._base
