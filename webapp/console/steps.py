"""Strictness in steps from mild to strict: what each would catch and flag, in words and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.preview.curve import FACTORS, Strictness

# As people count: the first step is 1.
AS_SHIPPED = FACTORS.index(1.0) + 1
LAST = len(FACTORS)


@dataclass(frozen=True, slots=True)
class Step:
    """One step for one account, with shares of a hundred as people say them."""

    number: int
    flagged: int
    caught: int
    stops_missed: int

    @property
    def missed(self) -> int:
        """Return how many of a hundred breaches would be missed."""
        return 100 - self.caught

    @property
    def sentence(self) -> str:
        """Return in plain words what choosing this means."""
        return (
            f"Of 100 posts that are fine, about {self.flagged} would be flagged. "
            f"Of 100 breaches, about {self.missed} would be missed."
        )


def factor_of(step: int) -> float:
    """Return the factor on the odds that `step` stands for."""
    return FACTORS[step - 1]


def make_steps(measured: Sequence[Strictness]) -> tuple[Step, ...]:
    """Return the steps of an account from what was measured at each."""
    return tuple(
        Step(
            number,
            flagged=_of_100(one.flagged, one.fine),
            caught=_of_100(one.caught, one.breaches),
            stops_missed=_of_100(one.stops_missed, one.stops),
        )
        for number, one in enumerate(measured, 1)
    )


def _of_100(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
