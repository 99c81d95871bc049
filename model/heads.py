"""Fits the scikit-learn heads on held-out drafts, and chooses the thresholds by their cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from checker.draft import Account
from checker.features import Marks
from checker.finding import Similar
from checker.fitting import Samples, cut_by_voice, fit
from checker.heads import Heads, pack
from checker.judge import NAMED_FROM, Thresholds
from checker.verdict import Category, Verdict
from model.dataset import Labelled

Array = np.ndarray[Any, Any]

# A missed stop costs twenty false alarms; a missed review three, since it may do harm too;
# review and stop mistaken for each other one, though the author is warned either way.
MISSED_STOP, MISSED_REVIEW, MIXED_UP = 20.0, 3.0, 1.0
# Whatever the costs, no more than this share of fine drafts may be flagged: a tool that cries
# wolf is ignored, and then misses everything. Chosen beside 8 to 13 %: docs/the-model.md.
MOST_FALSE_ALARMS = 0.12
# Below this share of the threshold the reader is sure enough to let a likely rule go. With half of
# it instead, one fine draft more in a thousand is flagged, and no breach more.
CLEAR = 2 / 3
GRID = np.arange(0.04, 0.96, 0.01)
# With fewer fine drafts of an account than this, the thresholds of all drafts serve it too.
FEWEST = 100


@dataclass(frozen=True, slots=True)
class Material:
    """Held-out drafts with what the heads look at, row by row."""

    drafts: tuple[Labelled, ...]
    logits: Array = field(repr=False)
    marks: tuple[Marks, ...] = field(repr=False)

    def part(self, rows: Sequence[int] | Array) -> Material:
        """Return the given rows."""
        return Material(
            tuple(self.drafts[row] for row in rows),
            self.logits[rows],
            tuple(self.marks[row] for row in rows),
        )


def fit_heads(material: Material, known: Sequence[Labelled], vectors: Array) -> Heads:
    """Return the heads fitted on `material`, with the `known` drafts and their `vectors`."""
    fitted = fit(samples_of(material))
    similar = tuple(Similar(one.draft.text, one.verdict, one.note) for one in known)
    return Heads(fitted.marks, fitted.verdict_head, fitted.category_head, pack(vectors), similar)


def samples_of(material: Material) -> Samples:
    """Return `material` without the words of the drafts, voices as numbers."""
    voices = sorted({one.voice for one in material.drafts})
    return Samples(
        logits=material.logits,
        marks=material.marks,
        verdicts=verdict_numbers(material.drafts),
        categories=category_matrix(material.drafts),
        groups=np.array([voices.index(one.voice) for one in material.drafts]),
        accounts=tuple(one.draft.account for one in material.drafts),
        weights=np.ones(len(material.drafts)),
    )


def verdict_numbers(drafts: Sequence[Labelled]) -> Array:
    """Return 0 ok, 1 review, 2 stop for each draft."""
    return np.array([one.verdict.severity for one in drafts])


def category_matrix(drafts: Sequence[Labelled]) -> Array:
    """Return one row a draft and one column a category, 1 where it applies."""
    return np.array([[int(c in one.categories) for c in Category] for one in drafts])


def held_out(material: Material) -> tuple[Array, Array]:
    """Return verdict and category probabilities from heads that never saw the draft's voice."""
    verdicts = np.zeros((len(material.drafts), len(Verdict)))
    categories = np.zeros((len(material.drafts), len(Category)))
    for learn, test in cut_by_voice(samples_of(material)):
        heads = fit_heads(material.part(learn), (), np.zeros((0, 1)))
        asked = material.part(test)
        features = heads.features(asked.logits, asked.marks)
        verdicts[test] = heads.verdict_head.predict_proba(features)
        categories[test] = heads.category_head.predict_proba(features)
    return verdicts, categories


def choose_thresholds(drafts: Sequence[Labelled], verdicts: Array) -> dict[Account, Thresholds]:
    """Return for each account the thresholds that cost least on held-out probabilities."""
    wanted = verdict_numbers(drafts)
    found = {}
    for account in Account:
        rows = np.array([one.draft.account is account for one in drafts])
        enough = np.sum(wanted[rows] == 0) >= FEWEST
        found[account] = _cheapest(
            *((wanted[rows], verdicts[rows]) if enough else (wanted, verdicts))
        )
    return found


def _cheapest(wanted: Array, verdicts: Array) -> Thresholds:
    breach, stop = 1 - verdicts[:, 0], verdicts[:, 2]
    fine = wanted == 0
    allowed = [at for at in GRID if np.mean(breach[fine] >= at) <= MOST_FALSE_ALARMS]
    review = min(allowed, key=lambda at: _cost(wanted, breach, stop, at, 0.5))
    highest = min(GRID, key=lambda at: _cost(wanted, breach, stop, review, at))
    return Thresholds(
        raise_review=float(round(review, 2)),
        raise_stop=float(round(highest, 2)),
        clear=float(round(review * CLEAR, 3)),
    )


def decide(
    drafts: Sequence[Labelled], verdicts: Array, categories: Array, at: dict[Account, Thresholds]
) -> Array:
    """Return 0, 1 or 2 for each draft by the thresholds of its account, as the judge does.

    `verdicts` (n, 3) and `categories` (n, 13) are probabilities; a review without a likely category
    is none.
    """
    review_at = np.array([at[one.draft.account].raise_review for one in drafts])
    stop_at = np.array([at[one.draft.account].raise_stop for one in drafts])
    given = _decide(1 - verdicts[:, 0], verdicts[:, 2], review_at, stop_at)
    return np.where((given == 1) & (categories.max(1) < NAMED_FROM), 0, given)


def _decide(breach: Array, stop: Array, review_at: Array, stop_at: Array) -> Array:
    return np.where(breach < review_at, 0, np.where(stop >= stop_at, 2, 1))


def _cost(wanted: Array, breach: Array, stop: Array, review_at: Any, stop_at: Any) -> float:
    got = _decide(breach, stop, review_at, stop_at)
    return float(
        MISSED_STOP * np.sum((wanted == 2) & (got == 0))
        + MISSED_REVIEW * np.sum((wanted == 1) & (got == 0))
        + np.sum((wanted == 0) & (got > 0))
        + np.sum((wanted == 0) & (got == 2))
        + MIXED_UP * np.sum((wanted > 0) & (got > 0) & (wanted != got))
    )
