"""The plain sentences that tell the estimate; they say numbers and never accuse."""

from __future__ import annotations

from collections.abc import Sequence

from checker.jigsaw.fact import IN_WORDS, Detail, Fact

SEXES = {"female": "a woman", "male": "a man"}
CHILDREN = {"female": "a girl", "male": "a boy"}
GROWN_UP = 18
# More details than this are told by number only.
MOST_QUOTED = 5


def tell(
    fits: int, low: int, high: int, details: Sequence[Detail], drop: tuple[Fact, int] | None
) -> str:
    """Return how many people the details fit, from what to what, and what helps most."""
    is_child = any(_is_childs(one) for one in details)
    told = _listed([_said(one, is_child=is_child) for one in details if not _within(one, details)])
    if fits > 1:
        first = f"About {fits:,} people in Scotland fit {told} (between {low:,} and {high:,})."
    elif high > 1:
        first = f"Perhaps only one person in Scotland fits {told} (it could be up to {high:,})."
    else:
        first = f"Perhaps only one person in Scotland fits {told}."
    if drop is None:
        return f"{first} Leaving out one of these does not change that."
    fact, without = drop
    return f"{first} Leave out {IN_WORDS[fact]} and it could be about {without:,}."


def _is_childs(detail: Detail) -> bool:
    """Tell whether a detail is the age, in figures, of somebody who is no grown-up."""
    return detail.fact is Fact.AGE and detail.key.isdecimal() and int(detail.key) < GROWN_UP


def _within(detail: Detail, details: Sequence[Detail]) -> bool:
    """Tell whether a longer detail says it too: the street of an address is not told twice."""
    return detail.fact is Fact.STREET and any(
        one.fact is Fact.ADDRESS and one.start <= detail.start and detail.end <= one.end
        for one in details
    )


def _said(detail: Detail, *, is_child: bool) -> str:
    if detail.fact is not Fact.SEX:
        return f"“{detail.quote}”"
    return CHILDREN[detail.key] if is_child else SEXES[detail.key]


def _listed(words: list[str]) -> str:
    if len(words) > MOST_QUOTED:
        return f"all {len(words)} details"
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
