"""The learning curve: how well readers read drafts when they learned from fewer voices."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.candidates import FITTED, SENTENCES, WORDS, FineTuned
from model.comparison import ENCODER, Figures, figures
from model.dataset import Labelled
from model.split import SEED
from model.train import fine_tune

SHARES = (0.25, 0.5, 0.75, 1.0)
CURVED = (WORDS, SENTENCES)


@dataclass(frozen=True, slots=True)
class Step:
    """A point of the learning curve: the voices and drafts learned from, figures by candidate."""

    share: float
    voices: int
    drafts: int
    figures: dict[str, Figures]


def curve(
    learn: Sequence[Labelled], asked: Sequence[Labelled], encoders: Mapping[float, Path]
) -> Iterator[Step]:
    """Yield figures on `asked` of candidates that were fitted on more and more voices of `learn`.

    `encoders` holds the folder of a network that was fine-tuned on each share of the voices;
    where it is empty, the network has no place in the curve.
    """
    texts = [one.draft for one in asked]
    for share in SHARES:
        part = of_voices(learn, share)
        fitted = {name: FITTED[name](part, categories=False) for name in CURVED}
        if encoders:
            fitted[ENCODER] = FineTuned(encoders[share])
        found = {name: figures(asked, one.read(texts)) for name, one in fitted.items()}
        yield Step(share, count_voices(part), len(part), found)


def fine_tune_parts(learn: Sequence[Labelled], cache: Path) -> dict[float, Path]:
    """Fine-tune a network on each share of the voices of `learn`, below `cache`; return folders.

    What is there already is used. None learns from soft labels, not even that of all voices: the
    teacher has read all of them, and would tell a small share of the rest.
    """
    folders = {share: cache / f"curve-{share * 100:.0f}" for share in SHARES}
    runs = [
        (of_voices(learn, share), folders[share], SEED) for share in sorted(SHARES, reverse=True)
    ]
    for run in runs:
        fine_tune(*run)
    return folders


def of_voices(drafts: Sequence[Labelled], share: float) -> tuple[Labelled, ...]:
    """Return all drafts of a `share` of the voices; a larger share holds the smaller ones."""
    voices = sorted({one.voice for one in drafts})
    random.Random(SEED).shuffle(voices)
    kept = set(voices[: round(share * len(voices))])
    return tuple(one for one in drafts if one.voice in kept)


def count_voices(drafts: Sequence[Labelled]) -> int:
    """Return how many voices wrote `drafts`."""
    return len({one.voice for one in drafts})
