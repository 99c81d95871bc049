"""The figures of each kind of draft apart, and whether some kinds are flagged unfairly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from checker.verdict import Verdict
from model.answers import Answer
from model.confusion import Share
from model.coverage import LONG, SHORT
from model.dataset import TRAITS, Labelled
from model.measures import share
from model.sample import Sampled

MIDDLE = 30
LENGTHS = (
    f"under {SHORT} words", f"{SHORT} to {MIDDLE} words", f"{MIDDLE + 1} to {LONG} words",
    f"over {LONG} words",
)  # fmt: skip
# False alarms may differ by this much, in percentage points, between ways of writing.
FAIR = 3.0
# The normal deviate of a 95 % interval.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Slice:
    """The drafts that have `name` on an axis: how many, and the shares of them.

    `right` is the share of right verdicts, `flagged` that of breaches which were not passed,
    `false_alarm` that of fine drafts which were flagged; None where there are none.
    """

    axis: str
    name: str
    count: int
    right: float | None
    flagged: float | None
    false_alarm: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The false alarms of a way of writing beside those of standard English.

    `fine` counts its drafts labelled ok, `rate` is the share of them that was flagged; `points`
    is the difference of the rates, with its 95 % interval, in percentage points.
    """

    name: str
    fine: int
    rate: float | None
    standard_fine: int
    standard_rate: float | None
    points: Share

    @property
    def is_fair(self) -> bool | None:
        """Tell whether the rates lie within three points; None where one of them is missing."""
        return None if self.points.value is None else abs(self.points.value) <= FAIR

    @property
    def is_sure(self) -> bool:
        """Tell whether the whole interval lies on the same side of three points as the gap."""
        low, high = self.points.low, self.points.high
        if low is None or high is None:
            return False
        return max(abs(low), abs(high)) <= FAIR or low > FAIR or high < -FAIR


def length(labelled: Labelled) -> str:
    """Return which of `LENGTHS` a draft has."""
    return LENGTHS[sum(labelled.words > most for most in (SHORT - 1, MIDDLE, LONG))]


# The names that a draft has on each axis. A draft without any is left out of that axis.
AXES: Mapping[str, Callable[[Sampled], Iterable[str]]] = {
    "account": lambda one: (str(one.labelled.draft.account),),
    "sector": lambda one: (one.labelled.sector,),
    "length": lambda one: (length(one.labelled),),
    "language": lambda one: (one.labelled.language,),
    "function": lambda one: (one.function,),
    "trait": lambda one: one.labelled.traits,
    "file": lambda one: (one.file,),
}
ORDERED = (*LENGTHS, *TRAITS)


def slices(sample: Sequence[Sampled], answers: Sequence[Answer]) -> tuple[Slice, ...]:
    """Return the figures of every slice, axis by axis."""
    return tuple(
        _slice(axis, name, rows)
        for axis, names in AXES.items()
        for name, rows in _grouped(sample, answers, names)
    )


Row = tuple[Labelled, Answer]


def _grouped(
    sample: Sequence[Sampled],
    answers: Sequence[Answer],
    names: Callable[[Sampled], Iterable[str]],
) -> list[tuple[str, list[Row]]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for one, answer in zip(sample, answers, strict=True):
        for name in filter(None, names(one)):
            rows[name].append((one.labelled, answer))
    return sorted(rows.items(), key=lambda item: (_place(item[0]), item[0]))


def _place(name: str) -> int:
    return ORDERED.index(name) if name in ORDERED else 0


def _slice(axis: str, name: str, rows: Sequence[Row]) -> Slice:
    fine = [answer for one, answer in rows if one.verdict is Verdict.OK]
    breaches = [answer for one, answer in rows if one.verdict is not Verdict.OK]
    right = sum(one.verdict is answer.verdict for one, answer in rows)
    return Slice(axis, name, len(rows), share(right, len(rows)), _flagged(breaches), _flagged(fine))


def _flagged(answers: Sequence[Answer]) -> float | None:
    return share(sum(one.verdict is not Verdict.OK for one in answers), len(answers))


# Drafts in standard English are those that no group here takes.
GROUPS: Mapping[str, Callable[[Labelled], bool]] = {
    "dialect": lambda one: "dialect" in one.traits,
    "textspeak": lambda one: "textspeak" in one.traits,
    "another language": lambda one: one.language != "en",
}


def fairness(drafts: Sequence[Labelled], answers: Sequence[Answer]) -> tuple[Gap, ...]:
    """Return how far each group's false alarms lie from those of standard English."""
    fine = [
        (one, answer.verdict is not Verdict.OK)
        for one, answer in zip(drafts, answers, strict=True)
        if one.verdict is Verdict.OK
    ]
    standard = [
        flagged for one, flagged in fine if not any(is_in(one) for is_in in GROUPS.values())
    ]
    return tuple(
        _gap(name, [flagged for one, flagged in fine if is_in(one)], standard)
        for name, is_in in GROUPS.items()
    )


def _gap(name: str, group: Sequence[bool], standard: Sequence[bool]) -> Gap:
    rate, beside = share(sum(group), len(group)), share(sum(standard), len(standard))
    points = _points(group, standard) if group and standard else Share(None)
    return Gap(name, len(group), rate, len(standard), beside, points)


def _points(group: Sequence[bool], standard: Sequence[bool]) -> Share:
    """Return how many points the rate of `group` lies above that of `standard`.

    The 95 % interval is Newcombe's: drawing again would give none where no draft, or every one, is
    flagged, as happens in small groups. Source: R. G. Newcombe, Statistics in Medicine 17 (1998)
    873–890, method 10.
    """
    one, other = sum(group) / len(group), sum(standard) / len(standard)
    low, high = _wilson(one, len(group))
    other_low, other_high = _wilson(other, len(standard))
    points = one - other
    ends = (
        points - hypot(one - low, other_high - other),
        points + hypot(high - one, other - other_low),
    )
    return Share(*(round(100 * value, 2) for value in (points, *ends)))


def _wilson(rate: float, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a rate among `count`."""
    middle = rate + Z * Z / (2 * count)
    half = Z * sqrt(rate * (1 - rate) / count + Z * Z / (4 * count * count))
    whole = 1 + Z * Z / count
    return (middle - half) / whole, (middle + half) / whole
