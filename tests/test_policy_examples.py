"""The made-up posts that the policy page shows are flagged for what they are to show."""

from __future__ import annotations

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.verdict import Category
from webapp.phrases import EXAMPLES


@pytest.mark.parametrize("category", list(Category))
def test_an_example_is_flagged_as_what_it_shows(checker: Checker, category: Category) -> None:
    found = {finding.category for finding in checker.check(Draft(EXAMPLES[category])).findings}
    assert category in found
