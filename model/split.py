"""Splits labelled drafts by voice and pair, so that no writer stands on both sides."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.dataset import Labelled

SEED = 20261124
# The share of drafts on which the heads are fitted and the figures measured.
HELD_OUT = 0.15


@dataclass(frozen=True, slots=True)
class Fold:
    """Row numbers to learn from and to hold out."""

    learn: tuple[int, ...]
    hold_out: tuple[int, ...]


def hold_out(drafts: Sequence[Labelled], share: float = HELD_OUT, seed: int = SEED) -> Fold:
    """Return one fold that holds out whole voices, about `share` of the drafts."""
    voices = Counter(one.voice for one in drafts)
    order = sorted(voices)
    random.Random(seed).shuffle(order)
    held: set[str] = set()
    for voice in order:
        if sum(voices[one] for one in held) < share * len(drafts):
            held.add(voice)
    return _fold(drafts, held)


def _fold(drafts: Sequence[Labelled], held: set[str]) -> Fold:
    rows = range(len(drafts))
    return Fold(
        learn=tuple(row for row in rows if drafts[row].voice not in held),
        hold_out=tuple(row for row in rows if drafts[row].voice in held),
    )


def folds(drafts: Sequence[Labelled], count: int = 5, seed: int = SEED) -> Iterator[Fold]:
    """Yield `count` folds; each voice, with all its pairs, is held out exactly once."""
    voices = sorted({one.voice for one in drafts})
    random.Random(seed).shuffle(voices)
    for number in range(count):
        yield _fold(drafts, set(voices[number::count]))
