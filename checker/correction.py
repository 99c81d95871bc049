"""What an author says of what the checker took them to mean: "that is my son", "wrong match"."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum

from checker.errors import DraftError

# Nobody answers more often about one post; a bound keeps one check from taking long.
MOST_CORRECTIONS = 40


class Says(StrEnum):
    """What is said: who people are, or that something noticed does not apply."""

    NOT_SUPPORTED = "not-supported"
    OWN_FAMILY = "own-family"
    PUBLIC = "public"
    WRONG_MATCH = "wrong-match"

    @property
    def is_about_people(self) -> bool:
        """Tell whether it says who somebody is, rather than that a finding does not apply."""
        return self in (Says.NOT_SUPPORTED, Says.OWN_FAMILY)


@dataclass(frozen=True, slots=True)
class Correction:
    """One answer of the author about `words` of the draft; its `repr` hides them.

    `rules` names the rules whose findings on these words do not apply; it is empty where
    the words name people. They are told by words and not by place, so that an answer still counts
    after the text was edited elsewhere.
    """

    says: Says
    words: tuple[str, ...] = field(repr=False)
    rules: tuple[str, ...] = ()

    @property
    def folded(self) -> frozenset[str]:
        """Return the words as they are compared."""
        return frozenset(map(fold, self.words))

    @property
    def value(self) -> str:
        """Return it as one line, which `read_correction` reads."""
        return json.dumps([self.says, self.words, self.rules], ensure_ascii=False)


def fold(words: str) -> str:
    """Return `words` as they are compared: without case, with single spaces."""
    return " ".join(words.casefold().split())


def read_correction(value: str) -> Correction:
    """Return the correction that `value` spells.

    Raises `DraftError`, which quotes nothing of it, for anything else.
    """
    try:
        says, words, rules = json.loads(value)
        return make_correction(says, words, rules)
    except (ValueError, TypeError, RecursionError):
        raise DraftError("One of your answers could not be read: check again without it.") from None


def make_correction(says: object, words: object, rules: object) -> Correction:
    """Return the correction with these parts, as JSON holds them.

    Raises `ValueError`, which quotes nothing, for parts that are not of their types.
    """
    lists = [one for one in (words, rules) if isinstance(one, list)]
    if len(lists) < 2 or not all(isinstance(one, str) for each in lists for one in each):
        raise ValueError("words and rules are lists of strings")
    if says not in list(Says):
        raise ValueError("no such answer")
    return Correction(Says(str(says)), *map(tuple, lists))
