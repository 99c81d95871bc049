"""Help for oneself is pointed to where an author sounds worn down, and not for a plain grumble."""

from __future__ import annotations

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.strain import is_strained


@pytest.mark.parametrize(
    "text",
    [
        "I’m totally burnt out with this job",
        "cried in the car after my shift again",
        "ah cannae cope wi this any mair, i cannae go on",
        "signed off with work stress since Monday",
        "I wish I wasn't here",
        "honestly at this point i am just not coping",
    ],
)
def test_one_who_is_worn_down_is_noticed(text: str) -> None:
    assert is_strained(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "Long shift, feet are sore, bring on the weekend",
        "the toast was burnt out of its mind",
        "mental health awareness training on Friday",
        "I'm so happy I could cry",
        "she was crying all the way home from the fair",
    ],
)
def test_a_plain_grumble_is_left_alone(text: str) -> None:
    assert not is_strained(text.lower())


def test_the_report_points_to_help_and_only_then(checker: Checker) -> None:
    worn = checker.check(Draft("I’m so burnt out, nobody tells you how hard this job is"))
    plain = checker.check(Draft("Long shift, feet are sore, bring on the weekend"))
    assert [post.title for post in worn.signposts] == [
        "Breathing Space",
        "National Wellbeing Hub",
        "Samaritans",
    ]
    assert plain.signposts == ()
