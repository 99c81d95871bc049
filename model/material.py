"""Writes what heads are fitted on, so that an installation can fit them with local examples."""

from __future__ import annotations

import hashlib
from pathlib import Path

from checker.classifier import FOLDER
from checker.encoder import MODEL
from checker.fitting import FILE, save_samples
from model.heads import Material, samples_of


def write_material(
    material: Material, rulebook: str, folder: Path = FOLDER, target: Path = FILE
) -> str:
    """Write `material` into `target`, for the encoder in `folder`; return what it holds.

    Nothing is written for an encoder that is not the shipped one. `rulebook` is the hash of the
    rules that made the marks.
    """
    if target == FILE and folder != FOLDER:
        return "Nothing was written: the encoder is not the shipped one."
    encoder = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    save_samples(samples_of(material), {"encoder": encoder, "rulebook": rulebook}, target)
    size = target.stat().st_size / 2**20
    return f"{len(material.drafts):,} held-out drafts, {size:.1f} MB, in {target.name}"
