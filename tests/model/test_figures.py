"""Figures worked out by hand, and thresholds that keep to their cap."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from checker.draft import Account
from checker.gazetteers import load_names
from checker.judge import Thresholds
from checker.verdict import Category, Verdict
from model.augment import Augmenter
from model.dataset import Labelled, Quote
from model.figures import shares
from model.heads import MOST_FALSE_ALARMS, choose_thresholds, decide

Make = Callable[..., Labelled]


def test_shares_by_hand() -> None:
    wanted = np.array([0, 0, 0, 0, 1, 1, 2, 2])
    got = np.array([0, 0, 1, 2, 1, 0, 2, 0])
    found = shares(wanted, got)
    assert found["flagged"] == 0.5
    assert found["missed stop"] == 0.5
    assert found["stop recall"] == 0.5
    assert found["false alarm"] == 0.5
    assert found["false stop"] == 0.25


def test_a_stop_is_a_breach_first(labelled: Make) -> None:
    verdicts = np.array([[0.8, 0.0, 0.2], [0.4, 0.5, 0.1], [0.1, 0.1, 0.8]])
    at = dict.fromkeys(Account, Thresholds(raise_review=0.5, raise_stop=0.15))
    drafts, named = [labelled(Verdict.OK)] * 3, np.full((3, len(Category)), 0.5)
    assert decide(drafts, verdicts, named, at).tolist() == [0, 1, 2]
    # A review of which no category is likely is none; a stop stays one.
    assert decide(drafts, verdicts, named / 4, at).tolist() == [0, 0, 2]


def test_thresholds_keep_false_alarms_under_the_cap(labelled: Make) -> None:
    chance = np.random.default_rng(1)
    drafts = [labelled(random.Random(n).choice(tuple(Verdict))) for n in range(400)]
    wanted = np.array([one.verdict.severity for one in drafts])
    lean = np.eye(3)[wanted] + chance.random((400, 3))
    verdicts = lean / lean.sum(1, keepdims=True)
    at = choose_thresholds(drafts, verdicts)[Account.PERSONAL]
    alarms = np.mean(1 - verdicts[wanted == 0, 0] >= at.raise_review)
    assert alarms <= MOST_FALSE_ALARMS


@pytest.mark.parametrize("seed", range(8))
def test_variations_keep_their_quotes(seed: int, labelled: Make) -> None:
    text = "Our Callum, wee Callum's mum and Senga were in. What a night, eh!"
    quotes = (Quote(4, 10, "Callum", "supported"), Quote(33, 38, "Senga", "colleague"))
    made = Augmenter(load_names(), seed).vary(labelled(Verdict.STOP, text, quotes))
    assert [made.text[one.start : one.end] for one in made.people] == [
        one.quote for one in made.people
    ]
