"""Checks an overlay against the rulebook beneath: a sentence beside each field that needs one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.overlay.applied import apply_overlay, misfits
from checker.overlay.contents import Overlay, State
from checker.overlay.phrases import read_name
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.proof import broken_examples, example_problems
from checker.overlay.similar import similar_rules
from checker.rulebook import Rulebook
from checker.strict_yaml import suggest

if TYPE_CHECKING:
    from checker.engine import Checker


def check_overlay(beneath: Checker, overlay: Overlay) -> tuple[Problem, ...]:
    """Return everything that is wrong or worth knowing in `overlay`; () where all is well.

    `beneath` checks by the rulebook that the overlay is laid upon: the shipped one, or that of
    the council for a service's. Retired rules are passed over. An overlay with a problem that
    `blocks` must not be published.
    """
    try:
        apply_overlay(beneath.rulebook, overlay)
    except OverlayError as error:
        return error.problems
    return (
        *_clauses(beneath.rulebook, overlay),
        *example_problems(beneath, overlay),
        *similar_rules(beneath, overlay),
        *(one for one in misfits(beneath.rulebook, overlay) if one.part == "shipped"),
        *broken_examples(beneath, overlay),
        *_names(overlay),
    )


def check_rule(beneath: Checker, overlay: Overlay, id: str) -> tuple[Problem, ...]:
    """Return the problems of the own rule called `id` alone, for the page on which it is edited."""
    return tuple(
        one
        for one in check_overlay(beneath, overlay)
        if one.part == "rules" and one.item in (id, f"{id}.examples")
    )


def blocks(problems: tuple[Problem, ...]) -> bool:
    """Tell whether any of `problems` keeps the overlay from being published."""
    return any(problem.blocks for problem in problems)


def _clauses(rulebook: Rulebook, overlay: Overlay) -> Iterator[Problem]:
    known = apply_overlay(rulebook, overlay).policy.ids
    for own in overlay.rules:
        for clause in own.clauses:
            if clause not in known and own.state is not State.RETIRED:
                sentence = f"There is no clause “{clause}”: {suggest(clause, known)}"
                yield Problem("rules", own.id, "clauses", sentence)


def _names(overlay: Overlay) -> Iterator[Problem]:
    """Yield where the local names contradict each other, or a rule."""
    local = overlay.local
    staff = {read_name(name) for name in local.staff}
    for key, names in (("services", local.services), ("units", local.units)):
        for name in names:
            if read_name(name) in staff:
                sentence = f"“{name}” is a member of staff too: it will be taken for the place."
                yield Problem("local", "", key, sentence, blocks=False)
    for own in overlay.rules:
        for phrase in own.words:
            if phrase in staff and own.state is not State.RETIRED:
                sentence = f"“{phrase}” may be named, by your list of staff: this flags it."
                yield Problem("rules", own.id, "words", sentence, blocks=False)
