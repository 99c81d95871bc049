"""The words of the answer that only the page says: when it would be fine, and who is who."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from checker.finding import Kind, Mention, Role
from checker.verdict import Category
from checker.words import KINDS, ROLES

FINE: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: (
            "The name belongs to someone in your own life, or the person agreed in writing to be "
            "named in this post."
        ),
        Category.JIGSAW: (
            "The details are so common that nobody nearby could tell who it is, or they are not "
            "about anyone you know through work."
        ),
        Category.CARE_DETAIL: (
            "It is about you or your own family, or about care in general and no one person."
        ),
        Category.SERVICE_DETAIL: (
            "Your service has made it public already, or the code or place has nothing to do "
            "with work."
        ),
        Category.IMAGE: (
            "It is on the service’s own page, and each person in it agreed in writing to this "
            "very use. Or nobody who uses the service can be seen."
        ),
        Category.BOUNDARY: (
            "You knew the person well before your work did, and your manager knows of it."
        ),
        Category.DISRESPECT: (
            "The words are not about people you know through work, and would not hurt them if "
            "they read them."
        ),
        Category.DISCRIMINATION: (
            "You quote the words to speak up against them, and that is plain to every reader."
        ),
        Category.COLLEAGUE_EMPLOYER: (
            "It is fair comment on pay or conditions, with no names and no insults, or thanks "
            "that your colleague is happy to see."
        ),
        Category.CONFIDENTIAL_PROCESS: (
            "It has been published by those in charge, or it is about the rules in general and "
            "no one case."
        ),
        Category.CONDUCT: "It has nothing to do with work, or it is plainly a joke or a story.",
        Category.SPEAKS_FOR_EMPLOYER: (
            "You say that the view is your own, or your employer asked you to say this."
        ),
        Category.CONCERN_ABOUT_CARE: (
            "It is about care services in general. A worry about one service is right to raise, "
            "with people who can act on it."
        ),
    }
)

# The engine speaks of the author, and the page speaks to them.
TO_YOU = (
    ("the author's", "your"),
    ("the author does", "you do"),
    ("the author works", "you work"),
    ("the author meets", "you meet"),
    ("the author", "you"),
)


def who(mention: Mention) -> str:
    """Return how a person was taken and why: "We took “Jo” to be a friend of yours, because …"."""
    taken = (
        f"We could not tell who “{mention.quote}” is"
        if mention.role is Role.UNKNOWN
        else f"We took “{mention.quote}” to be {ROLES[mention.role]}"
    )
    return f"{taken}{_because(mention)}."


def _because(mention: Mention) -> str:
    reason = mention.because.rstrip(".")
    for theirs, yours in TO_YOU:
        reason = reason.replace(theirs, yours)
    if not reason:
        return ""
    if reason.startswith("because"):
        return f", {reason}"
    return f", because “{mention.quote}” {reason}"


def clue(told: str) -> str:
    """Return a clue of a report ("care:medication.taking") in words; `told` may hold a reason."""
    name, _, _ = told.partition(" (")
    kind, _, label = name.partition(":")
    if kind not in list(Kind):
        return "what a computer learned from example posts"
    if kind == Kind.PERSON and label in list(Role):
        return f"{KINDS[Kind.PERSON]} – {ROLES[Role(label)]}"
    detail = label.removeprefix(f"{kind}.").replace(".", ", ").replace("-", " ")
    return f"{KINDS[Kind(kind)]} – {detail}" if detail else KINDS[Kind(kind)]
