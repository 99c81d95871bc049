"""Turns the short lines in which drafts are written into the labelled records that are stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from model.dataset import DatasetError, parse_labelled
from model.quality import MOST_IN_BATCH

# A line that starts with this is the writer's own note: the ten people invented before ten drafts.
NOTE = "#"
LONG_NAMES = {"v": "verdict", "a": "account", "c": "categories", "n": "note", "t": "traits"}
KEPT = ("text", "pair", "lang", "s", "p")


def compose(path: Path, *, sector: str, voice: str) -> list[dict[str, Any]]:
    """Return the records that the short lines of `path` describe, each checked against the guide.

    Raises `DatasetError` that names every bad line of the file with its reason.
    """
    records: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, line in _lines(path):
        try:
            record = _record(json.loads(line), sector=sector, voice=voice, number=len(records) + 1)
            parse_labelled(f"{path.name}:{number}", record)
            records.append(record)
        except json.JSONDecodeError as error:
            wrong.append(f"{path.name}:{number}: not JSON ({error.msg}): mend the line")
        except DatasetError as error:
            wrong.append(str(error))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            wrong.append(f"{path.name}:{number}: not in the short form ({error!r}): mend the line")
    if len(records) > MOST_IN_BATCH:
        wrong.append(f"{path.name}: {len(records)} drafts: a batch holds {MOST_IN_BATCH} at most")
    if wrong:
        raise DatasetError("\n".join(wrong))
    return records


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip() and not line.startswith(NOTE):
            yield number, line


def _record(short: Mapping[str, Any], *, sector: str, voice: str, number: int) -> dict[str, Any]:
    for key in short:
        if key not in (*LONG_NAMES, *KEPT):
            raise KeyError(key)
    record: dict[str, Any] = {
        "id": f"{voice}-{number:03d}",
        "text": short["text"],
        "account": short.get("a", "personal"),
        "verdict": short["v"],
        "categories": short.get("c", []),
        "spans": [_quote(one, "kind", 0) for one in short.get("s", [])],
        "people": [_quote(one, "role", 1) for one in short.get("p", [])],
        "note": short.get("n", ""),
        "sector": sector,
        "voice": voice,
        "traits": short.get("t", []),
    }
    if "pair" in short:
        record["pair"] = f"{voice}-p{short['pair']}"
    if short.get("lang", "en") != "en":
        record["language"] = short["lang"]
    return record


def _quote(parts: list[Any], label: str, at: int) -> dict[str, Any]:
    """Return a quote record; the label stands at place `at`, the quote at the other."""
    quote = {"quote": parts[1 - at], label: parts[at]}
    if len(parts) > 2:
        quote["nth"] = parts[2]
    return quote
