"""How a network is trained: what it starts from, for how long, how fast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker.encoder import LONGEST


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of one training; the defaults are those of the network that is shipped.

    `base` is the folder of the published encoder. Rates are those of AdamW at their highest, for
    the encoder's body and for the new heads; `frozen` counts the lower layers that stay as they
    were published, with the word vectors; `longest` is in word pieces.
    """

    base: Path
    epochs: int = 5
    # At most so many steps, the last round cut short: one takes 0.22 s on two free cores, and
    # training is to end within the hour.
    most_steps: int = 14500
    body_rate: float = 1.2e-4
    head_rate: float = 1e-3
    frozen: int = 0
    longest: int = LONGEST
    # Sums come out alike in every run with the same number; two were 1.7 times as fast as one.
    threads: int = 2
