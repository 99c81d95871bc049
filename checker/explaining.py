"""What a finding of the learned reader alone says: which words weighed, whose, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from checker.finding import Kind, Mention, Role, Span
from checker.verdict import Category

# More words than these on one card are not read.
MOST_QUOTES = 2
LONGEST_QUOTE = 60
# The kinds of word that bear on a category most, in order: two cards about one draft differ.
TELLING: Mapping[Category, tuple[Kind, ...]] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: (Kind.PERSON, Kind.CONTACT, Kind.IDENTIFIER, Kind.PLACE),
        Category.JIGSAW: (Kind.PLACE, Kind.TIME, Kind.PERSON, Kind.CARE),
        Category.CARE_DETAIL: (Kind.CARE, Kind.REMARK, Kind.PERSON),
        Category.SERVICE_DETAIL: (Kind.SERVICE, Kind.TIME, Kind.PLACE, Kind.IDENTIFIER),
        Category.CONFIDENTIAL_PROCESS: (Kind.SERVICE, Kind.CARE, Kind.REMARK),
    }
)
OTHERWISE = (Kind.REMARK, Kind.CARE, Kind.SERVICE, Kind.PERSON)
# What the words could do, said of “it”.
COULD: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: "could tell readers who this is",
        Category.JIGSAW: "could let people nearby work out who this is",
        Category.CARE_DETAIL: "could tell something private about a person's care or life",
        Category.SERVICE_DETAIL: "could tell strangers how the service works, or when and where",
        Category.IMAGE: "could be a picture of someone who uses the service",
        Category.BOUNDARY: "could be a private tie with someone you know through work",
        Category.DISRESPECT: "could hurt someone who uses the service",
        Category.DISCRIMINATION: "could put people down for who they are",
        Category.COLLEAGUE_EMPLOYER: "could hurt someone you work with, or your employer",
        Category.CONFIDENTIAL_PROCESS: "could tell of something that is still private",
        Category.CONDUCT: "could make people doubt how you act at work",
        Category.SPEAKS_FOR_EMPLOYER: "could sound as if your employer said it",
        Category.CONCERN_ABOUT_CARE: "could be a worry about care",
    }
)
ADVICE: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: "Leave out the name, or whatever else points to one person.",
        Category.JIGSAW: "Leave out one or two of the details: the place, the age or the day.",
        Category.CARE_DETAIL: "Keep it to how you feel about work. If unsure, ask your manager.",
        Category.SERVICE_DETAIL: "Leave out the where, when and how. If unsure, ask your manager.",
        Category.IMAGE: "Leave the picture out, or ask your manager if it may be shown.",
        Category.BOUNDARY: "Talk to your manager about it before you post.",
        Category.DISRESPECT: "Put it kindly, or leave it out. If you are worn out, tell someone.",
        Category.DISCRIMINATION: "Leave the words out. Think how those people would read them.",
        Category.COLLEAGUE_EMPLOYER: "Say it to someone at work who can change it, not here.",
        Category.CONFIDENTIAL_PROCESS: "Wait until it is public. If unsure, ask your manager.",
        Category.CONDUCT: "Leave it out. If something went wrong, tell your manager.",
        Category.SPEAKS_FOR_EMPLOYER: "Say that the view is your own, or leave your employer out.",
        Category.CONCERN_ABOUT_CARE: "Tell your manager or the Care Inspectorate. They can help.",
    }
)
WHO: Mapping[Role, str] = MappingProxyType(
    {
        Role.SUPPORTED: "someone you support",
        Role.FAMILY_OF_SUPPORTED: "family of someone you support",
        Role.COLLEAGUE: "someone you work with",
        Role.MANAGER: "a manager of yours",
    }
)


def explain(category: Category, spans: Sequence[Span], people: Iterable[Mention]) -> str:
    """Return the sentence of a card: the words that weighed, what they could do, and who is meant.

    `spans` are the words that the reader marked or weighed most, `people` those of the draft.
    """
    chosen = _chosen(category, spans)
    quotes = " and ".join(f"“{_short(one.quote)}”" for one in chosen) or "What you say here"
    who = _who(spans, people)
    return f"{quotes} {COULD[category]}.{who}"


def _chosen(category: Category, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words that bear on the category most, in the order of the text."""
    kinds = TELLING.get(category, OTHERWISE)
    order = {kind: rank for rank, kind in enumerate(kinds)}
    ranked = sorted(spans, key=lambda one: order.get(one.kind, len(order)))
    return tuple(sorted(ranked[:MOST_QUOTES], key=lambda one: one.start))


def _short(quote: str) -> str:
    """Return the words on one line, cut between two words where they are many."""
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"


def _who(spans: Sequence[Span], people: Iterable[Mention]) -> str:
    """Return a sentence on whom the marked words seem to mean, "" where that is nobody known."""
    for person in people:
        touched = any(one.start < person.end and person.start < one.end for one in spans)
        if touched and person.role in WHO:
            return f" We took “{_short(person.quote)}” to be {WHO[person.role]}."
    return ""
