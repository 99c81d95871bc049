"""Whether the words on both sides of a change go together, by their parts of speech.

Leaves   "We sang (all afternoon) and laughed"
Refuses  "booked (the last) four (nights in) May", "We'll all be (on the bus) and at the tearoom"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.safer.change import Change
from checker.safer.source import Source, Word

BE = frozenset("be is am are was were been 's ’s 're ’re 'm ’m".split())
# These wait for a noun; after a gap nothing of ENDS may follow them.
WAITING = ("DT", "PRP$", "IN", "TO", "MD", "CD", "JJ")
ENDS = ("IN", "CC", ".", ",", ":", "DT", "PRP", "TO", "VBZ", "VBD", "NNP", "WP", "-RRB-", "''")
NOUN = ("NN", "NNS", "NNP", "NNPS")
FORM = re.compile(r"(?:someone|people|that person)(?: (?:I|we) support)?$", re.I)
# Neither stands beside "someone": "someone episode", "day someone".
NEVER_AFTER = (*NOUN, "JJ", "CD", "DT", "PRP$")
NEVER_BEFORE = (*NOUN, "JJ", "CD", "DT", "PRP$")


def fits_around(source: Source, changes: Sequence[Change]) -> bool:
    """Tell whether every one of `changes` leaves neighbours that can stand side by side."""
    return all(_fits(source, one) for one in changes)


def _fits(source: Source, change: Change) -> bool:
    before, after = _neighbours(source, change)
    if change.new:
        return not FORM.fullmatch(change.new.strip()) or _takes_somebody(before, after)
    if before is None:
        return True
    if before.tag in WAITING or before.lower in BE:
        return after is not None and after.tag not in ENDS
    return not (before.tag in NOUN and after is not None and after.tag in NOUN)


def _takes_somebody(before: Word | None, after: Word | None) -> bool:
    is_after = after is None or (after.tag not in NEVER_AFTER and after.lower != "than")
    return is_after and (before is None or before.tag not in NEVER_BEFORE)


def _neighbours(source: Source, change: Change) -> tuple[Word | None, Word | None]:
    """Return the words beside a change, None where a line, a sentence or a sign parts them."""
    text = source.text
    before = next((one for one in reversed(source.words) if one.end <= change.start), None)
    after = next((one for one in source.words if one.start >= change.end), None)
    if before and re.search(r"\S|\n", text[before.end : change.start]):
        before = None
    if after and re.search(r"\S|\n", text[change.end : after.start]):
        after = None
    if before and not before.lower[-1:].isalnum():
        before = None
    return before, after
