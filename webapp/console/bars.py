"""Bars for a chart that is drawn as SVG on the server: where they stand and how high."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
LEFT, BOTTOM, TOP = 44, 26, 14
GAP = 0.25
LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or where one would stand: `number` is None where it is not shown."""

    label: str
    number: int | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the chart at a round number."""

    number: int
    y: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of weeks with a title, and in `told` what it shows in a sentence."""

    id: str
    title: str
    told: str
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def base(self) -> float:
        """Return how far down the bars stand."""
        return self.height - BOTTOM


def draw(id: str, title: str, weeks: Sequence[dt.date], numbers: Sequence[int | None]) -> Bars:
    """Return the chart of a number for each week; None leaves the week out."""
    shown = [number for number in numbers if number is not None]
    step = _round_up(max(shown, default=0) / LINES)
    tall = (HEIGHT - BOTTOM - TOP) / (step * LINES)
    wide = (WIDTH - LEFT) / max(len(weeks), 1)
    bars = tuple(
        Bar(
            label=f"{week:%-d %b}",
            number=number,
            x=round(LEFT + wide * (at + GAP / 2), 1),
            y=round(HEIGHT - BOTTOM - tall * (number or 0), 1),
            width=round(wide * (1 - GAP), 1),
            height=round(tall * (number or 0), 1),
        )
        for at, (week, number) in enumerate(zip(weeks, numbers, strict=True))
    )
    lines = tuple(
        Line(step * at, round(HEIGHT - BOTTOM - tall * step * at, 1)) for at in range(LINES + 1)
    )
    return Bars(id, title, _told(weeks, numbers, shown), bars, lines)


def _round_up(number: float) -> int:
    """Return the next of 1, 2, 3, 5, 10, 20, 30, 50 and so on."""
    step = 1
    while True:
        for times in (1, 2, 3, 5):
            if step * times >= number:
                return step * times
        step *= 10


def _told(weeks: Sequence[dt.date], numbers: Sequence[int | None], shown: Sequence[int]) -> str:
    if not shown:
        return "No week has a number that can be shown."
    most = max(shown)
    week = weeks[list(numbers).index(most)]
    hidden = len(numbers) - len(shown)
    left_out = f" {hidden} of {len(numbers)} weeks are not shown." if hidden else ""
    if len(shown) == 1:
        return f"{most} in the week of {week:%-d %B}.{left_out}"
    return f"From {min(shown)} to {most} a week; the most in the week of {week:%-d %B}.{left_out}"
