"""What a rule asks for is told in a manager's words, in the history too."""

from __future__ import annotations

import pytest

from checker.overlay.contents import Overlay, RuleChange
from checker.overlay.difference import differences
from checker.rulebook import load_rulebook
from webapp.console.called import called_by
from webapp.console.rule_words import tell_need

NEEDS = {need.text: need for rule in load_rulebook().rules for need in rule.needs}


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ("care", "care or private life"),
        ("person:supported+named", "someone you support, by name"),
        ("person:supported+introduced",
         "someone you support, by name, whom a word ties to the service"),
        ("place:place.town|place:place.premises?|place:place.town?", "a place (town or premises)"),
        ("service:service?|person:supported/unknown",
         "about the service, or someone you support or somebody of whom we cannot tell"),
        ("remark:insult.insult|remark:insult.contempt", "a remark (insult or contempt)"),
    ],
)  # fmt: skip
def test_a_need_in_words(spelling: str, words: str) -> None:
    assert tell_need(NEEDS[spelling]) == words


def test_no_need_of_a_shipped_rule_keeps_its_own_spelling() -> None:
    told = [tell_need(need) for need in NEEDS.values()]
    assert [one for one in told if any(sign in one for sign in ":|/?+.")] == []


def test_the_history_says_what_words_stand_for() -> None:
    rule = "identifies-person.contact"
    spelling = "contact:contact.mobile|contact:contact.phone"
    change = RuleChange(rule=rule, made_for="x", words=("pager",), words_for=spelling)
    (told,) = differences(Overlay(), Overlay(changes=(change,)), called_by(load_rulebook()))
    assert told.endswith(": words for a way to reach someone (mobile or phone) with “pager”.")
