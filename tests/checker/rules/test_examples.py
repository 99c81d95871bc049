"""Every rule is proved by its own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.draft import Account, Permission
from checker.finding import Finding
from checker.rulebook import load_rulebook
from checker.rules.rule import Rule

RULES = load_rulebook().rules
ApplyRules = Callable[[str, str], tuple[Finding, ...]]


def cases(kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}: {' '.join(text.split()[:4])}")
        for rule in RULES
        if rule.photo is None and rule.permission is not Permission.WRITTEN and rule.enabled
        for text in getattr(rule, kind)
    ]


def account_of(rule: Rule) -> str:
    return str(Account.PERSONAL if Account.PERSONAL in rule.accounts else Account.SERVICE)


@pytest.mark.parametrize(("rule", "text"), cases("flag"))
def test_the_rule_flags(rule: Rule, text: str, apply_rules: ApplyRules) -> None:
    assert rule.id in [finding.rule for finding in apply_rules(text, account_of(rule))]


@pytest.mark.parametrize(("rule", "text"), cases("ok"))
def test_the_rule_passes(rule: Rule, text: str, apply_rules: ApplyRules) -> None:
    assert rule.id not in [finding.rule for finding in apply_rules(text, account_of(rule))]
