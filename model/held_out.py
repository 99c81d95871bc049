"""Finds the drafts that the shipped network never learned from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.classifier import FOLDER
from model.dataset import Labelled
from model.provenance import read_manifest, refuse_other_split
from model.split import hold_out


def find_held_out(drafts: Sequence[Labelled], folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """Return those of `drafts` whose voices the network in `folder` never learned from.

    A voice stays on its side of the split, so that this holds for drafts that came after the
    training too. Raises `ClassifierError` where there is no network, or one of another split.
    """
    refuse_other_split(read_manifest(folder))
    return tuple(drafts[row] for row in hold_out(drafts).hold_out)
