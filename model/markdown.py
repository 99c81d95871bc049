"""How figures are written in pages: Markdown tables, percentages and points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill

from model.confusion import Share

NONE = "–"
WIDTH = 110


def join(blocks: Iterable[str]) -> str:
    """Return blocks as one page: prose broken into lines, the rest as it stands."""
    return "\n\n".join(map(_broken, blocks)) + "\n"


def _broken(block: str) -> str:
    if block.startswith(("|", "#", "![", "- ", "```")):
        return block
    return fill(block, WIDTH, break_long_words=False, break_on_hyphens=False)


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table, its columns after the first aligned right."""
    rule = ["---", *["---:"] * (len(heading) - 1)]
    lines = [heading, rule, *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def percent(value: float | None) -> str:
    """Return a share from 0 to 1 in per cent, or a dash for None."""
    return NONE if value is None else f"{value:.1%}".replace("%", " %")


def with_interval(share: Share | None) -> str:
    """Return a share in per cent with its interval, where it has one; a dash for None."""
    if share is None or share.value is None:
        return NONE
    if share.low is None or share.high is None:
        return percent(share.value)
    return f"{percent(share.value)} ({100 * share.low:.1f}–{100 * share.high:.1f})"


def difference(now: float | None, before: float | None) -> str:
    """Return by how many percentage points one share lies above another, with its sign."""
    return NONE if now is None or before is None else signed(100 * (now - before))


def signed(points: float) -> str:
    """Return percentage points with their sign, a true minus included."""
    rounded = round(points, 1) + 0.0
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"
