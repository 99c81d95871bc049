"""Shares of right and wrong verdicts with their 95 % intervals, from one table of counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.verdict import Verdict
from model.answers import Answer
from model.dataset import Labelled
from model.split import SEED

Array = np.ndarray[Any, Any]

DRAWS = 300
# The ends of a 95 % interval among the draws, in per cent.
ENDS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1 with its 95 % interval; all None where there is no draft to count."""

    value: float | None
    low: float | None = None
    high: float | None = None


def confusion(drafts: Sequence[Labelled], answers: Sequence[Answer]) -> Array:
    """Return how many drafts of each verdict (rows) were given each verdict (columns)."""
    table = np.zeros((len(Verdict), len(Verdict)), dtype=np.int64)
    for one, answer in zip(drafts, answers, strict=True):
        table[one.verdict.severity, answer.verdict.severity] += 1
    return table


def verdict_shares(table: Array) -> dict[str, Share]:
    """Return the shares by which a checker is judged, as `model.figures.shares` defines them.

    The intervals are those of 300 bootstrap draws from one seed. Drawing as many drafts again,
    with replacement, comes to drawing a new table from the shares of its cells.
    """
    count = table.sum()
    found = _shares(table)
    if count == 0:
        return dict.fromkeys(found, Share(None))
    chance = np.random.default_rng(SEED)
    drawn = chance.multinomial(count, table.ravel() / count, DRAWS).reshape(DRAWS, *table.shape)
    spread = _shares(drawn)
    return {name: make_share(float(found[name]), spread[name]) for name in found}


def make_share(value: float, drawn: Array) -> Share:
    """Return `value` with the 95 % interval of the values `drawn`; NaN says that there is none."""
    drawn = drawn[~np.isnan(drawn)]
    if np.isnan(value) or len(drawn) == 0:
        return Share(None)
    low, high = np.percentile(drawn, ENDS)
    return Share(round(value, 4), round(float(low), 4), round(float(high), 4))


def _shares(tables: Array) -> dict[str, Array]:
    """Return each share of one table, or of many: the last two axes are labelled and given."""
    fine, stop = tables[..., 0, :], tables[..., 2, :]
    breach = tables[..., 1, :] + stop
    right = np.diagonal(tables, axis1=-2, axis2=-1)
    either = tables.sum(-1) + tables.sum(-2)
    f1 = np.nansum(_divide(2 * right, either), -1)
    return {
        "flagged": _divide(breach[..., 1:].sum(-1), breach.sum(-1)),
        "missed stop": _divide(stop[..., 0], stop.sum(-1)),
        "stop recall": _divide(stop[..., 2], stop.sum(-1)),
        "false alarm": _divide(fine[..., 1:].sum(-1), fine.sum(-1)),
        "false stop": _divide(fine[..., 2], fine.sum(-1)),
        # Over the verdicts that occur, labelled or given.
        "macro F1": _divide(f1, (either > 0).sum(-1)),
    }


def _divide(part: Array, whole: Array) -> Array:
    """Return `part` ÷ `whole`, NaN where there is nothing to divide by."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    shares: Array = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return shares
