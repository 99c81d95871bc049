"""Somebody who is mentioned in a reading, by name or by a noun with the words that belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from checker.finding import Clue
from checker.reading import Reading

# Words before a noun that belong to its phrase ("one of my ladies", "the wee man").
BEFORE_NOUN = frozenset(
    "a an the my ma mah our oor your yer his her their thair this that these those wee auld old "
    "poor young big little lovely dear one of some two three four five favourite favorite new "
    "another other every each both".split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is mentioned: tokens `first` to `last`, whether by name, and by which noun."""

    first: int
    last: int
    named: bool
    noun: str = ""
    title: bool = False


def is_capital(reading: Reading, at: int) -> bool:
    """Tell whether token `at` begins with a capital."""
    return bool(reading.doc[at].text[:1].isupper())


def best_nouns(nouns: list[Person]) -> list[Person]:
    """Return the nouns with one for each place: strong before weak, then the longest."""
    kept: list[Person] = []
    order = sorted(nouns, key=lambda one: (one.noun.startswith("weak-"), one.first - one.last))
    for noun in order:
        if not any(noun.first < other.last and other.first < noun.last for other in kept):
            kept.append(noun)
    return kept


def widen_noun(reading: Reading, clue: Clue) -> Person:
    """Widen a lexicon noun to its phrase."""
    first = clue.first
    while first > 0 and reading.lower[first - 1] in BEFORE_NOUN:
        if reading.sentence_of[first - 1] != reading.sentence_of[clue.first]:
            break
        first -= 1
    if reading.lower[first] == "of":
        first += 1
    label = clue.label.partition(".")[2]
    weak = "weak-" if clue.strength == "weak" else ""
    return Person(first, clue.last, named=False, noun=weak + label)
