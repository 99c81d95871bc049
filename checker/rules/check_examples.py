"""Runs the examples that each rule carries: what `postcheck rules test` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.draft import Account, Draft, Permission, Photo
from checker.rules.rule import Rule

if TYPE_CHECKING:
    from checker.engine import Checker


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that the rule did not judge as it should; `missed` where it had to flag."""

    rule: str
    text: str
    missed: bool


def failures(checker: Checker) -> Iterator[Failure]:
    """Yield every example that fails, by rule; rules that are switched off are left out.

    Rules are proved by themselves, without the learned reader: training it anew breaks no rule.
    """
    for rule in filter(lambda one: one.enabled, checker.rulebook.rules):
        for text in (*rule.flag, *rule.ok):
            flagged = rule.id in _found(checker, rule, text)
            if flagged is not (text in rule.flag):
                yield Failure(rule.id, text, missed=text in rule.flag)


def _found(checker: Checker, rule: Rule, text: str) -> set[str]:
    account = Account.PERSONAL if Account.PERSONAL in rule.accounts else Account.SERVICE
    draft = Draft(text, account, rule.photo or Photo.NONE, rule.permission or Permission.NONE)
    ((_, findings),) = checker.gather([draft], rules_alone=True)
    return {finding.rule for finding in findings}
