"""Cut a draft where the words of its findings begin and end, so that a page can mark them.

This returns data. The template writes the `<mark>`, so that everything the author typed goes
through its escaping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from checker.finding import Span
from checker.verdict import Verdict, worst


class Marked(Protocol):
    """Anything that points at words and says how grave they are: a finding, or a card."""

    @property
    def verdict(self) -> Verdict:
        """Return how grave it is."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the words that it points at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The words that one span of one finding points at. Both numbers count from 1."""

    finding: int
    span: int
    verdict: Verdict
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the draft that no span begins or ends inside.

    `marks` are the spans that cover it; `endings` those of them that end with it, where the
    page puts their numbers.
    """

    text: str = field(repr=False)
    marks: tuple[Mark, ...]
    endings: tuple[Mark, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the most severe verdict among the findings that cover it."""
        return worst(tuple(mark.verdict for mark in self.marks))


def segments(text: str, findings: Sequence[Marked]) -> tuple[Segment, ...]:
    """Cut `text` into segments that together are `text` again; offsets count code points."""
    marks = _marks(findings, len(text))
    cuts = {0, len(text)} | {mark.start for mark in marks} | {mark.end for mark in marks}
    return tuple(_segment(text, span, marks) for span in pairwise(sorted(cuts)))


def _marks(findings: Sequence[Marked], length: int) -> tuple[Mark, ...]:
    """Number every span, and leave out those with no words to show."""
    marks = (
        Mark(i, j, finding.verdict, start=max(span.start, 0), end=min(span.end, length))
        for i, finding in enumerate(findings, start=1)
        for j, span in enumerate(finding.spans, start=1)
    )
    return tuple(mark for mark in marks if mark.start < mark.end)


def _segment(text: str, span: tuple[int, int], marks: tuple[Mark, ...]) -> Segment:
    start, end = span
    over = tuple(mark for mark in marks if mark.start <= start and end <= mark.end)
    return Segment(
        text=text[start:end],
        marks=over,
        endings=tuple(mark for mark in over if mark.end == end),
    )
