"""Runs the examples of own rules and of changed ones, and says which words did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.draft import Account, Draft, Permission, Photo
from checker.errors import DraftError
from checker.found import Words
from checker.overlay.applied import apply_overlay
from checker.overlay.contents import Overlay, OwnRule, Scope, State
from checker.overlay.problem import Problem
from checker.overlay.rules import NEAR, NOT_NEAR, WORDS
from checker.rules.rule import Rule

if TYPE_CHECKING:
    from checker.engine import Checker

WHERE = {Scope.SENTENCE: "in the same sentence", Scope.ANYWHERE: "anywhere"}
# Of an example, as much as tells which it is.
SHOWN = 60


def example_problems(beneath: Checker, overlay: Overlay) -> Iterator[Problem]:
    """Yield the own examples that fail; what no longer passes because of another rule too."""
    rules = [own for own in overlay.rules if own.state is not State.RETIRED]
    if not rules:
        return
    trial = beneath.with_rulebook(apply_overlay(beneath.rulebook, all_on(overlay)))
    for own in rules:
        yield from _examples(trial, own, {one.rule_id: one for one in rules})


def all_on(overlay: Overlay) -> Overlay:
    """Return the overlay with every own rule on that is not retired."""
    rules = [
        replace(own, state=State.ON) for own in overlay.rules if own.state is not State.RETIRED
    ]
    return replace(overlay, rules=tuple(rules))


def _examples(trial: Checker, own: OwnRule, others: dict[str, OwnRule]) -> Iterator[Problem]:
    drafts, texts = [], []
    for text in (*own.flag, *own.ok):
        try:
            drafts.append(Draft(text, example_account(own.account.members)))
            texts.append(text)
        except DraftError as error:
            yield _problem(own, "flag" if text in own.flag else "pass", str(error))
    for text, (found, stand) in zip(texts, trial.find_by_rules(drafts), strict=True):
        hits = {finding.rule for finding in found}
        mine = stand.get(own.rule_id, ())
        if text in own.flag and own.rule_id not in hits:
            yield _problem(own, "flag", f"{_shown(text)} is not flagged: {_why_not(own, mine)}")
        if text in own.ok and own.rule_id in hits:
            yield _problem(own, "pass", f"{_shown(text)} is flagged, because of {_why(mine)}.")
        elif text in own.ok:
            for id in sorted(hits & others.keys()):
                sentence = f"{_shown(text)} is flagged by your rule “{others[id].name}”."
                yield _problem(own, "pass", sentence, blocks=False)


def example_account(accounts: frozenset[Account]) -> Account:
    """Return the account that examples of a rule for `accounts` are tried with."""
    return Account.PERSONAL if Account.PERSONAL in accounts else Account.SERVICE


def _why_not(own: OwnRule, stand: Sequence[Words]) -> str:
    where = WHERE[own.scope]
    if not (there := _quotes(stand, WORDS)):
        return "none of the words stands in it."
    if barred := _quotes(stand, NOT_NEAR):
        return f"{there} stands in it, but so does {barred}, which must not be near."
    if own.near and not (near := _quotes(stand, NEAR)):
        return f"{there} stands in it, but none of the words that must be near."
    if own.near and near == there:
        return f"{there} stands in it, but nothing else that must be near: no word is near itself."
    if own.near:
        return f"{there} and {near} stand in it, but not {where}."
    return f"{there} stands in it, but not as the rule asks."


def _why(stand: Sequence[Words]) -> str:
    return " and ".join(filter(None, (_quotes(stand, WORDS), _quotes(stand, NEAR))))


def _quotes(stand: Sequence[Words], list: str) -> str:
    quotes = dict.fromkeys(f"“{one.quote}”" for one in stand if one.list == list)
    return ", ".join(quotes)


def _shown(text: str) -> str:
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN].rstrip()}…”"


def _problem(own: OwnRule, key: str, sentence: str, *, blocks: bool = True) -> Problem:
    return Problem("rules", f"{own.id}.examples", key, sentence, blocks)


def broken_examples(beneath: Checker, overlay: Overlay) -> Iterator[Problem]:
    """Yield the changed rules that no longer judge their own shipped examples as they should."""
    after = beneath.with_rulebook(apply_overlay(beneath.rulebook, replace(overlay, rules=())))
    for change in overlay.changes:
        rule = beneath.rulebook.rule(change.rule)
        if rule is None or not change.enabled or not rule.enabled:
            continue
        lost, flagged = _fails(after, rule)
        if lost:
            sentence = f"The rule no longer flags its own example {_shown(lost[0])}"
            yield Problem("shipped", rule.id, "rule", f"{sentence}{_more(lost)}.", blocks=False)
        if flagged:
            sentence = f"The rule now flags what it should pass: {_shown(flagged[0])}"
            yield Problem("shipped", rule.id, "rule", f"{sentence}{_more(flagged)}.", blocks=False)


def _fails(after: Checker, rule: Rule) -> tuple[list[str], list[str]]:
    """Return the examples of `rule` that `after` no longer flags, and those it should not flag."""
    account = example_account(rule.accounts)
    texts = (*rule.flag, *rule.ok)
    photo, permission = rule.photo or Photo.NONE, rule.permission or Permission.NONE
    drafts = [Draft(text, account, photo, permission) for text in texts]
    found = after.find_by_rules(drafts)
    hits = [any(one.rule == rule.id for one in findings) for findings, _ in found]
    wrong = [text for text, hit in zip(texts, hits, strict=True) if hit is not (text in rule.flag)]
    return [one for one in wrong if one in rule.flag], [one for one in wrong if one in rule.ok]


def _more(texts: Sequence[str]) -> str:
    return f", and {len(texts) - 1} more" if len(texts) > 1 else ""
