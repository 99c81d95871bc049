"""Reads labelled drafts for measuring, from any file in the form of the labelling guide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.dataset import DatasetError, Labelled, parse_labelled

# What the guide leaves out of a record and `parse_labelled` asks for.
UNTOLD: dict[str, Any] = {"people": [], "sector": "", "voice": ""}


@dataclass(frozen=True, slots=True)
class Sampled:
    """A labelled draft to measure with: what it does (its function) and its file, where told."""

    labelled: Labelled
    function: str = ""
    file: str = ""


def load_sample(paths: Sequence[Path]) -> tuple[Sampled, ...]:
    """Return every labelled draft in the JSON-lines files `paths`, in order.

    A record has the guide's keys, and may have sector, function, language and whatever else
    training data has. Raises `DatasetError` with file, line and reason for a record that breaks
    the guide, for an id that stands twice, and where there is no draft at all.
    """
    sample = tuple(one for path in paths for one in _load_file(path))
    ids: set[str] = set()
    for one in sample:
        if one.labelled.id in ids:
            raise DatasetError(f"{one.file}: the id “{one.labelled.id}” stands twice: change one")
        ids.add(one.labelled.id)
    if not sample:
        raise DatasetError(f"There is no draft in {names(paths)}: name a file that has some.")
    return sample


def names(paths: Sequence[Path]) -> str:
    """Return the names of files, without their folders, as a list in words."""
    folders = {path.parent.resolve().name for path in paths}
    if len(paths) > 1 and len(folders) == 1:
        return f"{folders.pop()} ({len(paths)} files)"
    return " and ".join(path.name for path in paths)


def _load_file(path: Path) -> Iterator[Sampled]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise DatasetError(f"{path.name} cannot be read as UTF-8: mend or name another") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parse(line, f"{path.name}:{number}", path.name)


def _parse(line: str, where: str, file: str) -> Sampled:
    try:
        record = {**UNTOLD, **json.loads(line)}
        function = str(record.pop("function", None) or "")
        return Sampled(parse_labelled(where, record), function, file)
    except json.JSONDecodeError as error:
        raise DatasetError(f"{where}: not JSON ({error.msg}): mend the line") from None
    except (AttributeError, KeyError, TypeError):
        raise DatasetError(f"{where}: not a labelled draft: see the labelling guide") from None
