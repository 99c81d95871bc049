"""People in one list share a role, unless a noun speaks of one of them alone."""

from __future__ import annotations

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.finding import Role


def roles(checker: Checker, text: str) -> dict[str, Role]:
    """Return the role of each name in `text`, by rules alone."""
    return {one.quote: one.role for one in checker.check(Draft(text)).people if one.named}


def test_a_plural_noun_before_a_list_speaks_for_all(rules_alone: Checker) -> None:
    text = "our residents Ari, Kim and Jo won the quiz"
    assert roles(rules_alone, text) == dict.fromkeys(("Ari", "Kim", "Jo"), Role.SUPPORTED)


def test_a_noun_behind_one_name_speaks_for_it_alone(rules_alone: Checker) -> None:
    found = roles(rules_alone, "our residents Ari and Kim (our manager) won the quiz")
    assert found == {"Ari": Role.SUPPORTED, "Kim": Role.MANAGER}


@pytest.mark.parametrize(
    "text", ["Ari, Kim and Jo had a go on the swings", "our residents Ari, Kim and Jo won"]
)
def test_the_members_agree_and_nobody_is_called_and(checker: Checker, text: str) -> None:
    report = checker.check(Draft(text))
    named = {one.role for one in report.people if one.named}
    assert len(named) == 1
    assert "and" not in {one.quote for one in report.people}


def test_short_staffed_mentions_nobody(rules_alone: Checker) -> None:
    people = rules_alone.check(Draft("short staffed again, home now")).people
    assert [one.quote for one in people] == []


def test_staff_are_mentioned(rules_alone: Checker) -> None:
    people = rules_alone.check(Draft("the staff were run off their feet")).people
    assert [one.quote for one in people] == ["the staff"]
