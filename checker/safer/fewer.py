"""Wordings that drop one part more, or one part less, than another: the way to the least change.

Changes  "Grand day, nae sleep, he was sick again" without one of its parts at a time
Leaves   parts that hold what must go: no wording of these keeps them
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.finding import Kind, Mention, Span
from checker.safer.candidates import Changes, make_worded
from checker.safer.change import Change
from checker.safer.clauses import clause_edits, find_parts, leans_back, sentence_edits
from checker.safer.forms import PLAIN
from checker.safer.marks import Marks
from checker.safer.source import Source

Place = tuple[int, int]
Cut = frozenset[Place]


def make_cut(source: Source, marks: Marks, cut: Iterable[Place]) -> Changes:
    """Return the wording that drops the parts of `cut` and those that hold what must go."""
    dropped = [Span(*place, source.text[slice(*place)], Kind.REMARK, "") for place in sorted(cut)]
    gone = [
        *sentence_edits(source, marks.insults),
        *clause_edits(source, [*marks.must, *dropped], is_fine=True, is_alone=True),
    ]
    return make_worded(source, marks.all, PLAIN, gone)


def drop_one_more(source: Source, marks: Marks, cut: Cut) -> Iterator[Cut]:
    """Yield `cut` with each further part that does not go anyway, those with marks first."""
    spots: list[Span | Mention] = [*marks.all, *source.mentions]
    parts = [one for one in find_parts(source) if one not in cut and not _holds(marks.must, one)]
    for place in sorted(parts, key=lambda one: not _holds(spots, one)):
        yield cut | {place}


def find_cut(source: Source, changes: Sequence[Change]) -> Cut:
    """Return the parts that `changes` drop."""
    return frozenset(
        one
        for one in find_parts(source)
        if any(change.start <= one[0] and one[1] <= change.end for change in changes)
    )


def drop_fewer(source: Source, marks: Marks, cut: Cut) -> Iterator[Cut]:
    """Yield what of `cut` could stay: all, then a sentence at a time, then a part at a time.

    What must go is never among it, and no sentence that leans on one that went.
    """
    free = frozenset(one for one in cut if _may_stay(source, marks, one))
    sentences = [frozenset(one for one in free if a <= one[0] < b) for a, b in source.sentences]
    single = [frozenset({one}) for one in sorted(free)]
    yield from (back for back in dict.fromkeys([free, *sentences, *single]) if back)


def _may_stay(source: Source, marks: Marks, place: Place) -> bool:
    sentence = source.sentence_at(place[0])
    first = source.sentences.index(sentence) == 0 if sentence in source.sentences else True
    return not _holds(marks.must, place) and (first or not leans_back(source, *sentence))


def _holds(spans: Iterable[Span | Mention], place: Place) -> bool:
    return any(one.start < place[1] and place[0] < one.end for one in spans)
