"""Splits labelled drafts by voice and pair, so that no writer stands on both sides."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.dataset import Labelled

SEED = 20261124


@dataclass(frozen=True, slots=True)
class Fold:
    """Row numbers to learn from and to hold out."""

    learn: tuple[int, ...]
    hold_out: tuple[int, ...]


def folds(drafts: Sequence[Labelled], count: int = 5, seed: int = SEED) -> Iterator[Fold]:
    """Yield `count` folds; each voice, with all its pairs, is held out exactly once."""
    voices = sorted({one.voice for one in drafts})
    random.Random(seed).shuffle(voices)
    for number in range(count):
        held = set(voices[number::count])
        rows = range(len(drafts))
        yield Fold(
            learn=tuple(row for row in rows if drafts[row].voice not in held),
            hold_out=tuple(row for row in rows if drafts[row].voice in held),
        )
