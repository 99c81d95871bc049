"""Phrases within phrases: the longest of a kind stands, whatever else stands in its place."""

from __future__ import annotations

import pytest
from spacy.lang.en import English

from checker.detectors.lexicon import LexiconDetector
from checker.draft import Draft
from checker.engine import Checker
from checker.finding import Kind, Strength
from checker.lexicons import Entry


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


def test_of_a_word_and_its_plural_the_strong_one_stands_in_every_process(checker: Checker) -> None:
    # A token's forms are a set, whose order is by chance: of twenty, some would come out weak.
    words = (
        "student baker plumber joiner farmer driver singer dancer writer painter "
        "doctor lawyer soldier sailor gardener teacher builder banker barber butcher"
    ).split()
    entries = [Entry(one, Kind.PERSON, f"noun.{one}", Strength.WEAK) for one in words]
    entries += [Entry(f"{one}s", Kind.PERSON, f"noun.{one}", Strength.STRONG) for one in words]
    [(evidence, _)] = checker.gather([Draft(" and ".join(f"{one}s" for one in words))])
    reading = evidence.reading
    detector = LexiconDetector(tuple(entries), English().tokenizer)
    found = {clue.quote: clue.strength for clue in detector.find(reading)}
    assert found == {f"{one}s": Strength.STRONG for one in words}
