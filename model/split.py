"""Splits labelled drafts by voice and pair, so that no writer stands on both sides."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.dataset import Labelled

SEED = 20261124
# The share of drafts on which the heads are fitted and the figures measured.
HELD_OUT = 0.10


@dataclass(frozen=True, slots=True)
class Fold:
    """Row numbers to learn from and to hold out."""

    learn: tuple[int, ...]
    hold_out: tuple[int, ...]


def hold_out(drafts: Sequence[Labelled], share: float = HELD_OUT, seed: int = SEED) -> Fold:
    """Return one fold that holds out whole voices, about `share` of them.

    Each voice is drawn by a hash of its own name, so that it stays on its side of the split
    whatever other voices are added: figures of two versions can be compared, and nothing that was
    learned from a voice before can ever be measured on it.
    """
    return _fold(drafts, {one.voice for one in drafts if _draw(one.voice, seed) < share})


def _draw(voice: str, seed: int) -> float:
    """Return a number from 0 to 1 that depends on the voice and the seed alone."""
    told = hashlib.sha256(f"{seed} {voice}".encode()).digest()
    return int.from_bytes(told[:8], "big") / 2**64


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
