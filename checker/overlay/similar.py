"""Points out own rules that repeat each other, or that another rule already covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.draft import Draft
from checker.overlay.contents import Overlay, OwnRule, Scope, State
from checker.overlay.problem import Problem
from checker.overlay.proof import example_account

if TYPE_CHECKING:
    from checker.engine import Checker


def similar_rules(beneath: Checker, overlay: Overlay) -> Iterator[Problem]:
    """Yield, for each own rule that is not retired, what it has in common with others.

    None of it blocks: a manager may want it so.
    """
    rules = [own for own in overlay.rules if own.state is not State.RETIRED]
    shipped = {entry.phrase: entry.label for entry in beneath.rulebook.entries}
    for at, own in enumerate(rules):
        covering = [other for other in rules if other is not own and _covers(other, own)]
        # Of two that are alike, the later one is too many.
        covering = [one for one in covering if not (_covers(own, one) and one in rules[at:])]
        for other in covering:
            sentence = f"Your rule “{other.name}” flags all that this one can."
            yield Problem("rules", own.id, "words", sentence, blocks=False)
        if not covering:
            yield from _shared(own, rules[:at])
        yield from _in_lists(own, shipped)
        yield from _flagged_already(beneath, own)


def _covers(wide: OwnRule, own: OwnRule) -> bool:
    """Tell whether `wide` holds wherever `own` does, and says at least as much."""
    near = not wide.near or (bool(own.near) and set(own.near) <= set(wide.near))
    return (
        set(own.words) <= set(wide.words)
        and near
        and set(wide.not_near) <= set(own.not_near)
        and wide.scope in (own.scope, Scope.ANYWHERE if wide.near else own.scope)
        and own.account.members <= wide.account.members
        and own.verdict.severity <= wide.verdict.severity
    )


def _shared(own: OwnRule, earlier: list[OwnRule]) -> Iterator[Problem]:
    where: defaultdict[str, list[str]] = defaultdict(list)
    for other in earlier:
        for phrase in own.words:
            if phrase in other.words:
                where[other.name].append(phrase)
    for name, phrases in where.items():
        sentence = f"{_listed(phrases)} {_stand(phrases)} in your rule “{name}” too."
        yield Problem("rules", own.id, "words", sentence, blocks=False)


def _in_lists(own: OwnRule, shipped: dict[str, str]) -> Iterator[Problem]:
    known = [phrase for phrase in own.words if phrase in shipped]
    if known:
        sentence = f"{_listed(known)} {_stand(known)} in Postcheck's own word lists already."
        yield Problem("rules", own.id, "words", sentence, blocks=False)


def _flagged_already(beneath: Checker, own: OwnRule) -> Iterator[Problem]:
    """Yield each rule beneath that flags all the examples of `own`, as gravely, for its reason."""
    account = example_account(own.account.members)
    found = beneath.find_by_rules([Draft(text, account) for text in own.flag])
    hits = [
        {
            one.rule
            for one in findings
            if one.category is own.category and one.verdict.severity >= own.verdict.severity
        }
        for findings, _ in found
    ]
    for rule in sorted(set.intersection(*hits)):
        sentence = f"The rule {rule} flags all your examples already."
        yield Problem("rules", own.id, "examples", sentence, blocks=False)


def _listed(phrases: list[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def _stand(phrases: list[str]) -> str:
    return "stands" if len(phrases) == 1 else "stand"
