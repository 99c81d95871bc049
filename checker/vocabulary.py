"""Which words are known, and how common they are, so that disguises can be told from words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import wordninja
from wordfreq import get_frequency_dict

# A word as rare as one in two million running words is hardly what a disguise hides.
COMMON = 2e-6
# One in a hundred thousand: words of everyday English; short foreign words are rarer than this.
EVERYDAY = 1e-5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with their share of running text, from the wordfreq library's small English list.

    `own` are those of our lexicons, names and places; `likely` those that a mask may hide, since
    they stand in a lexicon by themselves. `shapes` holds the words of one length and first letter
    (or any, under "*"), one a line.
    """

    frequency: dict[str, float] = field(repr=False)
    own: frozenset[str] = field(repr=False)
    likely: frozenset[str] = field(repr=False)
    shapes: Mapping[tuple[int, str], str] = field(repr=False)

    def is_known(self, word: str) -> bool:
        """Tell whether the lower-case `word` is English, Scots or one of our own words."""
        return word in self.frequency or word in self.own

    def is_common(self, word: str) -> bool:
        """Tell whether `word` is common enough to be what a disguise hides."""
        return len(word) > 2 and (word in self.own or self.frequency.get(word, 0.0) >= COMMON)

    def complete(self, pattern: str) -> str | None:
        """Return the likeliest word that fits `pattern`, where each `*` is one letter.

        Words of our lexicons come first: what is masked is what they hold ("c*nt" is not "cent").
        Where most letters are hidden, so many words fit that only theirs count.
        """
        letters = "".join("[a-z]" if char == "*" else re.escape(char) for char in pattern)
        shape = (len(pattern), pattern[0])
        fits = re.findall(rf"^{letters}$", self.shapes.get(shape, ""), re.MULTILINE)
        if 2 * pattern.count("*") > len(pattern):
            fits = [word for word in fits if word in self.likely]
        return max(fits, key=lambda word: (word in self.likely, self.weight(word)), default=None)

    def weight(self, word: str) -> float:
        """Return how common `word` is; our own words count as common as a rare English one."""
        return max(self.frequency.get(word, 0.0), COMMON if word in self.own else 0.0)

    def split(self, joined: str) -> list[str] | None:
        """Split letters that ran together into words, or return None where that gives no words."""
        pieces: list[str] = wordninja.split(joined)
        known = sum(len(piece) for piece in pieces if self.is_known(piece) and len(piece) > 1)
        # Nine letters in ten must belong to known words, or it was no sentence.
        return pieces if known >= 0.9 * len(joined) else None

    def share_common(self, words: Iterable[str]) -> float:
        """Return the share of `words` (lower case) that are ours or everyday; NaN for none."""
        common = [word in self.own or self.frequency.get(word, 0.0) > EVERYDAY for word in words]
        return sum(common) / len(common) if common else math.nan

    def share_known(self, words: Iterable[str]) -> float:
        """Return the share of `words` (lower case) that are known; NaN for none."""
        known = [self.is_known(word) for word in words]
        return sum(known) / len(known) if known else math.nan


def load_vocabulary(own: Iterable[str], *, likely: Iterable[str] = ()) -> Vocabulary:
    """Return the English vocabulary with our `own` words (lexicons, Scots, names) added.

    `likely` are those that stand in a lexicon by themselves.
    """
    frequency = get_frequency_dict("en", wordlist="small")
    known = frozenset(own)
    return Vocabulary(frequency, known, frozenset(likely), _shape(known.union(frequency)))


def _shape(words: Iterable[str]) -> dict[tuple[int, str], str]:
    """Return the words by length and first letter, and by length alone under "*"."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for word in words:
        for first in (word[:1], "*"):
            found[len(word), first].append(word)
    return {shape: "\n".join(sorted(fits)) for shape, fits in found.items()}
