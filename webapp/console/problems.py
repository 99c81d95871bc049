"""What is wrong with the rules of a team, or worth knowing, in the words of the console."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from flask import current_app

from checker.clause import Clause
from checker.overlay.applied import COUNCIL, apply_overlays
from checker.overlay.checking import check_overlay
from checker.overlay.contents import CouncilClause, Overlay
from checker.overlay.document import read_overlay
from checker.overlay.problem import OverlayError, Problem
from webapp.console.common_words import common_words, fine_of
from webapp.console.engines import engine_beneath, engine_shipped, published_overlays
from webapp.storage import this_store
from webapp.store.overlays import history
from webapp.store.tables import Team
from webapp.store.teams import line_of

GONE = "One of the clauses is not in the policy: take its tick away, and choose another."
CHANGED_SINCE = (
    "This rule has changed since: look whether your change is still right, and save it again."
)


def find_problems(team: Team, overlay: Overlay) -> tuple[Problem, ...]:
    """Return all that is wrong or worth knowing in `overlay`, laid upon what is beneath `team`."""
    problems = check_overlay(engine_beneath(team), overlay)
    retired = retired_clauses(team, overlay)
    return (
        *(_plain(one, retired) for one in problems),
        *common_words(overlay, fine_of(current_app)),
    )


def problems_of_rule(team: Team, overlay: Overlay, id: str) -> tuple[Problem, ...]:
    """Return the problems of the own rule called `id` alone."""
    problems = find_problems(team, overlay)
    return tuple(
        one for one in problems if one.part == "rules" and one.item in (id, f"{id}.examples")
    )


def retired_clauses(team: Team, overlay: Overlay) -> Mapping[str, Clause]:
    """Return by their ids the clauses that `overlay`, or one above `team`, retired."""
    above, _ = published_overlays(this_store(), team)
    overlays = [*above, overlay]
    with_all = [replace(one, policy=replace(one.policy, retired=())) for one in overlays]
    shipped = engine_shipped().rulebook
    known = apply_overlays(shipped, overlays).policy.ids
    every = apply_overlays(shipped, with_all).policy.clauses
    return {one.id: one for one in every if one.id not in known}


def deleted_clauses(team: Team) -> Mapping[str, CouncilClause]:
    """Return by their ids the clauses that any version of `team`, or of one above, ever had."""
    found: dict[str, CouncilClause] = {}
    for one in line_of(this_store(), team.slug):
        for version in history(this_store(), one.id):
            # One that cannot be read any longer tells nothing.
            with suppress(OverlayError):
                for clause in read_overlay(version.yaml).policy.clauses:
                    found.setdefault(f"{COUNCIL}.{clause.topic}", clause)
    return found


def plain_misfits(problems: Iterable[Problem]) -> list[Problem]:
    """Return where changes of shipped rules no longer fit, as a page says it: it writes no ids."""
    return [
        replace(one, sentence=CHANGED_SINCE)
        if (one.part, one.key) == ("shipped", "made_for")
        else one
        for one in problems
    ]


def _plain(problem: Problem, retired: Mapping[str, Clause]) -> Problem:
    """Return a problem with the clauses of a rule told by what they are called, not by an id."""
    if (problem.part, problem.key) != ("rules", "clauses"):
        return problem
    for id, clause in retired.items():
        if f"“{id}”" in problem.sentence:
            sentence = (
                f"Clause {clause.number}, “{clause.title}”, is retired: take its tick away and "
                "choose another, or bring it back on the page Policy."
            )
            return replace(problem, sentence=sentence)
    return replace(problem, sentence=GONE)
