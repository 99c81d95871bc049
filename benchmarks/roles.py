"""Measures who we take people to be, on labelled drafts by voices that nothing was trained on.

Run by `python benchmarks/roles.py`; the table of confusions goes into `docs/people.md`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from page import put
from tqdm import tqdm

from checker.draft import make_draft
from checker.engine import Checker, load_checker
from checker.finding import Mention, Role

FOLDER = Path(__file__).parent.parent / "training_data" / "kept-apart"
NOT_FOUND = "not found"
AT_ONCE = 200

Pair = tuple[str, str]


def read() -> list[dict[str, Any]]:
    """Return the drafts that are kept apart."""
    paths = sorted(FOLDER.glob("*.jsonl"))
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]


def pairs(checker: Checker, drafts: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    """Yield the labelled and the given role of every labelled person."""
    for at in tqdm(range(0, len(drafts), AT_ONCE), desc="drafts"):
        part = drafts[at : at + AT_ONCE]
        made = [make_draft(one["text"], account=one["account"]) for one in part]
        for one, report in zip(part, checker.check_all(made), strict=True):
            for quote in one["people"]:
                yield quote["role"], _given(one["text"], quote, report.people)


def _given(text: str, quote: dict[str, Any], people: Sequence[Mention]) -> str:
    """Return the role of the mention that shares most with the labelled words."""
    start = -1
    for _ in range(quote.get("nth", 1)):
        start = text.find(quote["quote"], start + 1)
    end = start + len(quote["quote"])
    shared = {one: min(one.end, end) - max(one.start, start) for one in people}
    best = max(shared, key=lambda one: shared[one], default=None)
    return str(best.role) if best is not None and shared[best] > 0 else NOT_FOUND


def summary(counts: Counter[Pair]) -> str:
    """Return the figures in words."""
    total = sum(counts.values())
    found = sum(count for (_, given), count in counts.items() if given != NOT_FOUND)
    right = sum(count for (role, given), count in counts.items() if role == given)
    theirs = str(Role.SUPPORTED)
    hit = counts[theirs, theirs]
    said = sum(count for (_, given), count in counts.items() if given == theirs)
    are = sum(count for (role, _), count in counts.items() if role == theirs)
    return (
        f"Of {total:,} labelled people {found / total:.1%} were found; of those the role was right "
        f"for {right / found:.1%}. Supported or not: precision {hit / said:.1%}, recall "
        f"{hit / are:.1%} (people who were not found count as missed), "
        f"F1 {2 * hit / (said + are):.2f}.\n"
    )


def table(counts: Counter[Pair]) -> str:
    """Return the table of confusions."""
    roles = [str(role) for role in Role if any(pair[0] == role for pair in counts)]
    given = [*roles, str(Role.UNKNOWN), NOT_FOUND]
    lines = ["| | " + " | ".join(given) + " |", "|---|" + "---:|" * len(given)]
    for role in roles:
        cells = (str(counts[role, one] or "") for one in given)
        lines.append(f"| **{role}** | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write the table."""
    counts = Counter(pairs(load_checker(), read()))
    text = summary(counts) + "\n" + table(counts)
    put("roles", "people.md", text)
    print(text)


if __name__ == "__main__":
    main()
