"""Labelled drafts for the tests of the offline commands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.draft import Draft
from checker.verdict import Category, Verdict
from model.dataset import Labelled, Quote, load_dataset


@pytest.fixture(scope="session")
def dataset() -> tuple[Labelled, ...]:
    """Return the shipped drafts, read once because there are tens of thousands."""
    return load_dataset()


@pytest.fixture(scope="session")
def labelled() -> Callable[..., Labelled]:
    """Return a function that makes a labelled draft of a verdict and what else a test names."""

    def make(
        verdict: Verdict,
        text: str = "x",
        people: tuple[Quote, ...] = (),
        *,
        name: str = "i",
        pair: str | None = None,
    ) -> Labelled:
        return Labelled(
            id=name, draft=Draft(text), verdict=verdict, categories=frozenset[Category](),
            spans=people, people=people, note="", sector="s", voice="v", traits=frozenset(),
            pair=pair, language="en",
        )  # fmt: skip

    return make
