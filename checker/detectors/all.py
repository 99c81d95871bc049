"""Runs every detector over a reading; nothing runs that is not written down here."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokenizer import Tokenizer

from checker.detectors import accounts, contacts, identifiers, places, times
from checker.detectors.lexicon import LexiconDetector
from checker.detectors.people import PeopleDetector
from checker.detectors.roles import assign_roles
from checker.encoder import Encoded
from checker.evidence import Evidence
from checker.finding import Clue
from checker.gazetteers import Names, Place
from checker.lexicons import Entry
from checker.reading import Reading
from checker.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Detectors:
    """The detectors with what they need, built once for a rulebook."""

    lexicon: LexiconDetector
    people: PeopleDetector
    places: dict[str, Place]
    names: Names

    def find(self, reading: Reading, encoded: Encoded | None = None) -> Evidence:
        """Return all clues and people of the draft; `encoded` is what the encoder makes of it."""
        return self.find_people(reading, self.find_clues(reading), encoded)

    def find_clues(self, reading: Reading) -> tuple[Clue, ...]:
        """Return all clues of the draft: none of them asks the encoder."""
        return (
            *self.lexicon.find(reading),
            *contacts.find(reading),
            *identifiers.find(reading),
            *places.find(reading, self.places),
            *times.find(reading, self.names),
            *accounts.find(reading),
        )

    def find_people(
        self, reading: Reading, clues: tuple[Clue, ...], encoded: Encoded | None
    ) -> Evidence:
        """Return the evidence in a draft: its `clues` with the people in it.

        `encoded` is what the encoder makes of it, None where there is none.
        """
        stretches = encoded.people if encoded else None
        people = self.people.find(reading, clues, stretches)
        mentions = assign_roles(reading, people, clues, stretches or ())
        return Evidence(reading, clues, mentions, encoded)


def build_detectors(
    entries: tuple[Entry, ...],
    tokenizer: Tokenizer,
    *,
    names: Names,
    places: dict[str, Place],
    words: Vocabulary,
) -> Detectors:
    """Build the detectors for the lexicon `entries` and the gazetteers."""
    return Detectors(
        lexicon=LexiconDetector(entries, tokenizer),
        people=PeopleDetector(names, places, words),
        places=places,
        names=names,
    )
