"""What an author can answer to a card or about a person, as buttons that check again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.correction import Correction, Says
from checker.finding import THROUGH_WORK, Mention, Role
from checker.verdict import Category

# Where permission in writing can make it fine, and where it is fine once it is public.
PERMITTED = frozenset(
    {Category.IDENTIFIES_PERSON, Category.JIGSAW, Category.CARE_DETAIL, Category.IMAGE}
)
PUBLIC = frozenset(
    {
        Category.IDENTIFIES_PERSON,
        Category.SERVICE_DETAIL,
        Category.COLLEAGUE_EMPLOYER,
        Category.CONFIDENTIAL_PROCESS,
        Category.SPEAKS_FOR_EMPLOYER,
    }
)
# Whom we can have taken for the wrong person to the author's harm.
IN_DOUBT = THROUGH_WORK | {Role.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Reply:
    """A button: what it says to the checker, and what it says to a reader."""

    correction: Correction = field(repr=False)
    words: str


def about_people(people: Iterable[Mention]) -> tuple[Reply, ...]:
    """Return what can be answered about `people` together; nothing where nobody is in doubt."""
    quotes = tuple(dict.fromkeys(one.quote for one in people if one.role in IN_DOUBT))
    if not quotes:
        return ()
    return (
        Reply(Correction(Says.NOT_SUPPORTED, quotes), "Not about someone I support"),
        Reply(Correction(Says.OWN_FAMILY, quotes), "That is my son, or other family of mine"),
    )


def about_finding(
    quotes: tuple[str, ...], rules: tuple[str, ...], categories: tuple[Category, ...]
) -> tuple[Reply, ...]:
    """Return what can be answered to findings by `rules` on the words `quotes`."""
    wrong = Reply(Correction(Says.WRONG_MATCH, quotes, rules), "Wrong match")
    if PUBLIC.isdisjoint(categories):
        return (wrong,)
    return (Reply(Correction(Says.PUBLIC, quotes, rules), "This is public"), wrong)
