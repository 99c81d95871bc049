"""Figures of categories, and of how far the probability of a breach can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.verdict import Category, Verdict
from model.answers import Answer
from model.dataset import Labelled

Array = np.ndarray[Any, Any]

ALL = "all together"
BINS = 10
# Probabilities of a breach from which a draft would be flagged: the curve's points. Closer at the
# ends, where most drafts lie.
CUTS = (0.01, 0.02, *(step / 20 for step in range(1, 20)), 0.98, 0.99)


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """How many drafts carry a category by label and by answer, and how well the two agree.

    Shares run from 0 to 1; None where there is nothing to divide by.
    """

    category: str
    labelled: int
    given: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """The drafts with a probability from `low` up to `high`: how many, its mean, how many breach.

    `breaches` is the share of them that are labelled as a breach.
    """

    low: float
    high: float
    count: int
    mean: float
    breaches: float


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall of breaches if every draft from the probability `cut` on were flagged.

    None where there is nothing to divide by.
    """

    cut: float
    flagged: int
    precision: float | None
    recall: float | None


def category_figures(
    drafts: Sequence[Labelled], answers: Sequence[Answer]
) -> tuple[CategoryFigures, ...]:
    """Return the figures of every category, and last those of all counted together."""
    pairs = [
        (one.categories, answer.categories) for one, answer in zip(drafts, answers, strict=True)
    ]
    counts = {
        str(name): np.array(
            [(name in told, name in got, name in told & got) for told, got in pairs]
        ).sum(0)
        for name in Category
        if pairs
    }
    counts[ALL] = sum(counts.values(), np.zeros(3, dtype=np.int64))
    return tuple(_category(name, *map(int, count)) for name, count in counts.items())


def _category(name: str, labelled: int, given: int, both: int) -> CategoryFigures:
    return CategoryFigures(
        category=name,
        labelled=labelled,
        given=given,
        precision=share(both, given),
        recall=share(both, labelled),
        f1=share(2 * both, labelled + given),
    )


def reliability(
    drafts: Sequence[Labelled], answers: Sequence[Answer], bins: int = BINS
) -> tuple[Bin, ...]:
    """Return the drafts by their probability of a breach, in equal bins, leaving empty ones out."""
    breach, wanted = _probabilities(drafts, answers)
    places = np.minimum((breach * bins).astype(int), bins - 1)
    return tuple(
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            count=int(np.sum(places == place)),
            mean=round(float(breach[places == place].mean()), 4),
            breaches=round(float(wanted[places == place].mean()), 4),
        )
        for place in np.unique(places).tolist()
    )


def calibration_error(bins: Iterable[Bin]) -> float | None:
    """Return the expected calibration error: how far means and shares lie apart, by count."""
    bins = tuple(bins)
    count = sum(one.count for one in bins)
    return share(sum(one.count * abs(one.mean - one.breaches) for one in bins), count)


def curve(drafts: Sequence[Labelled], answers: Sequence[Answer]) -> tuple[Point, ...]:
    """Return precision and recall of the probability of a breach at each of `CUTS`."""
    breach, wanted = _probabilities(drafts, answers)
    return tuple(_point(cut, breach >= cut, wanted) for cut in CUTS)


def _point(cut: float, flagged: Array, wanted: Array) -> Point:
    both = int(np.sum(flagged & wanted))
    count = int(flagged.sum())
    return Point(cut, count, share(both, count), share(both, int(wanted.sum())))


def _probabilities(drafts: Sequence[Labelled], answers: Sequence[Answer]) -> tuple[Array, Array]:
    """Return the probability of a breach and whether there is one, for all that have one."""
    asked = [
        (answer.breach, one.verdict is not Verdict.OK)
        for one, answer in zip(drafts, answers, strict=True)
        if answer.breach is not None
    ]
    return np.array([p for p, _ in asked], dtype=float), np.array([b for _, b in asked], dtype=bool)


def share(part: float, whole: int) -> float | None:
    """Return `part` ÷ `whole` to four places, or None where there is nothing to divide by."""
    return round(part / whole, 4) if whole else None
