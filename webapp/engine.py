"""What the pages need of a checker, and the real ones, loaded once, when first asked."""

from __future__ import annotations

from dataclasses import dataclass
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


def load_live(spacy_model: str, current: Current) -> LiveCheckers:
    """Return checkers that follow what `current` says is published; loaded when first asked.

    `spacy_model` names the language model, and "" leaves the choice to the engine.
    """

    def load() -> Checker:
        # Imported here, because it brings spaCy, and a page without a check needs none of it.
        from checker.engine import load_checker

        return load_checker(spacy_model or None)

    return LiveCheckers(load, current)
