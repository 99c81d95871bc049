"""The figures of one evaluation, and the JSON files that keep them by version of the reader."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from model.confusion import Share
from model.dataset import Labelled
from model.measures import Bin, CategoryFigures, Point
from model.slices import Gap, Slice


@dataclass(frozen=True, slots=True)
class WayFigures:
    """The figures of one way of checking: `confusion` has labelled verdicts as rows."""

    way: str
    shares: Mapping[str, Share]
    confusion: tuple[tuple[int, ...], ...]
    categories: tuple[CategoryFigures, ...]
    slices: tuple[Slice, ...]
    fairness: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What was measured on one set of drafts, the way that matters most first.

    `about` says on what, in sentences, and `fingerprint` tells one set from another; `bins` and
    `curve` are those of the reader's probability of a breach, `calibration_error` the expected one.
    """

    name: str
    about: str
    count: int
    fingerprint: str
    ways: tuple[WayFigures, ...]
    bins: tuple[Bin, ...]
    calibration_error: float | None
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one version of the learned reader; `date` is ISO 8601 in UTC."""

    model: str
    date: str
    postcheck: str
    rulebook: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The shares of the first way of checking on one set of `count` drafts, as they were kept."""

    part: str
    about: str
    way: str
    count: int
    fingerprint: str
    shares: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is read back of an evaluation: which reader, when, and its headlines by part."""

    model: str
    date: str
    headlines: Mapping[str, Headline]


def fingerprint(drafts: Sequence[Labelled]) -> str:
    """Return twelve digits that change with any text, verdict or category of `drafts`."""
    told = [
        (one.draft.text, str(one.draft.account), str(one.verdict), sorted(one.categories))
        for one in drafts
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def save(evaluation: Evaluation, folder: Path) -> Path:
    """Write the figures into `folder` under the reader's id, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{evaluation.model}.json"
    text = json.dumps(asdict(evaluation), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def load_stored(model: str, folder: Path) -> Stored | None:
    """Return what is kept in `folder` of the reader with the id `model`, or None."""
    path = folder / f"{model}.json"
    return _read(path) if path.is_file() else None


def load_before(model: str, folder: Path) -> Stored | None:
    """Return the newest figures in `folder` that are of another reader, or None."""
    kept = [_read(path) for path in folder.glob("*.json")]
    return max((one for one in kept if one.model != model), key=lambda one: one.date, default=None)


def _read(path: Path) -> Stored:
    record = json.loads(path.read_text(encoding="utf-8"))
    headlines = {part["name"]: _headline(part) for part in record["parts"]}
    return Stored(record["model"], record["date"], headlines)


def _headline(part: Mapping[str, Any]) -> Headline:
    first = part["ways"][0]
    shares = {name: Share(**values) for name, values in first["shares"].items()}
    return Headline(
        part=part["name"],
        about=part["about"],
        way=first["way"],
        count=part["count"],
        fingerprint=part["fingerprint"],
        shares=shares,
    )
