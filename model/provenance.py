"""Whether the labelled drafts are still those on which the learned reader was trained."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from checker.classifier import FOLDER, MANIFEST
from checker.errors import ClassifierError
from model import dataset, soft_labels
from model.split import HELD_OUT, SEED


def read_manifest(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the whole manifest in `folder`; raises `ClassifierError` where there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ClassifierError(
            f"There is no manifest in {folder}: train the reader with “python -m model train”."
        )
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def refuse_other_split(manifest: dict[str, Any]) -> None:
    """Raise `ClassifierError` for a network that may have learned from held-out voices."""
    # The last reader that did not write it down held out a tenth.
    made = manifest["seed"], manifest.get("held out", 0.10)
    if made != (SEED, HELD_OUT):
        raise ClassifierError(
            f"The network {manifest['id']} was trained with another split of the voices: "
            "train it anew with “python -m model train”."
        )


def changed_files(manifest: dict[str, Any], drafts: Path = dataset.FOLDER) -> tuple[str, ...]:
    """Return the names of the files that were added, changed or dropped since.

    Those are the labelled drafts in `drafts`, and the soft labels beside that folder.
    """
    trained_on: dict[str, str] = manifest["data"]["files"]
    paths = [*drafts.glob("*.jsonl"), *drafts.parent.glob(soft_labels.FILE.name)]
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    either = sorted(trained_on.keys() | now.keys())
    return tuple(name for name in either if trained_on.get(name) != now.get(name))
