"""The chart of strictness as coordinates: breaches caught against false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.console.steps import Step

# Of the drawing, in its own units.
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 20, 56
ROUND = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a step stands in the drawing."""

    x: float
    y: float
    step: Step
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its number."""

    at: float
    number: int


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Everything that the drawing needs; across goes what is flagged, upwards what is caught."""

    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    upwards: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def line(self) -> str:
        """Return the points of the line through all dots, as SVG writes them."""
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)

    @property
    def chosen(self) -> Dot:
        """Return the dot of the step that is chosen."""
        return next(dot for dot in self.dots if dot.is_chosen)


def make_chart(steps: Sequence[Step], chosen: int) -> CurveChart:
    """Return the chart of the `steps` of an account with the step number `chosen` marked."""
    most = max(ROUND, *(-(-step.flagged // ROUND) * ROUND for step in steps))
    least = min(100 - ROUND, *(step.caught // ROUND * ROUND for step in steps))

    def across(flagged: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * flagged / most, 1)

    def upwards(caught: int) -> float:
        return round(
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (caught - least) / (100 - least), 1
        )

    return CurveChart(
        dots=tuple(
            Dot(across(step.flagged), upwards(step.caught), step, step.number == chosen)
            for step in steps
        ),
        across=tuple(Tick(across(number), number) for number in range(0, most + 1, ROUND)),
        upwards=tuple(Tick(upwards(number), number) for number in range(least, 101, ROUND)),
    )
