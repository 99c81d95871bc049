"""Training-time variations of a draft: other names, lower case, typos, disguises; never stored."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.gazetteers import Names
from model.dataset import Labelled, Quote

Edit = tuple[int, int, str]

# How often each variation is made; the draft stays as it is about half the time.
SWAP_NAMES = 0.5
LOWER_CASE = 0.2
DROP_MARKS = 0.1
TYPOS = 0.1
DISGUISE = 0.03
TYPO_SHARE = 0.04
LEET = str.maketrans("aeiost", "4310$7")


@dataclass(frozen=True, slots=True)
class Variation:
    """A text with the labelled quotes moved to where they stand in it."""

    text: str
    spans: tuple[Quote, ...]
    people: tuple[Quote, ...]


class Augmenter:
    """Makes variations of labelled drafts from one seed."""

    def __init__(self, names: Names, seed: int) -> None:
        self._random = random.Random(seed)
        self._names = names
        self._pool = sorted(name for name, also_word in names.first.items() if not also_word)

    def vary(self, labelled: Labelled) -> Variation:
        """Return a variation of `labelled` that reads the same to the guide."""
        text = labelled.draft.text
        edits = list(self._edits(labelled)) if labelled.language == "en" else []
        variation = _apply(text, edits, labelled.spans, labelled.people)
        if self._random.random() < LOWER_CASE:
            lowered = variation.text.lower()
            # Some capitals lower-case to two characters; offsets would no longer fit.
            if len(lowered) == len(variation.text):
                return Variation(lowered, _lower(variation.spans), _lower(variation.people))
        return variation

    def _edits(self, labelled: Labelled) -> Iterator[Edit]:
        text, chance = labelled.draft.text, self._random
        swap = chance.random() < SWAP_NAMES
        typos = TYPO_SHARE if chance.random() < TYPOS else 0.0
        disguise = chance.random() < DISGUISE
        drop = chance.random() < DROP_MARKS
        replaced: dict[str, str] = {}
        for start, end in _words(text):
            word = text[start:end]
            if swap and self._is_name(word, start, labelled.people):
                new = replaced.setdefault(word, chance.choice(self._pool))
                yield start, end, new.capitalize() if word[0].isupper() else new
            elif disguise and any(q.start <= start < q.end for q in labelled.spans):
                yield start, end, word.translate(LEET)
            elif typos and len(word) > 3 and chance.random() < typos:
                yield start, end, self._typo(word)
            elif drop and end < len(text) and text[end] in ",.'!":
                yield end, end + 1, ""

    def _is_name(self, word: str, at: int, people: Sequence[Quote]) -> bool:
        inside = any(quote.start <= at < quote.end for quote in people)
        return inside and word[0].isupper() and self._names.is_first(word.lower())

    def _typo(self, word: str) -> str:
        at = self._random.randrange(1, len(word) - 1)
        if self._random.random() < 0.5:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + word[at + 1 :]


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for at, char in enumerate(text + " "):
        if char.isalpha() and start is None:
            start = at
        elif not char.isalpha() and start is not None:
            yield start, at
            start = None


def _apply(
    text: str, edits: Sequence[Edit], spans: Sequence[Quote], people: Sequence[Quote]
) -> Variation:
    """Return `text` with `edits` made and the quotes moved along."""
    pieces: list[str] = []
    moved = list(range(len(text) + 1))
    shift = at = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        for place in range(at, start + 1):
            moved[place] = place + shift
        shift += len(new) - (end - start)
        for place in range(start + 1, end + 1):
            moved[place] = end + shift
        at = end
    pieces.append(text[at:])
    for place in range(at, len(text) + 1):
        moved[place] = place + shift
    changed = "".join(pieces)
    return Variation(changed, _move(changed, spans, moved), _move(changed, people, moved))


def _lower(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    return tuple(Quote(one.start, one.end, one.quote.lower(), one.label) for one in quotes)


def _move(text: str, quotes: Sequence[Quote], moved: Sequence[int]) -> tuple[Quote, ...]:
    ranges = ((moved[quote.start], moved[quote.end], quote.label) for quote in quotes)
    return tuple(Quote(start, end, text[start:end], label) for start, end, label in ranges)
