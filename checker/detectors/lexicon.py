"""Phrases of the lexicons, found in one pass over the tokens whatever their number.

Finds   "off her food" for the phrase "off ~ food", "kicked off" for "kick off"
Leaves  "submeds" for "meds": whole tokens only
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokenizer import Tokenizer

from checker.finding import Clue
from checker.lexicons import Entry
from checker.reading import Reading

NAME = "lexicon"
# What "~" stands for: one possessive, article or small determiner, in English and Scots.
DETERMINER = "~"
DETERMINERS = frozenset(
    "a an the his her hers their its my your our this that these those some any no one each every "
    "ma mah oor yer thair wir hur ees de da wee auld old poor another both".split()
)
# "..." stands for this many tokens of anything at most.
GAP = "..."
LONGEST_GAP = 3


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: what may come next, and which phrases end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class LexiconDetector:
    """Holds the phrases of one rulebook as a tree over tokens; its cost grows with the text."""

    def __init__(self, entries: tuple[Entry, ...], tokenizer: Tokenizer) -> None:
        self._root = _Node()
        # Eleven thousand phrases share few words: each is cut into tokens once.
        cut: dict[str, list[str]] = {DETERMINER: [DETERMINER], GAP: [GAP]}
        for entry in entries:
            node = self._root
            for token in _tokens(entry.phrase, tokenizer, cut):
                node = node.following.setdefault(token, _Node())
            node.entries.append(entry)

    def find(self, reading: Reading) -> Iterator[Clue]:
        """Yield a clue for each phrase that stands in the draft, the longest where they nest."""
        matches = [
            (first, last, entry)
            for first in range(len(reading.lower))
            for last, entry in self._walk(reading, self._root, first)
        ]
        for first, last, entry in _outermost(matches):
            yield reading.clue(
                first, last, entry.kind, entry.label, strength=entry.strength, found_by=NAME
            )

    def _walk(self, reading: Reading, node: _Node, at: int) -> Iterator[tuple[int, Entry]]:
        """Yield where each phrase that begins on the way to `node` ends, with the phrase."""
        yield from ((at, entry) for entry in node.entries)
        if at == len(reading.lower) or not node.following:
            return
        lower, lemma = reading.lower[at], reading.lemmas[at]
        for form in {lower, lemma}:
            if (child := node.following.get(form)) is not None:
                yield from self._walk(reading, child, at + 1)
        if lower in DETERMINERS and (child := node.following.get(DETERMINER)) is not None:
            yield from self._walk(reading, child, at + 1)
        if (child := node.following.get(GAP)) is not None:
            sentence = reading.sentence_of[at - 1]
            for skipped in range(at, min(at + LONGEST_GAP + 1, len(reading.lower))):
                if reading.sentence_of[skipped] == sentence:
                    yield from self._walk(reading, child, skipped)


def _tokens(phrase: str, tokenizer: Tokenizer, cut: dict[str, list[str]]) -> Iterator[str]:
    """Yield the tokens of a phrase as the tree spells them; `cut` keeps those of each word."""
    for part in phrase.split():
        if part not in cut:
            cut[part] = [token.lower_ for token in tokenizer(part)]
        yield from cut[part]


def _outermost(
    matches: list[tuple[int, int, Entry]],
) -> Iterator[tuple[int, int, Entry]]:
    """Yield the matches that no longer match of the same kind contains, each label once a place."""
    seen: set[tuple[int, int, str]] = set()
    places: set[tuple[int, int]] = set()
    reach: dict[str, int] = {}
    for first, last, entry in sorted(matches, key=lambda match: (match[0], -match[1])):
        key = (first, last, entry.label)
        inside = reach.get(entry.kind, -1) >= last and (first, last) not in places
        if key in seen or inside:
            continue
        seen.add(key)
        places.add((first, last))
        reach[entry.kind] = max(reach.get(entry.kind, -1), last)
        yield first, last, entry
