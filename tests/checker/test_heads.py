"""One matrix product gives what scikit-learn's fourteen models give."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from checker.finding import Similar
from checker.heads import Decision, Heads, Neighbours, pack
from checker.verdict import Category, Verdict


@pytest.fixture(scope="module")
def heads() -> Heads:
    """Return heads fitted on chance: what they say means nothing, only that they agree."""
    chance = np.random.default_rng(7)
    marks = DictVectorizer(sparse=False).fit([{"clue:health.illness": 1.0, "length": 0.5}])
    features = chance.normal(size=(400, 18))
    verdicts = LogisticRegression().fit(features, chance.integers(0, 3, 400))
    categories = OneVsRestClassifier(LogisticRegression())
    categories.fit(features, chance.integers(0, 2, (400, len(Category))))
    vectors = np.eye(4, 6)
    drafts = tuple(Similar(f"draft {at}", Verdict.OK, "") for at in range(4))
    return Heads(marks, verdicts, categories, pack(vectors), drafts)


def test_the_decision_agrees_with_scikit_learn(heads: Heads) -> None:
    logits = np.random.default_rng(8).normal(size=(5, 16))
    features = heads.features(logits, [{"length": 0.3}] * 5)
    verdicts, categories = Decision(heads).probabilities(features)
    assert verdicts == pytest.approx(heads.verdict_head.predict_proba(features))
    assert categories == pytest.approx(heads.category_head.predict_proba(features))


def test_marks_that_training_never_saw_are_left_out(heads: Heads) -> None:
    logits = np.zeros((1, 16))
    (row,) = heads.features(logits, [{"length": 0.3, "rule:new.rule": 1.0}])
    assert row.tolist() == [0.0] * 17 + [pytest.approx(0.3)]


def test_marks_stand_in_the_columns_that_scikit_learn_gives_them(heads: Heads) -> None:
    marks = [{"length": 0.3, "clue:health.illness": 2.0}, {}, {"clue:health.illness": 1.0}]
    rows = heads.features(np.zeros((3, 16)), marks)
    assert rows[:, 16:].tolist() == heads.marks.transform(marks).tolist()


def test_the_nearest_draft_comes_first(heads: Heads) -> None:
    near = Neighbours(heads).nearest(np.array([0.0, 0.5, 0.8, 0.0, 0.0, 0.0]), 2)
    assert [one.text for one in near] == ["draft 2", "draft 1"]


def test_vectors_survive_packing() -> None:
    vectors = np.array([[0.5, -0.5, 0.25, 0.0]])
    assert pack(vectors).tolist() == [[127, -127, 64, 0]]
