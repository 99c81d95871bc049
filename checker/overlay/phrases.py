"""The words of managers' rules: what they may hold, and how they are spelt for the matcher."""

from __future__ import annotations

import re

from checker.detectors.wildcards import STAR
from checker.errors import RulebookError

LONGEST, MOST_WORDS = 100, 12
# Of letters and figures beside the star: "a*" would fit every other word.
FEWEST_LETTERS, MOST_STARS = 3, 2
# Patterns that one overlay may hold; RE2 holds a thousand against a word in a microsecond or two.
MOST_PATTERNS = 1_000
ALLOWED = re.compile(r"[^\W_][\w '&/.,#@*!?+£%()-]*|[#@*£(][\w '&/.,#@*!?+£%()-]*")
STARRED = re.compile(r"[^\W_]+(?:\*[^\W_]*)+")
QUOTES = str.maketrans("‘’ʼ`´“”", "'''''\"\"")


class PhraseError(RulebookError):
    """A word or phrase cannot be looked for; says which and what to write."""


def read_phrase(text: str) -> str:
    """Return `text` as the matcher spells it: small letters, straight quotes, single spaces.

    Raises `PhraseError`, one sentence, for what cannot be looked for.
    """
    phrase = " ".join(text.translate(QUOTES).lower().split())
    shown = phrase if len(phrase) <= LONGEST else f"{phrase[:LONGEST]}…"
    if len(phrase) > LONGEST or len(phrase.split()) > MOST_WORDS:
        raise PhraseError(f"“{shown}” is too long: {MOST_WORDS} words at most.")
    if not any(char.isalnum() for char in phrase):
        raise PhraseError(f"“{shown}” has no letters or figures: write words.")
    if not ALLOWED.fullmatch(phrase) or ".." in phrase:
        raise PhraseError(
            f"“{shown}” has signs that cannot be looked for: write plain words, and * for any end."
        )
    for word in phrase.split():
        if STAR in word:
            _check_starred(word)
    return phrase


def read_name(text: str) -> str:
    """Return a local name as the matcher spells it; raises `PhraseError` as `read_phrase` does."""
    if STAR in text:
        raise PhraseError(f"“{text[:LONGEST]}”: a name has no *: write it in full.")
    return read_phrase(text)


def _check_starred(word: str) -> None:
    if not STARRED.fullmatch(word) or "**" in word:
        raise PhraseError(
            f"“{word}”: a * stands inside a word or at its end, among letters: like resus*."
        )
    if word.count(STAR) > MOST_STARS:
        raise PhraseError(f"“{word}”: {MOST_STARS} stars in one word at most.")
    if len(word) - word.count(STAR) < FEWEST_LETTERS:
        raise PhraseError(
            f"“{word}” would fit too many words: give {FEWEST_LETTERS} letters or more with the *."
        )


def patterns(phrases: tuple[str, ...]) -> frozenset[str]:
    """Return the words with a star in `phrases`."""
    return frozenset(word for phrase in phrases for word in phrase.split() if STAR in word)
