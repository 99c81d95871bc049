"""Put "someone" for a pronoun whose person went with the words before it.

Changes  "Nettie had a fall, and she tells the best jokes"  →  "Someone tells the best jokes"
Leaves   "she tells the best jokes" where the draft itself never says who she is
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.finding import Kind
from checker.safer.change import Edit
from checker.safer.phrases import says_is
from checker.safer.reasons import REASONS
from checker.safer.source import Source, Word

SUBJECTS = frozenset("he she".split())
PRONOUNS = SUBJECTS | frozenset("his her hur him".split())


def pronoun_edits(source: Source, edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits for the first pronoun that `edits` leave without its person, if any."""
    found = next(_pointing_at_nobody(source, edits), None)
    if found is None:
        return []
    said = says_is(source, found.end)
    if said and found.lower in SUBJECTS:
        new, end = f"someone {said[1]}", said[0]
        return [Edit(found.start, end, new, REASONS[Kind.PERSON], person=True)]
    new = _new(source, found)
    return [Edit(found.start, found.end, new, REASONS[Kind.PERSON], person=True)] if new else []


def _pointing_at_nobody(source: Source, edits: Sequence[Edit]) -> Iterator[Word]:
    """Yield each pronoun after a person who went, up to the next person who stays."""
    people = {one.start for one in source.mentions if _is_noun(source, one.start, one.end)}
    is_gone = False
    for word in source.words:
        over = [one for one in edits if one.start <= word.start < one.end]
        if any(one.person or one.new for one in over):
            is_gone = False
        elif word.start in people:
            is_gone = bool(over)
        elif is_gone and not over and word.lower in PRONOUNS:
            yield word


def _is_noun(source: Source, start: int, end: int) -> bool:
    return any(word.tag.startswith("NN") for word in source.within(start, end))


def _new(source: Source, word: Word) -> str:
    """Return what stands for a pronoun: "someone", "someone's", "" for what has no such form."""
    after = source.after(word.end)[:1]
    if word.lower in SUBJECTS:
        return "someone"
    adjoins = bool(after) and source.text[word.end : after[0].start] == " "
    if word.lower == "him":
        return "someone"
    if word.lower == "his" or (adjoins and after[0].tag.startswith(("NN", "JJ", "CD"))):
        return "someone's"
    # "her say-so" and "made her laugh" look the same.
    return "" if adjoins and after[0].tag == "VB" else "someone"
