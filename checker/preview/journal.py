"""Results of a preview as they come, so that one which was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from checker.preview.changes import Change, change_from
from checker.preview.examples import Example, Origin

DIGITS = 16


class Journal:
    """A file of one line for each finished chunk of shipped drafts.

    `rulebooks` are the hashes before and after; results of other rulebooks, drafts or readers
    stand in other files. Chunks with local examples are left out: nothing of theirs is kept here.
    """

    def __init__(
        self,
        folder: Path,
        rulebooks: tuple[str, str],
        chunks: Sequence[Sequence[Example]],
        made_by: str,
    ) -> None:
        digest = hashlib.sha256(" ".join((*rulebooks, made_by)).encode())
        for chunk in chunks:
            for one in chunk if _is_kept(chunk) else ():
                digest.update(f"\0{one.id}\0{one.verdict}\0{one.draft.text}".encode())
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{digest.hexdigest()[:DIGITS]}.jsonl"
        self._done = dict(_read(self._path))

    def get(self, number: int) -> tuple[Change, ...] | None:
        """Return the changes in chunk `number`, None where it is still to be judged."""
        return self._done.get(number)

    def put(self, number: int, chunk: Sequence[Example], changes: Sequence[Change]) -> None:
        """Write down what came of chunk `number`, whole, before going on."""
        if not _is_kept(chunk):
            return
        line = json.dumps({"chunk": number, "changes": [one.as_dict() for one in changes]})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())


def _is_kept(chunk: Sequence[Example]) -> bool:
    return all(one.origin is Origin.SHIPPED for one in chunk)


def _read(path: Path) -> list[tuple[int, tuple[Change, ...]]]:
    """Return the whole lines of the file; a last one that was torn is cut off."""
    if not path.exists():
        return []
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        path.write_bytes(whole)
    lines = (json.loads(line) for line in whole.splitlines())
    return [(one["chunk"], tuple(map(change_from, one["changes"]))) for one in lines]
