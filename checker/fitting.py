"""Fits the heads of the learned reader: on what an encoder and the rules made of labelled drafts.

The drafts themselves are not needed: their logits, marks and labels are, which are shipped for the
drafts that the encoder never read, so that heads can be fitted anew with local examples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn import config_context
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.multiclass import OneVsRestClassifier

from checker.draft import Account
from checker.features import Marks
from checker.heads import Heads, features
from checker.verdict import Category, Verdict

Array = np.ndarray[Any, Any]

# Made by `python -m model train`, or alone by `python -m model material`.
FILE = Path(__file__).parent / "preview" / "held-out.npz"
# Among 0.003, 0.01, 0.03 and 0.1 on held-out voices, marks beside logits did best here.
VERDICT_C, CATEGORY_C = 0.02, 0.02
# Few columns and many drafts: four steps reach what lbfgs comes near in two hundred and fifty.
SOLVER = "newton-cholesky"
FOLDS = 6
ACCOUNTS = tuple(Account)


@dataclass(frozen=True, slots=True)
class Samples:
    """Labelled drafts as the heads see them, row by row; no words of them.

    `verdicts` are severities, `categories` has a column for each with 1 where it applies, `groups`
    are numbers of voices and `weights` say how much each counts.
    """

    logits: Array = field(repr=False)
    marks: tuple[Marks, ...] = field(repr=False)
    verdicts: Array = field(repr=False)
    categories: Array = field(repr=False)
    groups: Array = field(repr=False)
    accounts: tuple[Account, ...] = field(repr=False)
    weights: Array = field(repr=False)

    def part(self, rows: Sequence[int] | Array) -> Samples:
        """Return the given rows."""
        return Samples(
            self.logits[rows],
            tuple(self.marks[row] for row in rows),
            self.verdicts[rows],
            self.categories[rows],
            self.groups[rows],
            tuple(self.accounts[row] for row in rows),
            self.weights[rows],
        )

    def adding(self, other: Samples) -> Samples:
        """Return these rows and then those of `other`, whose groups become groups of their own."""
        beyond = int(self.groups.max(initial=-1)) + 1
        return Samples(
            np.concatenate([self.logits, other.logits]),
            (*self.marks, *other.marks),
            np.concatenate([self.verdicts, other.verdicts]),
            np.concatenate([self.categories, other.categories]),
            np.concatenate([self.groups, other.groups + beyond]),
            (*self.accounts, *other.accounts),
            np.concatenate([self.weights, other.weights]),
        )


@dataclass(frozen=True, slots=True)
class Fitted:
    """The heads that were fitted, as scikit-learn has them."""

    marks: DictVectorizer
    verdict_head: LogisticRegression
    category_head: OneVsRestClassifier

    def beside(self, heads: Heads) -> Heads:
        """Return these with the labelled drafts of `heads`, which are shown as likest."""
        return Heads(self.marks, self.verdict_head, self.category_head, heads.vectors, heads.drafts)


def fit(samples: Samples) -> Fitted:
    """Return the heads fitted on `samples`."""
    marks, columns = _columns(samples)
    # Only with this does one classifier hand weights on to those within it.
    with config_context(enable_metadata_routing=True):
        one = LogisticRegression(C=CATEGORY_C, solver=SOLVER).set_fit_request(sample_weight=True)
        categories = OneVsRestClassifier(one)
        categories.fit(columns, samples.categories, sample_weight=samples.weights)
    return Fitted(marks, _fit_verdicts(columns, samples), categories)


def fit_verdicts(learn: Samples, asked: Samples) -> Array:
    """Return the probabilities of each verdict for `asked`, by a head fitted on `learn`."""
    marks, columns = _columns(learn)
    head = _fit_verdicts(columns, learn)
    found: Array = head.predict_proba(features(marks, asked.logits, asked.marks))
    return found


def cut_by_voice(samples: Samples) -> Iterator[tuple[Array, Array]]:
    """Yield rows to learn from and to measure on; no group of drafts stands on both sides."""
    rows = np.arange(len(samples.groups))
    parts = min(FOLDS, len(set(samples.groups.tolist())))
    yield from GroupKFold(parts).split(rows, groups=samples.groups)


def _columns(samples: Samples) -> tuple[DictVectorizer, Array]:
    marks = DictVectorizer(sparse=False).fit(samples.marks)
    return marks, features(marks, samples.logits, samples.marks)


def _fit_verdicts(columns: Array, samples: Samples) -> LogisticRegression:
    head = LogisticRegression(C=VERDICT_C, solver=SOLVER)
    return head.fit(columns, samples.verdicts, sample_weight=samples.weights)


def save_fitted(fitted: Fitted, path: Path) -> None:
    """Write fitted heads as plain numbers: a file that can hold no code."""
    heads = (fitted.verdict_head, *fitted.category_head.estimators_)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            names=np.array(fitted.marks.feature_names_),
            weights=np.vstack([one.coef_ for one in heads]),
            biases=np.concatenate([one.intercept_ for one in heads]),
        )


def load_fitted(path: Path) -> Fitted:
    """Return the heads that `save_fitted` wrote, for giving chances and not for more fitting.

    Raises `OSError`, `ValueError` or `KeyError` for a file that is missing or of another kind.
    """
    with np.load(path, allow_pickle=False) as stored:
        names, weights, biases = (stored[name] for name in ("names", "weights", "biases"))
    marks = DictVectorizer(sparse=False).fit([dict.fromkeys(names.tolist(), 1.0)])
    if weights.shape[0] != len(Verdict) + len(Category) or len(biases) != len(weights):
        raise ValueError("the file has other labels than this Postcheck")
    cut = len(Verdict)
    categories = OneVsRestClassifier(LogisticRegression())
    rows = range(cut, len(weights))
    categories.estimators_ = [_restored(weights[at : at + 1], biases[at : at + 1]) for at in rows]
    return Fitted(marks, _restored(weights[:cut], biases[:cut]), categories)


def _restored(weights: Array, biases: Array) -> LogisticRegression:
    head = LogisticRegression()
    head.coef_, head.intercept_ = weights, biases
    return head


def save_samples(samples: Samples, about: Mapping[str, str], path: Path = FILE) -> None:
    """Write `samples` into one small file; `about` says what made them, under names of its own."""
    names = sorted({name for marks in samples.marks for name in marks})
    column = {name: at for at, name in enumerate(names)}
    flat = [(column[name], value) for marks in samples.marks for name, value in marks.items()]
    np.savez_compressed(
        path,
        about=np.array(json.dumps(dict(about))),
        names=np.array(names),
        counts=np.array([len(marks) for marks in samples.marks], np.uint16),
        columns=np.array([at for at, _ in flat], np.uint16),
        values=np.array([value for _, value in flat], np.float16),
        logits=samples.logits.astype(np.float16),
        verdicts=samples.verdicts.astype(np.uint8),
        categories=samples.categories.astype(np.uint8),
        groups=samples.groups.astype(np.uint16),
        accounts=np.array([ACCOUNTS.index(one) for one in samples.accounts], np.uint8),
    )


def load_samples(path: Path = FILE) -> tuple[Samples, dict[str, str]]:
    """Return the samples in a file, each with the weight 1, and what made them.

    Raises `OSError`, `ValueError` or `KeyError` for a file that is missing or of another kind.
    """
    with np.load(path, allow_pickle=False) as stored:
        kept = {name: stored[name] for name in stored.files}
    names = kept["names"].tolist()
    pairs = iter(zip(kept["columns"].tolist(), kept["values"].tolist(), strict=True))
    marks = tuple(
        {names[at]: value for at, value in (next(pairs) for _ in range(count))}
        for count in kept["counts"].tolist()
    )
    samples = Samples(
        kept["logits"].astype(np.float64),
        marks,
        kept["verdicts"].astype(np.int64),
        kept["categories"].astype(np.int64),
        kept["groups"].astype(np.int64),
        tuple(ACCOUNTS[at] for at in kept["accounts"].tolist()),
        np.ones(len(marks)),
    )
    if samples.categories.shape[1] != len(Category) or samples.verdicts.max() >= len(Verdict):
        raise ValueError("the file has other labels than this Postcheck")
    return samples, json.loads(str(kept["about"]))
