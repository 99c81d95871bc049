"""Overlays for tests: a rule in plain words, and what makes variants of it."""

from __future__ import annotations

from dataclasses import replace

from checker.engine import Checker
from checker.overlay.applied import apply_overlays
from checker.overlay.contents import Overlay, OwnRule, State
from checker.verdict import Category, Verdict

RULE = OwnRule(
    id="garden",
    name="The garden project",
    category=Category.SERVICE_DETAIL,
    verdict=Verdict.REVIEW,
    words=("walled garden", "greenhous*"),
    message="“{words}” is not public yet.",
    advice="Wait until it is announced.",
    clauses=("sssc.suitability", "council.confidentiality"),
    flag=("the walled garden opens soon", "two greenhouses are up"),
    ok=("the garden is lovely", "a green house on the hill"),
    state=State.ON,
)


def overlay_of(*rules: OwnRule, **parts: object) -> Overlay:
    """Return an overlay with these rules and whatever else."""
    return replace(Overlay(rules=rules), **parts)  # type: ignore[arg-type]


def upon(checker: Checker, *overlays: Overlay) -> Checker:
    """Return `checker` with the overlays laid upon its rulebook."""
    return checker.with_rulebook(apply_overlays(checker.rulebook, overlays))
