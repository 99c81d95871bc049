"""What tests share: one checker for the whole run, with the trained reader and by rules alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.draft import Draft, make_draft
from checker.engine import Checker, load_checker
from checker.evidence import Evidence
from checker.finding import Finding


@pytest.fixture(scope="session")
def whole() -> Checker:
    """Return the checker as it is shipped, also where `checker` is another."""
    return load_checker()


@pytest.fixture(scope="session")
def checker(whole: Checker) -> Checker:
    """Return the checker as it is shipped."""
    return whole


@pytest.fixture(scope="session")
def rules_alone(whole: Checker) -> Checker:
    """Return the same checker without its learned reader."""
    return whole.without_reader("left out for this test")


@pytest.fixture(scope="session")
def look(checker: Checker) -> Callable[..., Evidence]:
    """Return a function from a text to the evidence in it."""
    return lambda text, **answers: checker.gather([make_draft(text, **answers)])[0][0]


@pytest.fixture(scope="session")
def apply_rules(checker: Checker) -> Callable[[str, str], tuple[Finding, ...]]:
    """Return a function from a text and an account to what the rules alone find."""

    def apply(text: str, account: str = "personal") -> tuple[Finding, ...]:
        ((_, found),) = checker.gather([make_draft(text, account=account)], rules_alone=True)
        return found

    return apply


@pytest.fixture(scope="session")
def quotes(look: Callable[..., Evidence]) -> Callable[[str, str], list[str]]:
    """Return a function from a text and a label to the exact words found under that label."""
    return lambda text, label: [
        clue.quote for clue in look(text).clues if clue.label.startswith(label)
    ]


def draft(text: str) -> Draft:
    """Return a personal draft."""
    return Draft(text)
