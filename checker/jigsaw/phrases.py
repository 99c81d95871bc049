"""The words of `data/phrases.yaml`, and where they stand in a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import RulebookError
from checker.jigsaw.figures import FOLDER, Figures
from checker.strict_yaml import as_mapping, check_keys, read_mapping, read_texts

FILE = "phrases.yaml"
FOUND = ("said", "jobs", "nations", "areas")
PARTS = (*FOUND, "premises", "words")
WORDS = (
    "was is articles relatives mine me them before-place dated woman man she he person"
).split()
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the plain text in lower case, and where it stands there."""

    text: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that stands in the text: words `first` to `last` (exclusive), part and figure."""

    first: int
    last: int
    part: str
    key: str


# What may follow a first word: the words after it, with part and key, the longest first.
Tree = Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases by first word, and the sets of small words that say how to take them."""

    tree: Tree
    premises: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    def find(self, words: tuple[Word, ...]) -> Iterator[Match]:
        """Yield the phrases in `words` in order; where two begin alike, the longest."""
        at = 0
        while at < len(words):
            match = self._at(words, at)
            if match is not None:
                yield match
            at = match.last if match else at + 1

    def _at(self, words: tuple[Word, ...], at: int) -> Match | None:
        first = words[at].text
        for form in (first, first[:-2]) if first.endswith("'s") else (first,):
            for rest, part, key in self.tree.get(form, ()):
                last = at + 1 + len(rest)
                if tuple(word.text for word in words[at + 1 : last]) == rest:
                    return Match(at, last, part, key)
        return None


def cut(text: str) -> tuple[Word, ...]:
    """Return the words of a plain text; each letter keeps its place."""
    lower = text.lower()
    if len(lower) != len(text):
        # A few capitals (İ) become two letters.
        lower = "".join(low if len(low := one.lower()) == 1 else one for one in text)
    return tuple(
        Word(match[0], *match.span()) for match in WORD.finditer(lower.replace("\u2019", "'"))
    )


def load_phrases(figures: Figures, folder: Path = FOLDER) -> Phrases:
    """Return the phrases of the file in `folder`.

    Raises `RulebookError` for a part that is missing and for a phrase without a figure.
    """
    content = read_mapping(folder / FILE)
    check_keys(FILE, content, required=PARTS)
    parts = {part: _texts(part, content[part]) for part in PARTS}
    check_keys(f"{FILE}: words", parts["words"], required=tuple(WORDS))
    known = figures.figures.keys() | figures.areas.keys()
    for part in (*FOUND, "premises"):
        for key in parts[part].keys() - known:
            raise RulebookError(f"{FILE}: {part}: “{key}” has no figure in the CSV files; add it.")
    return Phrases(
        _tree(parts),
        {word: key for key, ends in parts["premises"].items() for word in ends},
        {name: frozenset(texts) for name, texts in parts["words"].items()},
    )


def _texts(part: str, value: object) -> dict[str, tuple[str, ...]]:
    mapping = as_mapping(f"{FILE}: {part}", value)
    return {key: read_texts(f"{FILE}: {part}", mapping, key) for key in mapping}


def _tree(parts: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Tree:
    tree: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for part in FOUND:
        for key, phrases in parts[part].items():
            for phrase in phrases:
                first, *rest = (word.text for word in cut(phrase))
                tree.setdefault(first, []).append((tuple(rest), part, key))
    longest = {first: sorted(ways, key=lambda way: -len(way[0])) for first, ways in tree.items()}
    return {first: tuple(ways) for first, ways in longest.items()}
