"""Scores the checker on the development drafts and writes `docs/accuracy.md`.

Run by `make accuracy`, where the development drafts and their scorer stand beside the project in
`../shared/eval/` (or in the folder named by POSTCHECK_EVAL).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker.draft import make_draft
from checker.engine import Checker, load_checker

ROOT = Path(__file__).parent.parent
FILES = ("dev.jsonl", "dev_functions.jsonl")
FIGURES = ("flagged", "missed stop", "stop recall", "false alarm", "false stop", "macro F1",
           "category F1 micro", "category F1 macro", "who recall")  # fmt: skip


def read(folder: Path) -> list[dict[str, Any]]:
    """Return the labelled drafts of both development files."""
    return [
        json.loads(line)
        for name in FILES
        for line in (folder / name).read_text(encoding="utf-8").splitlines()
    ]


def report(checker: Checker, gold: Sequence[dict[str, Any]], out: Path) -> None:
    """Write the checker's reports on `gold`, one JSON object a line, into `out`."""
    drafts = [make_draft(one["text"], account=one["account"]) for one in gold]
    with out.open("w", encoding="utf-8") as lines:
        for one, made in zip(gold, checker.check_all(drafts), strict=True):
            lines.write(json.dumps({"id": one["id"], **made.as_dict()}) + "\n")


def score(folder: Path, gold: Path, reports: Path, *options: str) -> str:
    """Return what the scorer prints."""
    ran = subprocess.run(
        [sys.executable, str(folder / "score.py"), str(gold), str(reports), *options],
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


def false_alarms(checker: Checker, folder: Path) -> tuple[int, int]:
    """Return how many everyday posts are flagged, and how many there are."""
    path = folder.parent / "data" / "posts" / "everyday_dev.jsonl"
    posts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    made = checker.check_all([make_draft(text) for text in posts if text.strip()])
    return sum(one.verdict != "ok" for one in made), len(made)


def main() -> None:
    """Score with the reader and by rules alone, and write the page."""
    folder = Path(os.environ.get("POSTCHECK_EVAL", ROOT.parent / "shared" / "eval"))
    if not (folder / "score.py").is_file():
        sys.exit(
            f"There are no development drafts in {folder}: set POSTCHECK_EVAL to their folder."
        )
    work = ROOT / "build" / "accuracy"
    work.mkdir(parents=True, exist_ok=True)
    gold = read(folder)
    (work / "gold.jsonl").write_text(
        "".join(json.dumps(one) + "\n" for one in gold), encoding="utf-8"
    )
    checker = load_checker()
    whole, rules = work / "whole.jsonl", work / "rules.jsonl"
    report(checker, gold, whole)
    report(checker.without_reader("measured by rules alone"), gold, rules)
    flagged, posts = false_alarms(checker, folder)
    figures = [
        json.loads(score(folder, work / "gold.jsonl", path, "--json")) for path in (whole, rules)
    ]
    page = _page(checker, len(gold), figures, flagged / posts)
    page += "```\n" + score(folder, work / "gold.jsonl", whole, "--by", "function") + "```\n"
    (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")
    print(page)


def _page(
    checker: Checker, drafts: int, figures: Sequence[dict[str, float]], everyday: float
) -> str:
    whole, rules = figures
    health = checker.health()
    rows = "\n".join(f"| {name} | {whole[name]:.1%} | {rules[name]:.1%} |" for name in FIGURES)
    return f"""# Accuracy

Made by `make accuracy` on {drafts} development drafts, which nothing was trained on: Postcheck
{health["postcheck"]}, rulebook {health["rulebook"]}, learned reader {health["model"]}.

| figure | whole checker | rules alone |
|---|---|---|
{rows}
| false alarm on everyday posts | {everyday:.1%} | |

*Flagged*: of the drafts labelled review or stop, those not passed as ok. *Missed stop*: of the
drafts labelled stop, those passed as ok. *False alarm*: of the drafts labelled ok, those flagged.
*Who recall*: of the people, contacts and numbers that make a breach, those that a finding marks.

"""


if __name__ == "__main__":
    main()
