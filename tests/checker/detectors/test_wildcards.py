"""Words with a star: what fits them, all of them in one pass, and how many there may be."""

from __future__ import annotations

import random
import string
import time

import pytest

from checker.detectors.wildcards import Wildcards
from checker.errors import RulebookError
from checker.overlay.phrases import MOST_PATTERNS


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("resuscitated", ("resus*",)),
        ("resus", ("resus*",)),
        ("labour", ("lab*r",)),
        ("labr", ("lab*r",)),
        ("label", ()),
        ("lab.r", ("lab*r",)),
        ("café", ("caf*",)),
        ("", ()),
        ("\ud800", ()),
    ],
)
def test_a_word_fits_the_patterns_it_is_spelt_by(word: str, fits: tuple[str, ...]) -> None:
    assert Wildcards(["resus*", "lab*r", "caf*", "a.c*"]).fitting(word) == fits


def many(count: int) -> list[str]:
    """Return patterns as long as an overlay may hold, with two stars each."""
    chance = random.Random(7)
    return ["*".join("".join(chance.choices(string.ascii_lowercase, k=48)) for _ in "ab") + "*"
            for _ in range(count)]  # fmt: skip


def test_as_many_as_council_and_service_may_have_are_held_at_once() -> None:
    patterns = many(2 * MOST_PATTERNS)
    wildcards = Wildcards(patterns)
    word = patterns[5].replace("*", "xyz")
    assert wildcards.fitting(word) == (patterns[5],)
    began = time.process_time()
    for _ in range(1000):
        wildcards.fitting("resuscitated")
    assert time.process_time() - began < 0.1


def test_too_many_are_refused_in_one_sentence() -> None:
    with pytest.raises(RulebookError, match="300,000 words with a [*] are too many"):
        Wildcards(many(1) * 300_000)
