"""Labels the later mentions of a person whom a draft names more than once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from model.dataset import Labelled, Quote

# A writer labels a person once. Left so, the network is taught that the same name means nobody
# the second time: 932 mentions beside the 36,600 of the training drafts.
SHORTEST = 4
# Words that mean now this person and now that one say nothing about their other places.
CHANGING = frozenset("they them their theirs himself herself someone somebody anyone folk".split())


def label_repeats(labelled: Labelled) -> Labelled:
    """Return `labelled` with each whole-word repeat of a labelled person labelled alike.

    A quote with a capital counts from one letter on, one in small letters from `SHORTEST`. What
    is labelled already stays as it is.
    """
    found = tuple(_repeats(labelled))
    return replace(labelled, people=labelled.people + found) if found else labelled


def _repeats(labelled: Labelled) -> Iterator[Quote]:
    taken = [(quote.start, quote.end) for quote in labelled.people]
    for quote in labelled.people:
        if not _names(quote.quote):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(quote.quote)}(?!\w)", labelled.draft.text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield Quote(match.start(), match.end(), quote.quote, quote.label)


def _names(quote: str) -> bool:
    if quote == "I" or quote.lower() in CHANGING:
        return False
    return quote[:1].isupper() or len(quote) >= SHORTEST
