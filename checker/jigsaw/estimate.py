"""How many people some details fit, from what to what, and what the jigsaw of a draft holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from checker.finding import Mention
from checker.jigsaw.fact import NOT_NARROWING, PLACES, Detail, Fact
from checker.jigsaw.figures import Figures, Vector
from checker.verdict import Verdict

# A detail narrows when it fits one in eight people in Scotland or fewer: a city does, a third of
# life ("pensioner") does not.
NARROW = 1 / 8
# Fewer details than this are no jigsaw.
FEWEST = 2
# Details can go together or exclude each other, by our estimate up to this factor.
TOGETHER = 1.5
# Two standard deviations of a count that chance makes: 95 of 100 lie inside.
CHANCE = 2.0


@dataclass(frozen=True, slots=True)
class Jigsaw:
    """How many people in Scotland the details about one person fit, told in `sentence`.

    `fits` is rounded (`about`) and never below 1, because the person exists; `low` and `high` are
    the range. `drop` is the kind of detail whose leaving out helps most and `without` how many
    would fit then; both are None where leaving out one does not help.
    """

    fits: int
    low: int
    high: int
    person: Mention = field(repr=False)
    details: tuple[Detail, ...]
    drop: Fact | None
    without: int | None
    sentence: str = field(repr=False)

    @property
    def level(self) -> Verdict:
        """Return what the labelling guide says of such details; the judge does not ask yet.

        One that it counts is review, two are stop, and one is stop where one person is left.
        """
        counted = sum(detail.counted for detail in self.details)
        if counted >= FEWEST or (counted and self.fits == 1):
            return Verdict.STOP
        return Verdict.REVIEW if counted else Verdict.OK


def narrowing(details: Iterable[Detail], figures: Figures) -> tuple[Detail, ...]:
    """Return the details that set a person apart: not their sex, nor what many share."""
    most = NARROW * figures.people
    return tuple(
        one for one in details if one.fact not in NOT_NARROWING and figures.count(one.share) <= most
    )


def count(details: Sequence[Detail], figures: Figures) -> float:
    """Return how many people in Scotland all of `details` fit; can be far below 1.

    Of places inside each other, and of ages, the smallest counts; the rest are multiplied. What a
    named house holds is what it holds, whichever town and kind of care are said beside it.
    """
    everyone = figures.everyone(1.0)
    places = _smallest([one.share for one in details if one.fact in PLACES], everyone)
    care = _product([one.share for one in details if one.fact is Fact.CARE], everyone)
    houses = [one.share for one in details if one.fact is Fact.PREMISES]
    where = _smallest([_product([places, care], everyone), *houses], everyone)
    ages = _smallest([one.share for one in details if one.fact is Fact.AGE], everyone)
    apart = PLACES | {Fact.CARE, Fact.PREMISES, Fact.AGE}
    rest = [_beside(one, details, figures) for one in details if one.fact not in apart]
    return figures.count(_product([where, ages, *rest], everyone))


def _beside(detail: Detail, details: Sequence[Detail], figures: Figures) -> Vector:
    """Return the share of `detail` among people with the others, where a figure is known."""
    keys = ((detail.key, other.key) for other in details)
    return next((figures.within[key] for key in keys if key in figures.within), detail.share)


def _smallest(vectors: Sequence[Vector], start: Vector) -> Vector:
    return tuple(map(min, zip(start, *vectors, strict=True)))


def _product(vectors: Sequence[Vector], start: Vector) -> Vector:
    return tuple(map(math.prod, zip(start, *vectors, strict=True)))


def bounds(expected: float, details: Sequence[Detail]) -> tuple[float, float]:
    """Return the range of a count: what the figures may be out by, and then chance on top."""
    factors = [one.spread for one in details] + [TOGETHER] * (len(details) > 1)
    out = math.exp(math.sqrt(sum(math.log(factor) ** 2 for factor in factors)))
    low, high = expected / out, expected * out
    return low - CHANCE * math.sqrt(low), high + CHANCE * math.sqrt(high)


def about(number: float) -> int:
    """Return a number as roughly as it is known: whole to ten, then one figure; 1 at least."""
    if number < 10:
        return max(1, math.floor(number + 0.5))
    step = int(10 ** math.floor(math.log10(number)))
    return step * math.floor(number / step + 0.5)


def best_to_drop(details: Sequence[Detail], figures: Figures) -> tuple[Fact, int] | None:
    """Return the kind of detail without which most people fit, and how many, rounded.

    None where leaving out any one kind leaves the rounded number as it is.
    """
    options = {
        fact: about(count([one for one in details if one.fact is not fact], figures))
        for fact in dict.fromkeys(one.fact for one in details)
        if fact not in NOT_NARROWING
    }
    best = max(options, key=lambda fact: options[fact])
    helps = options[best] > about(count(details, figures))
    return (best, options[best]) if helps else None
