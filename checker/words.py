"""The words in which a person is told verdicts, roles and kinds, on a page or in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checker.finding import Kind, Role
from checker.verdict import Verdict


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict as a heading for the answer, a short tag for a card, and what to keep in mind."""

    heading: str
    tag: str
    reminder: str


VERDICTS: Mapping[Verdict, VerdictWords] = MappingProxyType(
    {
        Verdict.OK: VerdictWords(
            heading="We found nothing",
            tag="Nothing found",
            reminder="This is not a promise that the post is fine. We can miss things.",
        ),
        Verdict.REVIEW: VerdictWords(
            heading="Change it or ask first",
            tag="Change or ask",
            reminder=(
                "We only see the words you typed. It may be fine for a reason that we cannot see."
            ),
        ),
        Verdict.STOP: VerdictWords(
            heading="Do not post this",
            tag="Do not post",
            reminder=(
                "It was right to check first. Nobody else has seen this, and we do not keep it."
            ),
        ),
    }
)

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.SUPPORTED: "someone you support",
        Role.FAMILY_OF_SUPPORTED: "family of someone you support",
        Role.OWN_FAMILY: "your own family",
        Role.FRIEND: "a friend of yours",
        Role.COLLEAGUE: "someone you work with",
        Role.MANAGER: "a manager",
        Role.PUBLIC_FIGURE: "a well-known person",
        Role.PET: "a pet",
        Role.FICTIONAL: "someone made up",
        Role.SELF: "you",
        Role.PLACE_OR_WORD: "a place or a word, not a person",
        Role.OTHER: "someone else",
        Role.UNKNOWN: "we could not tell",
    }
)

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PERSON: "a person",
        Kind.CONTACT: "a way to reach someone",
        Kind.IDENTIFIER: "a number or code",
        Kind.PLACE: "a place",
        Kind.TIME: "a time or date",
        Kind.CARE: "care or private life",
        Kind.SERVICE: "about the service",
        Kind.REMARK: "a remark",
    }
)

# What is said of a safer wording, by the verdict on it; a better one is never a stop.
OFFERED: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.OK: "We found nothing in this one. Read it once more: you know who could read it.",
        Verdict.REVIEW: "This one is better, but ask first: it may still tell too much.",
    }
)

# From each share on, of a hundred drafts that the reader finds so likely, in words for the author.
HOW_SURE = ((0.9, "almost certain"), (0.7, "very likely"), (0.5, "likely"), (0.0, "possible"))


def how_sure(probability: float) -> str:
    """Return a probability from 0 to 1 in words and number: "very likely (83 out of 100)"."""
    words = next(words for least, words in HOW_SURE if probability >= least)
    return f"{words} ({probability * 100:.0f} out of 100)"
