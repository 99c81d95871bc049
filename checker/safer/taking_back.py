"""From a place in an offered text back to the author's own."""

from __future__ import annotations

from dataclasses import replace

from checker.finding import Span
from checker.safer.change import Safer


def take_back(safer: Safer, span: Span) -> Span | None:
    """Return `span` of the offered text as it stands in the author's; None inside a change."""
    start, end = _back(safer, span.start, is_end=False), _back(safer, span.end, is_end=True)
    if any(one.start <= start and end <= one.end for one in safer.changes) or end <= start:
        return None
    return replace(span, start=start, end=end)


def _back(safer: Safer, at: int, *, is_end: bool) -> int:
    shift = 0
    for one in safer.changes:
        there = one.start + shift
        until = there + len(one.new)
        if at < there or (is_end and at == there):
            break
        if at < until or (is_end and at == until):
            return one.end if is_end else one.start
        shift += len(one.new) - (one.end - one.start)
    return at - shift
