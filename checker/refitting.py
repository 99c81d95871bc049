"""Fits the heads anew with local examples, and measures them before and after by whole voices."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from checker.draft import Account, Draft
from checker.engine import Checker
from checker.errors import ClassifierError
from checker.features import count_marks
from checker.fitting import Fitted, Samples, cut_by_voice, fit, fit_verdicts
from checker.judge import Thresholds
from checker.verdict import Category, Verdict

Array = np.ndarray[Any, Any]
Progress = Callable[[int, int], object]

# A local example counts as five drafts of ours, but all of them together as no more than a quarter.
WEIGHT, MOST = 5.0, 0.25


@dataclass(frozen=True, slots=True)
class Taught:
    """A local example: a draft with its labels."""

    draft: Draft = field(repr=False)
    verdict: Verdict
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How the reader alone judges held-out drafts, and local examples that it was not taught.

    `right` of `local` examples get the verdict that managers gave them.
    """

    breaches: int
    caught: int
    stops: int
    stops_missed: int
    fine: int
    flagged: int
    local: int
    right: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of fitting: the figures before and after, and the heads."""

    before: Figures
    after: Figures
    fitted: Fitted


def read_taught(one: Checker, taught: Sequence[Taught]) -> Samples:
    """Return local examples as the heads see them; each is a voice of its own.

    Raises `ClassifierError` where there is no learned reader.
    """
    if one.classifier is None:
        raise ClassifierError("There is no learned reader that could be retrained.")
    with one.reader.alone():
        gathered = one.gather([each.draft for each in taught])
        logits = [evidence.encoded.logits for evidence, _ in gathered if evidence.encoded]
        marks = tuple(count_marks(*pair) for pair in gathered)
    return Samples(
        logits=np.array(logits, np.float64),
        marks=marks,
        verdicts=np.array([each.verdict.severity for each in taught]),
        categories=np.array([[int(c in each.categories) for c in Category] for each in taught]),
        groups=np.arange(len(taught)),
        accounts=tuple(each.draft.account for each in taught),
        weights=np.full(len(taught), WEIGHT),
    )


def refit(
    shipped: Samples,
    local: Samples,
    thresholds: Mapping[Account, Thresholds],
    folder: Path,
    progress: Progress,
) -> Compared:
    """Return the heads fitted on `shipped` and `local` together, with figures before and after.

    No fold is measured by heads that learned from one of its voices. What each fold gave is kept in
    `folder`, so that a run that was stopped goes on there; `progress` may raise to stop it.
    """
    light = min(WEIGHT, MOST * len(shipped.groups) / len(local.groups))
    both = shipped.adding(_weighing(local, light))
    count = len(shipped.groups)
    parts = list(cut_by_voice(both))
    of = 2 * len(parts) + 1
    found = np.zeros((2, len(both.groups), len(Verdict)))
    for done, (way, learn, test) in enumerate(_steps(parts, count)):
        progress(done, of)
        found[way, test] = _kept(folder, both.part(learn), both.part(test))
    progress(of - 1, of)
    fitted = fit(both)
    before, after = (_measure(both, each, thresholds, count) for each in found)
    progress(of, of)
    return Compared(before, after, fitted)


def _weighing(samples: Samples, weight: float) -> Samples:
    return Samples(
        samples.logits,
        samples.marks,
        samples.verdicts,
        samples.categories,
        samples.groups,
        samples.accounts,
        np.full(len(samples.groups), weight),
    )


def _steps(parts: Sequence[tuple[Array, Array]], count: int) -> Iterator[tuple[int, Array, Array]]:
    """Yield for each fold the rows to learn from without the local ones, and then with them."""
    for learn, test in parts:
        yield 0, learn[learn < count], test
        yield 1, learn, test


def _kept(folder: Path, learn: Samples, test: Samples) -> Array:
    """Return the chances of a fold, from `folder` where they are known."""
    path = folder / f"{_key(learn, test)}.npy"
    if path.exists():
        known: Array = np.load(path, allow_pickle=False)
        return known
    found = fit_verdicts(learn, test)
    folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    with beside.open("wb") as file:
        np.save(file, found, allow_pickle=False)
    beside.replace(path)
    return found


def _key(*samples: Samples) -> str:
    digest = hashlib.sha256()
    for one in samples:
        for part in (one.logits, one.verdicts, one.weights):
            digest.update(np.ascontiguousarray(part, np.float64).tobytes())
        digest.update(repr(one.marks).encode())
    return digest.hexdigest()[:16]


def _measure(
    samples: Samples, chances: Array, thresholds: Mapping[Account, Thresholds], count: int
) -> Figures:
    """Return the figures of the first `count` rows, and of the local ones behind them.

    Verdicts alone are fitted here, so that a review of which no category is likely counts as
    raised, before and after; the judge lets it go (`checker/judge.py`).
    """
    at = [thresholds[account] for account in samples.accounts]
    is_raised = 1 - chances[:, 0] >= [one.raise_review for one in at]
    is_stop = chances[:, 2] >= [one.raise_stop for one in at]
    got = np.where(is_raised, np.where(is_stop, 2, 1), 0)
    wanted = samples.verdicts
    ours, theirs = got[:count], wanted[:count]
    return Figures(
        breaches=int(np.sum(theirs > 0)),
        caught=int(np.sum((theirs > 0) & (ours > 0))),
        stops=int(np.sum(theirs == 2)),
        stops_missed=int(np.sum((theirs == 2) & (ours == 0))),
        fine=int(np.sum(theirs == 0)),
        flagged=int(np.sum((theirs == 0) & (ours > 0))),
        local=len(got) - count,
        right=int(np.sum(got[count:] == wanted[count:])),
    )
