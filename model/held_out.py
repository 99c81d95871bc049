"""Finds the drafts that training held out, and the network that never read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.encoder import TOKENIZER
from checker.errors import PostcheckError
from model import train
from model.dataset import Labelled
from model.split import hold_out


class NoNetworkError(PostcheckError):
    """No training has left a network that never read the held-out voices; says what to do."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The drafts of the held-out voices, and the folder of an encoder that never read them."""

    drafts: tuple[Labelled, ...]
    encoder: Path


def find_held_out(drafts: Sequence[Labelled], cache: Path = train.CACHE) -> HeldOut:
    """Return what training on `drafts` held out and kept in `cache`.

    Raises `NoNetworkError` where no training on these very drafts has left its network there.
    """
    encoder = cache / train.cache_key(drafts) / train.NETWORK
    if not (encoder / TOKENIZER).exists():
        raise NoNetworkError(
            f"There is no network in {encoder} that never read the held-out voices: "
            "run “python -m model train”, or name drafts of your own with --drafts."
        )
    return HeldOut(tuple(drafts[row] for row in hold_out(drafts).hold_out), encoder)
