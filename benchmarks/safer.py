"""Measures the safer wording: how many drafts reach ok, and how many of the other words are kept.

Run as `python benchmarks/safer.py [--show 40]` over the drafts that nothing was trained on and a
sample of the others, or with `--gold FILE` over those of one file. A draft counts where its labels
hold nothing but what words can help, and the checker found something in it. "Other words" are those
outside the labelled words.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from checker.draft import make_draft
from checker.engine import Checker, load_checker
from checker.safer.change import Safer

ROOT = Path(__file__).parent.parent
HELPED = {"identifies-person", "jigsaw", "service-detail", "care-detail"}
WORD = re.compile(r"\w+(?:['’]\w+)*")
SEED = 7
IDENTIFYING = frozenset({"person", "contact", "identifier", "place"})
FIFTY = 50

Row = tuple[dict[str, Any], Any, Safer | None, float]


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the labelled drafts of `paths`, those that rewording could help."""
    drafts = [
        json.loads(line)
        for path in sorted(paths)
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        one
        for one in drafts
        if one["verdict"] != "ok" and set(one["categories"]) <= HELPED and not one.get("language")
    ]


def suggest(checker: Checker, gold: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Yield each draft in which the checker finds something, its report and what is offered."""
    drafts = [make_draft(one["text"], account=one["account"]) for one in gold]
    for one, draft, report in zip(gold, drafts, checker.check_all(drafts), strict=True):
        if report.verdict != "ok":
            start = time.perf_counter()
            safer = checker.suggest(draft, report)
            yield one, report, safer, time.perf_counter() - start


def kept(one: dict[str, Any], safer: Safer) -> tuple[int, int]:
    """Return how many words outside the labelled ones stay, and how many there are."""
    labelled = []
    for span in one["spans"]:
        start = -1
        for _ in range(span.get("nth", 1)):
            start = one["text"].find(span["quote"], start + 1)
        labelled.append((start, start + len(span["quote"])))
    words = [match.span() for match in WORD.finditer(one["text"])]
    other = [w for w in words if not any(s < w[1] and w[0] < e for s, e in labelled)]
    stay = [w for w in other if not any(c.start <= w[0] and w[1] <= c.end for c in safer.changes)]
    return len(stay), len(other)


def tell(name: str, rows: Sequence[Row]) -> None:
    """Print the two shares for `rows`."""
    offers = [(one, safer) for one, _, safer, _ in rows if safer]
    ok = sum(safer.verdict == "ok" for _, safer in offers)
    counts = [kept(one, safer) for one, safer in offers]
    stay, other = sum(one[0] for one in counts), sum(one[1] for one in counts)
    each = [stays / there for stays, there in counts if there]
    click.echo(f"{name}: {len(rows)} flagged drafts that words could help")
    click.echo(f"  reach ok          {ok} = {100 * ok / max(len(rows), 1):.1f} %")
    click.echo(f"  offered anything  {len(offers)} = {100 * len(offers) / max(len(rows), 1):.1f} %")
    click.echo(f"  other words kept  {100 * stay / max(other, 1):.1f} % of all,"
               f" {100 * sum(each) / max(len(each), 1):.1f} % a draft on average")  # fmt: skip

    fine = [(one, safer) for one, safer in offers if safer.verdict == "ok"]
    left = sum(_holds_labelled(one, safer) for one, safer in fine)
    telling = sum(_holds_telling(one, safer) for one, safer in fine)
    click.echo(f"  ok with labelled words still in it  {left}, that say who or where  {telling}")
    _tell_time(rows)


def _tell_time(rows: Sequence[Row]) -> None:
    """Print how long a wording took: of all drafts, and of those of at most fifty words."""
    short = [row for row in rows if len(row[0]["text"].split()) <= FIFTY]
    for name, some in (("all", rows), (f"up to {FIFTY} words", short)):
        took = sorted(seconds for *_, seconds in some) or [0.0]
        half, most = took[len(took) // 2], took[int(0.95 * len(took))]
        click.echo(f"  took p50 / p95, {name}  {1000 * half:.0f} / {1000 * most:.0f} ms")


def _holds_labelled(one: dict[str, Any], safer: Safer) -> bool:
    return any(span["quote"] in safer.text for span in one["spans"])


def _holds_telling(one: dict[str, Any], safer: Safer) -> bool:
    """Tell whether whole words that say who or where stand in what is offered."""
    quotes = [re.escape(span["quote"]) for span in one["spans"] if span["kind"] in IDENTIFYING]
    return any(re.search(rf"(?<!\w){quote}(?!\w)", safer.text) for quote in quotes)


def show(rows: Sequence[Row], count: int) -> None:
    """Print `count` drafts with what is offered, for a person to read."""
    for one, report, safer, _ in random.Random(SEED).sample(list(rows), min(count, len(rows))):
        rules = Counter(finding.rule for finding in report.findings)
        click.echo(f"\n{one['id']} {report.verdict} {', '.join(rules)}\n  - {one['text']!r}")
        click.echo(f"  + {safer.verdict} {safer.text!r}" if safer else f"  = {report.instead}")


@click.command()
@click.option("--show", "count", default=0, help="Print so many drafts with what is offered.")
@click.option("--gold", type=click.Path(exists=True, path_type=Path), help="Another file.")
@click.option("--sample", default=300, help="How many of the training drafts to take.")
def main(count: int, gold: Path | None, sample: int) -> None:
    """Measure, print, and show a few."""
    checker = load_checker()
    if gold:
        tell(gold.stem, rows := list(suggest(checker, read([gold]))))
        show(rows, count)
        return
    apart = list(suggest(checker, read((ROOT / "training_data/kept-apart").glob("*.jsonl"))))
    tell("kept apart", apart)
    drafts = read((ROOT / "training_data/drafts").glob("*.jsonl"))
    chosen = random.Random(SEED).sample(drafts, min(sample, len(drafts)))
    tell("training drafts", list(suggest(checker, chosen)))
    show(apart, count)


if __name__ == "__main__":
    main()
