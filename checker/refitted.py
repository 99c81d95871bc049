"""Heads that one installation fitted with its own examples: kept beside their hash, or refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.engine import Checker
from checker.errors import ClassifierError
from checker.fitting import Fitted, load_fitted, save_fitted


@dataclass(frozen=True, slots=True)
class Refitted:
    """Where fitted heads are kept, and what tells that they are the ones and still fit.

    `sha256` is that of the file, `encoder` that of the encoder whose logits they were fitted for.
    """

    name: str
    path: Path
    sha256: str
    encoder: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for a store; the folder is the matter of the installation."""
        return {"file": self.path.name, "sha256": self.sha256, "encoder": self.encoder}


def keep(fitted: Fitted, path: Path, *, name: str, encoder: str) -> Refitted:
    """Write heads whole or not at all, and return how to get them back."""
    beside = path.with_suffix(".tmp")
    save_fitted(fitted, beside)
    sha256 = hashlib.sha256(beside.read_bytes()).hexdigest()
    beside.replace(path)
    return Refitted(name, path, sha256, encoder)


def with_refitted(one: Checker, heads: Refitted) -> Checker:
    """Return `one` with heads that were fitted for its encoder.

    Raises `ClassifierError`, in one sentence, where they were fitted for another encoder, or the
    file is missing or was changed.
    """
    if one.classifier is None:
        raise ClassifierError("There is no learned reader to use retrained heads with.")
    if one.classifier.encoder_hash != heads.encoder:
        raise ClassifierError(
            "The retrained reader was made for an earlier Postcheck: retrain it with this one."
        )
    try:
        content = heads.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != heads.sha256:
            raise ClassifierError("The file of the retrained reader was changed: retrain it.")
        fitted = load_fitted(heads.path)
    except (OSError, ValueError, KeyError):
        sentence = "The file of the retrained reader cannot be read: retrain it."
        raise ClassifierError(sentence) from None
    return one.with_classifier(one.classifier.with_heads(fitted, heads.name))
