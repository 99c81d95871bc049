"""Keeps what takes long to make of the shipped drafts, so that a preview needs rules and judge.

Of these drafts alone: they are invented, and no one's own. Anything else is refused.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from checker.encoder import ROLES, Encoded, Stretch
from checker.finding import Kind, Role
from checker.plain import Plain
from checker.preview.examples import Example, Origin

Array = np.ndarray[Any, Any]
LABELS: tuple[Kind | Role, ...] = (*Kind, *ROLES)
NOTHING: Array = np.zeros(0, np.float32)
DIGITS = 16


class ShelfError(ValueError):
    """Something other than shipped drafts was to be kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a chunk of drafts: spaCy's parses as bytes, and what the encoder made."""

    parses: bytes = field(repr=False)
    encoded: tuple[Encoded, ...] = field(repr=False)


class Shelf:
    """A folder of chunks, each under a key of its drafts and of what read them.

    `made_by` names everything that reads: the learned reader, spaCy's model, Postcheck's version.
    `shipped` are the drafts that may be kept.
    """

    def __init__(self, folder: Path, made_by: str, shipped: Sequence[Example]) -> None:
        self._folder = folder
        self._made_by = made_by
        self._shipped = {(one.id, one.draft) for one in shipped if one.origin is Origin.SHIPPED}
        self._used: set[Path] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def tidy(self) -> None:
        """Remove all chunks that were neither asked for nor put: those of earlier versions."""
        for path in self._folder.glob("*.npz"):
            if path not in self._used:
                path.unlink(missing_ok=True)

    def get(self, chunk: Sequence[Example], plains: Sequence[Plain]) -> Kept | None:
        """Return what is kept of `chunk`, or None; a torn file counts as none."""
        try:
            with self._path(chunk, plains).open("rb") as file:
                stored = np.load(file, allow_pickle=False)
                return _unpack({name: stored[name] for name in stored.files})
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def put(self, chunk: Sequence[Example], plains: Sequence[Plain], kept: Kept) -> None:
        """Keep `kept` whole or not at all; raises `ShelfError` for drafts that are not shipped."""
        if any((one.id, one.draft) not in self._shipped for one in chunk):
            raise ShelfError("Only shipped drafts are kept: leave the others out of the shelf.")
        path = self._path(chunk, plains)
        beside = path.with_suffix(f".{os.getpid()}.tmp")
        with beside.open("wb") as file:
            np.savez(file, allow_pickle=False, **_pack(kept))
        beside.replace(path)

    def _path(self, chunk: Sequence[Example], plains: Sequence[Plain]) -> Path:
        # Both texts: how disguises are undone may change between two versions.
        digest = hashlib.sha256(self._made_by.encode())
        for one, plain in zip(chunk, plains, strict=True):
            digest.update(f"\0{one.draft.account}\0{one.draft.text}\0{plain.text}".encode())
        path = self._folder / f"{digest.hexdigest()[:DIGITS]}.npz"
        self._used.add(path)
        return path


def _pack(kept: Kept) -> dict[str, Array]:
    return {
        "parses": np.frombuffer(kept.parses, np.uint8),
        "logits": np.stack([one.logits for one in kept.encoded]).astype(np.float32),
        **_rows("marked", [one.marked for one in kept.encoded]),
        **_rows("people", [one.people for one in kept.encoded]),
    }


def _rows(name: str, stretches: Sequence[Sequence[Stretch]]) -> dict[str, Array]:
    flat = [(row, one) for row, found in enumerate(stretches) for one in found]
    where = [(row, one.start, one.end, LABELS.index(one.label)) for row, one in flat]
    return {
        name: np.array(where, np.int32).reshape(-1, 4),
        f"{name}_chances": np.array(
            [(one.probability, one.somebody) for _, one in flat], np.float64
        ).reshape(-1, 2),
    }


def _unpack(stored: dict[str, Array]) -> Kept:
    logits = stored["logits"]
    marked, people = (_stretches(stored, name, len(logits)) for name in ("marked", "people"))
    # The vector of a draft's meaning serves only to look up similar ones, which nobody sees here.
    encoded = (
        Encoded(*parts[:1], NOTHING, *parts[1:])
        for parts in zip(logits, marked, people, strict=True)
    )
    return Kept(stored["parses"].tobytes(), tuple(encoded))


def _stretches(stored: dict[str, Array], name: str, count: int) -> list[tuple[Stretch, ...]]:
    found: list[list[Stretch]] = [[] for _ in range(count)]
    for (row, start, end, label), chances in zip(
        stored[name].tolist(), stored[f"{name}_chances"].tolist(), strict=True
    ):
        found[row].append(Stretch(start, end, LABELS[label], *chances))
    return [tuple(one) for one in found]
