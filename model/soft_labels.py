"""Soft labels: how a larger network, the teacher, judges each training draft, in probabilities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from model import dataset
from model.dataset import Labelled

Array = np.ndarray[Any, Any]

FILE = dataset.FOLDER.parent / "soft-labels.npz"
# How much of what the student is to say comes from the teacher; the rest from the draft's label.
TRUST = 0.5
# In roles the teacher is right no more often than its students, and hardly ever says *self*.
ROLE_TRUST = 0.2


@dataclass(frozen=True, slots=True)
class SoftLabel:
    """What the teacher makes of one draft, as probabilities from 0 to 1.

    `verdict` holds one for each verdict, (3,), and sums to 1; `categories` one for each category,
    (13,), each for itself; `roles` a row for each labelled mention of a person, later mentions of
    the same name at the end, (people, roles and nobody), each row summing to 1.
    """

    verdict: Array
    categories: Array
    roles: Array


def key_of(labelled: Labelled) -> int:
    """Return the number under which the soft label of a draft is stored.

    It changes with the text, the account and with who is labelled in it, so that a draft that was
    rewritten never meets the soft label of what it said before.
    """
    draft = labelled.draft
    people = [(quote.start, quote.end) for quote in labelled.people]
    told = hashlib.sha256(f"{draft.account} {people} {draft.text}".encode()).digest()
    return int.from_bytes(told[:8], "big")


def write_soft_labels(labels: Mapping[int, SoftLabel], path: Path = FILE) -> None:
    """Write soft labels by key into `path`, in half precision."""
    rows = [labels[key] for key in sorted(labels)]
    np.savez_compressed(
        path,
        keys=np.array(sorted(labels), dtype=np.uint64),
        verdicts=_halved(np.array([row.verdict for row in rows])),
        categories=_halved(np.array([row.categories for row in rows])),
        people=np.array([len(row.roles) for row in rows], dtype=np.uint16),
        roles=_halved(np.concatenate([row.roles for row in rows])),
    )


def load_soft_labels(path: Path = FILE) -> dict[int, SoftLabel]:
    """Return the soft labels stored in `path` by key; none where the file is not there."""
    if not path.exists():
        return {}
    with np.load(path) as stored:
        parts = {name: stored[name] for name in stored.files}
    ends = np.cumsum(parts["people"].astype(np.int64))
    roles = np.split(parts["roles"].astype(np.float32), ends[:-1])
    keys = (int(key) for key in parts["keys"])
    rows = zip(parts["verdicts"], parts["categories"], roles, strict=True)
    return {
        key: SoftLabel(verdict.astype(np.float32), category.astype(np.float32), role)
        for key, (verdict, category, role) in zip(keys, rows, strict=True)
    }


def choose_soft_labels(
    drafts: Iterable[Labelled], labels: Mapping[int, SoftLabel]
) -> list[SoftLabel | None]:
    """Return the soft label of each of `drafts`, `None` for those the teacher has not read."""
    return [labels.get(key_of(one)) for one in drafts]


def mix(label: Array, soft: Array, trust: float = TRUST) -> Array:
    """Return what the student is to say: `trust` of the teacher's word, the rest the label's."""
    mixed: Array = ((1 - trust) * label + trust * soft).astype(np.float32)
    return mixed


def _halved(values: Array) -> Array:
    return values.astype(np.float16)
