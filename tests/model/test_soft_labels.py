"""Soft labels stay with the draft they were made for, and weigh as much as is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checker.draft import Account
from checker.encoder import NOBODY
from checker.verdict import Category
from model.dataset import Labelled, Quote
from model.soft_labels import (
    TRUST,
    SoftLabel,
    choose_soft_labels,
    key_of,
    load_soft_labels,
    mix,
    write_soft_labels,
)
from model.train import RECIPE, cache_key


def _label(people: int, share: float) -> SoftLabel:
    verdict = np.array([share, 1 - share, 0.0], dtype=np.float32)
    roles = np.full((people, NOBODY + 1), 1 / (NOBODY + 1), dtype=np.float32)
    return SoftLabel(verdict, np.full(len(Category), share, dtype=np.float32), roles)


@pytest.fixture
def two(dataset: tuple[Labelled, ...]) -> tuple[Labelled, Labelled]:
    """Return a draft that speaks of several people and one that speaks of nobody."""
    several = next(one for one in dataset if len(one.people) > 1)
    nobody = next(one for one in dataset if not one.people)
    return several, nobody


def test_soft_labels_come_back_as_they_were_stored(
    two: tuple[Labelled, Labelled], tmp_path: Path
) -> None:
    several, nobody = two
    path = tmp_path / "soft-labels.npz"
    write_soft_labels(
        {key_of(several): _label(len(several.people), 0.25), key_of(nobody): _label(0, 0.75)}, path
    )
    first, second = choose_soft_labels(two, load_soft_labels(path))
    assert first is not None and second is not None
    assert first.verdict.tolist() == [0.25, 0.75, 0.0]
    assert first.roles.shape == (len(several.people), NOBODY + 1)
    assert second.verdict.tolist() == [0.75, 0.25, 0.0]
    assert second.categories.tolist() == [0.75] * len(Category)
    assert second.roles.shape == (0, NOBODY + 1)


def test_without_a_file_there_are_none(two: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    assert choose_soft_labels(two, load_soft_labels(tmp_path / "none.npz")) == [None, None]


def test_a_draft_that_was_changed_loses_its_soft_label(two: tuple[Labelled, Labelled]) -> None:
    one = two[0]
    labels = {key_of(one): _label(len(one.people), 0.5)}
    text = replace(one, draft=replace(one.draft, text=one.draft.text + "!"))
    account = Account.SERVICE if one.draft.account is Account.PERSONAL else Account.PERSONAL
    elsewhere = replace(one, draft=replace(one.draft, account=account))
    fewer = replace(one, people=one.people[:1])
    assert choose_soft_labels([text, elsewhere, fewer], labels) == [None, None, None]


def test_another_verdict_or_role_keeps_it(two: tuple[Labelled, Labelled]) -> None:
    one = two[0]
    labels = {key_of(one): _label(len(one.people), 0.5)}
    people = tuple(Quote(q.start, q.end, q.quote, "other") for q in one.people)
    assert choose_soft_labels([replace(one, people=people)], labels) == [labels[key_of(one)]]


def test_the_teacher_has_its_share_of_what_is_taught() -> None:
    label, soft = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.5, 0.5])
    assert mix(label, soft).tolist() == [1 - TRUST, TRUST / 2, TRUST / 2]
    assert 0 < TRUST < 1


def test_other_soft_labels_are_another_training(
    two: tuple[Labelled, Labelled], tmp_path: Path
) -> None:
    path = tmp_path / "soft-labels.npz"
    before = cache_key(two, beside=(path,))
    write_soft_labels({key_of(two[1]): _label(0, 0.5)}, path)
    assert cache_key(two, beside=(path,)) != before
    assert cache_key(two, beside=()) == before


def test_a_teacher_of_other_drafts_is_another_teacher(two: tuple[Labelled, Labelled]) -> None:
    recipe = (*RECIPE, "teacher")
    both, one = (cache_key(drafts, recipe=recipe, beside=()) for drafts in (two, two[:1]))
    assert both != one
