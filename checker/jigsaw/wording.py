"""The plain sentences that tell the estimate; they say numbers and never accuse."""

from __future__ import annotations

from collections.abc import Sequence

from checker.jigsaw.fact import IN_WORDS, Detail, Fact

SEXES = {"female": "a woman", "male": "a man"}
# More details than this are told by number only.
MOST_QUOTED = 5


def tell(
    fits: int, low: int, high: int, details: Sequence[Detail], drop: tuple[Fact, int] | None
) -> str:
    """Return how many people the details fit, from what to what, and what helps most."""
    told = _listed([_said(one) for one in details])
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


def _said(detail: Detail) -> str:
    return SEXES[detail.key] if detail.fact is Fact.SEX else f"“{detail.quote}”"


def _listed(words: list[str]) -> str:
    if len(words) > MOST_QUOTED:
        return f"all {len(words)} details"
    return f"{', '.join(words[:-1])} and {words[-1]}"
