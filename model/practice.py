"""Makes the drafts for practice out of the training data: those chosen by eye, with reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from checker.verdict import Verdict
from model.dataset import FOLDER, DatasetError, Labelled, load_dataset

CHOSEN = FOLDER.parent / "practice.yaml"
SECOND = FOLDER.parent / "second-labels.jsonl"
TARGET = Path(__file__).parent.parent / "webapp" / "practice.jsonl"
# A round asks about ten of a sector, so that two rounds of it differ.
EACH = 5


def write_practice(target: Path = TARGET) -> int:
    """Write the drafts for practice to `target` and return how many; raises `DatasetError`."""
    records = choose_records(
        load_dataset(),
        yaml.safe_load(CHOSEN.read_text(encoding="utf-8")),
        read_agreed(SECOND),
    )
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    target.write_text("".join(lines), encoding="utf-8")
    return len(records)


def read_agreed(path: Path) -> frozenset[str]:
    """Return the ids of the drafts in `path` that two labellers judged alike."""
    labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return frozenset(one["id"] for one in labels if one["first"] == one["second"])


def choose_records(
    drafts: Sequence[Labelled],
    chosen: Mapping[str, Mapping[str, str]],
    agreed: frozenset[str],
) -> list[dict[str, Any]]:
    """Return a record for each draft that `chosen` names by sector and id, with its reason.

    Raises `DatasetError` for an id that is unknown, of another sector or not in `agreed`, and
    for a sector without as many drafts of each verdict as practice needs.
    """
    known = {one.id: one for one in drafts}
    records: list[dict[str, Any]] = []
    for sector, notes in chosen.items():
        for name in notes:
            _check_choice(sector, name, known, agreed)
        _check_balance(sector, [known[name].verdict for name in notes])
        records += [_record(known[name], note) for name, note in notes.items()]
    return records


def _check_choice(
    sector: str, name: str, known: Mapping[str, Labelled], agreed: frozenset[str]
) -> None:
    where = f"{CHOSEN.name}: {sector}: “{name}”"
    if name not in known or known[name].sector != sector:
        raise DatasetError(f"{where} is no draft of this sector: choose another")
    if name not in agreed:
        raise DatasetError(f"{where} was not judged alike by two labellers: choose a clearer one")


def _check_balance(sector: str, verdicts: Sequence[Verdict]) -> None:
    counts = Counter(verdicts)
    for verdict in Verdict:
        if counts[verdict] != EACH:
            raise DatasetError(
                f"{CHOSEN.name}: {sector} has {counts[verdict]} drafts to {verdict}: "
                f"choose {EACH} of each verdict"
            )


def _record(draft: Labelled, note: str) -> dict[str, Any]:
    return {
        "id": draft.id,
        "sector": draft.sector,
        "account": str(draft.draft.account),
        "text": draft.draft.text,
        "verdict": str(draft.verdict),
        "categories": sorted(str(one) for one in draft.categories),
        "note": note,
    }
