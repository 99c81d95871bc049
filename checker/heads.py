"""The scikit-learn heads of the learned reader: from an encoder's logits and marks to chances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from checker.features import Marks
from checker.finding import Similar

Array = np.ndarray[Any, Any]

# Vectors are stored as int8: their parts, of a unit vector, lie well within ±1/2.
VECTOR_SCALE = 254.0


@dataclass(frozen=True, slots=True)
class Heads:
    """What training leaves behind beside the encoder.

    `marks` turns named marks into columns; `verdict_head` and `category_head` map logits and
    marks to probabilities, columns in the order of `Verdict` and `Category`. `vectors` holds one
    int8 row for each of `drafts`, the labelled drafts of our own.
    """

    marks: DictVectorizer
    verdict_head: LogisticRegression
    category_head: OneVsRestClassifier
    vectors: Array = field(repr=False)
    drafts: tuple[Similar, ...] = field(repr=False)

    def features(self, logits: Array, marks: Sequence[Marks]) -> Array:
        """Return one row a draft: the encoder's logits, then the marks that training knew."""
        return features(self.marks, logits, marks)


def features(known: DictVectorizer, logits: Array, marks: Sequence[Marks]) -> Array:
    """Return one row a draft: the encoder's logits, then the marks that are `known`."""
    # `known.transform` gives the same (tested), and takes a quarter of a millisecond for one draft.
    columns = known.vocabulary_
    rows = np.zeros((len(marks), len(columns)))
    for row, mark in zip(rows, marks, strict=True):
        for name in mark.keys() & columns.keys():
            row[columns[name]] = mark[name]
    # Twice the width: in single precision the fit never comes to rest.
    return np.hstack([logits.astype(np.float64), rows])


def pack(vectors: Array) -> Array:
    """Return unit vectors as int8 rows."""
    return np.clip(np.rint(vectors * VECTOR_SCALE), -127, 127).astype(np.int8)


class Decision:
    """The fitted heads as one matrix: all sixteen probabilities of a draft in one product.

    scikit-learn checks its input anew for each of fourteen models, at 0.3 ms each; the figures
    are the same (tested).
    """

    def __init__(self, heads: Heads) -> None:
        categories = heads.category_head.estimators_
        rows = [heads.verdict_head.coef_, *(one.coef_ for one in categories)]
        biases = [heads.verdict_head.intercept_, *(one.intercept_ for one in categories)]
        self._weights: Array = np.vstack(rows).T
        self._biases: Array = np.concatenate(biases)
        self._verdicts = len(heads.verdict_head.intercept_)

    def probabilities(self, features: Array) -> tuple[Array, Array]:
        """Return verdict probabilities (rows add up to 1) and category probabilities."""
        scores = features @ self._weights + self._biases
        verdicts = scores[:, : self._verdicts]
        raised = np.exp(verdicts - verdicts.max(1, keepdims=True))
        return raised / raised.sum(1, keepdims=True), 1 / (1 + np.exp(-scores[:, self._verdicts :]))


class Neighbours:
    """Finds the labelled drafts of our own whose meaning is nearest to a draft's."""

    def __init__(self, heads: Heads) -> None:
        # Wide once, when loaded: widening eight thousand rows anew takes longer than the search.
        self._vectors = heads.vectors.astype(np.float32)
        self._drafts = heads.drafts

    def nearest(self, vector: Array, count: int) -> tuple[Similar, ...]:
        """Return the `count` labelled drafts whose meaning is nearest to `vector`, best first."""
        likeness = self._vectors @ vector
        best = np.argpartition(-likeness, count)[:count]
        return tuple(self._drafts[at] for at in best[np.argsort(-likeness[best])])
