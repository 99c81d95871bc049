"""Phrases of the lexicons, found in one pass over the tokens whatever their number.

Finds   "off her food" for the phrase "off ~ food", "kicked off" for "kick off"
        "resuscitated" for "resus*", where the phrases are a manager's own
Leaves  "submeds" for "meds": whole tokens only
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokenizer import Tokenizer

from checker.detectors.wildcards import STAR, Wildcards
from checker.finding import Clue, Strength
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
        self._wildcards = Wildcards(sorted(part for part in cut if STAR in part))

    def find(self, reading: Reading) -> Iterator[Clue]:
        """Yield a clue for each phrase that stands in the draft, the longest where they nest."""
        yield from self._clues(reading, lambda entry: entry.kind)

    def find_each(self, reading: Reading) -> Iterator[Clue]:
        """Yield the clues as `find` does, but for each label by itself, whatever nests in what."""
        yield from self._clues(reading, lambda entry: entry.label)

    def _clues(self, reading: Reading, group: Callable[[Entry], str]) -> Iterator[Clue]:
        forms = [self._forms(*pair) for pair in zip(reading.lower, reading.lemmas, strict=True)]
        matches = [
            (first, last, entry)
            for first in range(len(forms))
            for last, entry in self._walk(reading, forms, self._root, first)
        ]
        for first, last, entry in _outermost(matches, group):
            yield reading.clue(
                first, last, entry.kind, entry.label, strength=entry.strength, found_by=NAME
            )

    def _forms(self, lower: str, lemma: str) -> frozenset[str]:
        """Return everything that a phrase may call a token, wildcards among them."""
        words = (lower, lemma)
        return frozenset(words).union(*map(self._wildcards.fitting, words))

    def _walk(
        self, reading: Reading, forms: Sequence[frozenset[str]], node: _Node, at: int
    ) -> Iterator[tuple[int, Entry]]:
        """Yield where each phrase that begins on the way to `node` ends, with the phrase."""
        yield from ((at, entry) for entry in node.entries)
        if at == len(forms) or not node.following:
            return
        for form in forms[at]:
            if (child := node.following.get(form)) is not None:
                yield from self._walk(reading, forms, child, at + 1)
        determiner = node.following.get(DETERMINER)
        if determiner is not None and reading.lower[at] in DETERMINERS:
            yield from self._walk(reading, forms, determiner, at + 1)
        if (child := node.following.get(GAP)) is not None:
            sentence = reading.sentence_of[at - 1]
            for skipped in range(at, min(at + LONGEST_GAP + 1, len(forms))):
                if reading.sentence_of[skipped] == sentence:
                    yield from self._walk(reading, forms, child, skipped)


def _tokens(phrase: str, tokenizer: Tokenizer, cut: dict[str, list[str]]) -> Iterator[str]:
    """Yield the tokens of a phrase as the tree spells them; `cut` keeps those of each word."""
    for part in phrase.split():
        if part not in cut:
            # The tokenizer would part a star from its word.
            cut[part] = [part] if STAR in part else [one.lower_ for one in tokenizer(part)]
        yield from cut[part]


def _outermost(
    matches: list[tuple[int, int, Entry]], group: Callable[[Entry], str]
) -> Iterator[tuple[int, int, Entry]]:
    """Yield the matches that no longer match of its group contains, each label once a place."""
    seen: set[tuple[int, int, str]] = set()
    # Of its own group: beside one of another group, a phrase within a longer one came to stand.
    places: set[tuple[int, int, str]] = set()
    reach: dict[str, int] = {}
    for first, last, entry in sorted(matches, key=_rank):
        key, place = (first, last, entry.label), (first, last, group(entry))
        inside = reach.get(group(entry), -1) >= last and place not in places
        if key in seen or inside:
            continue
        seen.add(key)
        places.add(place)
        reach[group(entry)] = max(reach.get(group(entry), -1), last)
        yield first, last, entry


def _rank(match: tuple[int, int, Entry]) -> tuple[int, int, str, bool]:
    """Return what matches are sorted by: their place, the longest first, then label, strong first.

    The forms of a token come in another order in each process, which must change nothing.
    """
    first, last, entry = match
    return first, -last, entry.label, entry.strength is not Strength.STRONG
