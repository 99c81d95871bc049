"""Reads one JSON object strictly: a key that stands twice is a mistake, not a choice."""

from __future__ import annotations

import json
from collections.abc import Sequence

from checker.errors import DraftError


def read_object(raw: str | bytes) -> dict[str, object] | None:
    """Return the JSON object in `raw`, or None where there is none.

    Raises `DraftError` for a key that is given twice. Nothing of `raw` stands in any error.
    """
    try:
        content = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise DraftError("A key is given twice: keep one of the two.")
    return content
