"""What the pages need of a checker, and the real one, loaded once, when first asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from checker.draft import Draft
from checker.policy import Policy
from checker.report import Checked, Report
from checker.safer.change import Safer
from webapp.live import Current, LiveCheckers

if TYPE_CHECKING:
    from checker.engine import Checker


class CheckerLike(Protocol):
    """Anything that can check a draft and say by which policy and with what."""

    @property
    def policy(self) -> Policy:
        """Return the clauses that its findings point to."""

    def check(self, draft: Draft) -> Report:
        """Return the report on `draft`."""

    def check_counted(self, draft: Draft) -> Checked:
        """Return the report on `draft` with the ids of rules on trial, for counting alone."""

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return a wording of `draft` that is better than `report` says of it, or None."""

    def health(self) -> dict[str, str]:
        """Return what it checks with, by name; raises `PostcheckError` when it cannot work."""


@dataclass(frozen=True, slots=True)
class EngineChecker:
    """The real engine, which keeps its policy in its rulebook."""

    engine: Checker

    @property
    def policy(self) -> Policy:
        """Return the clauses of the engine's rulebook."""
        return self.engine.rulebook.policy

    def check(self, draft: Draft) -> Report:
        """Return the engine's report on `draft`."""
        return self.engine.check(draft)

    def check_counted(self, draft: Draft) -> Checked:
        """Return the engine's report on `draft` with the rules on trial that would have held."""
        return self.engine.check_counted([draft])[0]

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return the engine's safer wording of `draft`, or None."""
        return self.engine.suggest(draft, report)

    def health(self) -> dict[str, str]:
        """Return what the engine checks with."""
        return self.engine.health()


def load_engine(spacy_model: str) -> EngineChecker:
    """Return the real engine; raises `PostcheckError` when its files cannot be used.

    `spacy_model` names the language model, and "" leaves the choice to the engine.
    """
    # Imported here, because it brings spaCy, and a page without a check needs none of it.
    from checker.engine import load_checker

    return EngineChecker(load_checker(spacy_model or None))


def load_live(spacy_model: str, current: Current) -> LiveCheckers:
    """Return checkers that follow what `current` says is published; loaded when first asked.

    `spacy_model` as for `load_engine`.
    """

    def load() -> Checker:
        from checker.engine import load_checker

        return load_checker(spacy_model or None)

    return LiveCheckers(load, current)


class LazyChecker:
    """A checker that `load` makes the first time that anything is asked of it.

    A web server starts its workers before it needs the language model, and tests of pages do
    not need it at all.
    """

    def __init__(self, load: Callable[[], CheckerLike]) -> None:
        self._load = load
        self._loaded: CheckerLike | None = None
        self._lock = Lock()

    @property
    def policy(self) -> Policy:
        """Return the clauses of the loaded checker."""
        return self._checker().policy

    def check(self, draft: Draft) -> Report:
        """Return the report of the loaded checker on `draft`."""
        return self._checker().check(draft)

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return the loaded checker's safer wording of `draft`, or None."""
        return self._checker().suggest(draft, report)

    def health(self) -> dict[str, str]:
        """Return what the loaded checker checks with; raises `PostcheckError` if it cannot load."""
        return self._checker().health()

    def _checker(self) -> CheckerLike:
        # Two first visitors must not load two models.
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded
