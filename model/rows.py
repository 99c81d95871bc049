"""Turns labelled drafts into the tensors that a network learns from, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from checker.encoder import NOBODY, ROLES, with_account
from checker.finding import Kind, Role
from checker.verdict import Category, Verdict
from model.augment import Variation
from model.dataset import Labelled, Quote
from model.soft_labels import ROLE_TRUST, SoftLabel, mix

Array = np.ndarray[Any, Any]

BATCH = 16
# Drafts of like length share a batch: padding a mixed batch is three times slower.
SORTED_TOGETHER = 40 * BATCH


@dataclass(frozen=True, slots=True)
class Row:
    """One draft as numbers: its word pieces, and what a network is to say of it.

    `verdict` (3,) and each row of `roles` (pieces, roles and nobody) are probabilities that sum
    to 1, but for the first and the last piece, whose role is not asked for: all zeros there.
    `categories` (13,) and `kinds` (pieces, kinds) are probabilities each for itself.
    """

    pieces: list[int]
    verdict: Array
    categories: Array
    kinds: Array
    roles: Array


def make_row(
    tokenizer: Any,
    labelled: Labelled,
    variation: Variation,
    soft: SoftLabel | None,
    *,
    longest: int,
) -> Row:
    """Return the row of a variation of `labelled`, cut off after `longest` word pieces.

    With a soft label the verdict, the categories and the roles of people are mixed with it.
    """
    text = with_account(labelled.draft.account, variation.text)
    ahead = len(text) - len(variation.text)
    encoded = tokenizer(text, truncation=True, max_length=longest, return_offsets_mapping=True)
    offsets = encoded["offset_mapping"]
    kinds = np.zeros((len(offsets), len(Kind)), dtype=np.float32)
    for quote in variation.spans:
        kinds[touch(offsets, quote, ahead), tuple(Kind).index(Kind(quote.label))] = 1.0
    verdict = np.eye(len(Verdict), dtype=np.float32)[tuple(Verdict).index(labelled.verdict)]
    categories = np.array([one in labelled.categories for one in Category], np.float32)
    return Row(
        pieces=encoded["input_ids"],
        verdict=mix(verdict, soft.verdict) if soft else verdict,
        categories=mix(categories, soft.categories) if soft else categories,
        kinds=kinds,
        roles=_roles(offsets, variation.people, soft, ahead),
    )


def _roles(
    offsets: Sequence[tuple[int, int]],
    people: Sequence[Quote],
    soft: SoftLabel | None,
    ahead: int,
) -> Array:
    each = np.eye(NOBODY + 1, dtype=np.float32)
    roles = np.repeat(each[NOBODY][np.newaxis], len(offsets), axis=0)
    for at, quote in enumerate(people):
        role = each[ROLES.index(Role(quote.label))]
        if soft:
            role = mix(role, soft.roles[at], ROLE_TRUST)
        roles[touch(offsets, quote, ahead)] = role
    roles[[0, -1]] = 0.0
    return roles


def touch(offsets: Sequence[tuple[int, int]], quote: Quote, ahead: int) -> list[int]:
    """Return the places of the pieces that `quote` touches.

    `ahead` is how many characters stand before the draft in the text that `offsets` count in.
    """
    return [
        at
        for at, (start, end) in enumerate(offsets)
        if start < quote.end + ahead and quote.start + ahead < end
    ]


def draw_batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[int]]:
    """Yield row numbers in batches of like length, in an order drawn by `chance`."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    for begin in range(0, len(order), SORTED_TOGETHER):
        part = sorted(order[begin : begin + SORTED_TOGETHER], key=lambda at: len(rows[at].pieces))
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    chance.shuffle(batches)
    yield from batches


def pad(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """Return word pieces of equal length with their mask, both (n, longest)."""
    length = max(len(row) for row in rows)
    pieces = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length, dtype=torch.long)
    for at, row in enumerate(rows):
        pieces[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return pieces, mask


def stack(values: Sequence[Array], length: int) -> Tensor:
    """Return the values of the pieces of several drafts, filled up with zeros to `length`."""
    room = [np.pad(one, [(0, length - len(one)), (0, 0)]) for one in values]
    return torch.tensor(np.stack(room))
