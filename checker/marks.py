"""Cut a draft where the words of its findings begin and end, to mark them without a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from checker.finding import Finding
from checker.verdict import Verdict, worst


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that one or more findings point at; `numbers` are theirs, from 1."""

    start: int
    end: int
    numbers: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Piece:
    """Text inside which no stretch begins or ends.

    `opening` and `closing` are the stretches that begin and end with it, the latter in the
    order in which their numbers are read: the shortest first.
    """

    text: str = field(repr=False)
    over: tuple[Stretch, ...]
    opening: tuple[Stretch, ...]
    closing: tuple[Stretch, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the most severe verdict among the findings that point at it, `ok` for none."""
        return worst(tuple(stretch.verdict for stretch in self.over))


def cut(text: str, findings: tuple[Finding, ...]) -> tuple[Piece, ...]:
    """Return pieces that together are `text` again."""
    stretches = _stretches(findings, len(text))
    edges = {edge for stretch in stretches for edge in (stretch.start, stretch.end)}
    return tuple(
        Piece(
            text=text[start:end],
            over=tuple(one for one in stretches if one.start <= start and end <= one.end),
            opening=tuple(one for one in stretches if one.start == start),
            closing=tuple(one for one in reversed(stretches) if one.end == end),
        )
        for start, end in pairwise(sorted({0, len(text)} | edges))
    )


def _stretches(findings: tuple[Finding, ...], length: int) -> tuple[Stretch, ...]:
    """Return each marked range once, by its start and the longest first."""
    numbers: dict[tuple[int, int], list[int]] = {}
    for i, finding in enumerate(findings, start=1):
        for place in dict.fromkeys((span.start, min(span.end, length)) for span in finding.spans):
            numbers.setdefault(place, []).append(i)
    return tuple(
        Stretch(start, end, tuple(found), worst(tuple(findings[i - 1].verdict for i in found)))
        for (start, end), found in sorted(
            numbers.items(), key=lambda item: (item[0][0], -item[0][1])
        )
        if start < end
    )
