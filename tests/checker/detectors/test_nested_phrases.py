"""Phrases within phrases: the longest of a kind stands, whatever else stands in its place."""

from __future__ import annotations

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.finding import Kind


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        pytest.param(
            "nobody from the holiday club has been arrested",
            ["been arrested"],
            id="within a longer remark",
        ),
        pytest.param("they arrested nobody", ["arrested"], id="by itself"),
    ],
)
def test_a_phrase_within_a_longer_one_of_its_kind_is_let_go(
    text: str, remarks: list[str], checker: Checker
) -> None:
    # "arrested" is a word of care (an incident) in the same place, which must not keep it.
    [(evidence, _)] = checker.gather([Draft(text)])
    found = {text[one.start : one.end] for one in evidence.clues if one.kind is Kind.REMARK}
    assert sorted(found) == remarks
