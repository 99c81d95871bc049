"""How far two labellers agree who did not see each other's labels."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from checker.draft import choose
from checker.verdict import Verdict
from model.dataset import DatasetError, Labelled

PATH = Path(__file__).parent.parent / "training_data" / "second-labels.jsonl"
# The share of the drafts that must have been labelled a second time.
LEAST = 0.12


@dataclass(frozen=True, slots=True)
class Second:
    """The first and second verdict on a draft, and the one that was settled on."""

    id: str
    first: Verdict
    second: Verdict
    settled: Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many drafts of a sector were labelled twice, and how far the labels agree.

    `share` is that of equal verdicts; `kappa` is Cohen's, which takes chance away.
    """

    sector: str
    count: int
    share: float
    kappa: float


def load_second_labels(path: Path = PATH) -> tuple[Second, ...]:
    """Return the second labels; raises `DatasetError` that names a line which is not one."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            verdicts = [choose(Verdict, record[key], key) for key in ("first", "second", "settled")]
            found.append(Second(record["id"], *verdicts))
        except (KeyError, TypeError, json.JSONDecodeError):
            raise DatasetError(f"{path.name}:{number}: not a second label: mend it") from None
    return tuple(found)


def agreements(drafts: Sequence[Labelled], labels: Sequence[Second]) -> tuple[Agreement, ...]:
    """Return the agreement in each sector and in all; raises `DatasetError` for a stray label.

    A label strays where its draft is missing, or does not carry the verdict settled on.
    """
    known = {one.id: one for one in drafts}
    by_sector: dict[str, list[Second]] = defaultdict(list)
    for label in labels:
        if label.id not in known or known[label.id].verdict is not label.settled:
            raise DatasetError(f"second-labels.jsonl: “{label.id}” is not the stored draft's label")
        by_sector[known[label.id].sector].append(label)
    parts = [_agreement(sector, by_sector[sector]) for sector in sorted(by_sector)]
    return (*parts, _agreement("all", labels))


def _agreement(sector: str, labels: Sequence[Second]) -> Agreement:
    first, second = [str(one.first) for one in labels], [str(one.second) for one in labels]
    share = sum(a == b for a, b in zip(first, second, strict=True)) / len(labels)
    kappa = cohen_kappa_score(first, second, labels=[str(one) for one in Verdict])
    return Agreement(sector, len(labels), share, float(kappa))


def agreement_table(found: Sequence[Agreement]) -> str:
    """Return the agreement as a Markdown table."""
    lines = ["| sector | labelled twice | same verdict | κ |", "|---|---|---|---|"]
    lines += [
        f"| {one.sector} | {one.count} | {one.share:.1%} | {one.kappa:.2f} |" for one in found
    ]
    return "\n".join(lines)
