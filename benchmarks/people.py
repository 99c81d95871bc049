"""Sets our people beside those of Presidio and plain spaCy, on real posts and on the drafts.

Run by `python benchmarks/people.py` with the extra `benchmark` installed, where the posts and the
development drafts stand beside the project in `../shared/` (or in the folder named by
POSTCHECK_SHARED). Nothing is downloaded; the figures go into `docs/people.md`.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from page import put
from tqdm import tqdm

from checker.draft import Account, Draft
from checker.engine import Checker, load_checker
from checker.finding import Role
from checker.language import DEFAULT_MODEL

SHARED = Path(os.environ.get("POSTCHECK_SHARED", Path(__file__).parent.parent.parent / "shared"))
POSTS = ("btc_dev", "wnut17_dev")
DRAFTS = ("dev.jsonl", "dev_functions.jsonl")
# Handles, hashtags and user names are no plain names; a regular expression finds them all.
TAG = re.compile(r"(?:[@#]|\bu/)\w+")
NUMBERS = ["PHONE_NUMBER", "EMAIL_ADDRESS", "UK_NHS", "IBAN_CODE", "CREDIT_CARD"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class System:
    """A way to find people: `people` in a post, `flags` all that worries it in a draft."""

    name: str
    people: Callable[[str], list[Span]]
    flags: Callable[[Draft], dict[str, Any]]


@dataclass(slots=True)
class Count:
    """What was found of one set of posts, with the milliseconds each took."""

    gold: int = 0
    found: int = 0
    lower: int = 0
    lower_found: int = 0
    said: int = 0
    right: int = 0
    posts: int = 0
    alarms: int = 0
    times: list[float] = field(default_factory=list)


def touches(one: Span, others: Sequence[Span]) -> bool:
    """Tell whether `one` shares a character with any of `others`."""
    return any(start < one[1] and one[0] < end for start, end in others)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file whose text is not blank."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["text"].strip():
            yield record


def measure(system: System, posts: Sequence[dict[str, Any]]) -> Count:
    """Return how `system` does on labelled posts, by overlap, handles and hashtags apart."""
    count = Count()
    for post in tqdm(posts, desc=system.name):
        text = post["text"]
        tags = [match.span() for match in TAG.finditer(text)]
        people = [(a, b) for a, b, label in post["spans"] if label == "PERSON"]
        gold = [span for span in people if not touches(span, tags)]
        began = time.perf_counter()
        got = system.people(text)
        count.times.append(1000 * (time.perf_counter() - began))
        got = [span for span in got if not touches(span, tags)]
        _add(count, text, gold, got)
        if not people:
            count.posts += 1
            count.alarms += bool(got)
    return count


def _add(count: Count, text: str, gold: Sequence[Span], got: Sequence[Span]) -> None:
    found = [span for span in gold if touches(span, got)]
    count.gold += len(gold)
    count.found += len(found)
    count.lower += sum(text[a:b].islower() for a, b in gold)
    count.lower_found += sum(text[a:b].islower() for a, b in found)
    count.said += len(got)
    count.right += sum(touches(span, gold) for span in got)


def ours(checker: Checker) -> System:
    """Return this checker: names that are no place or word; its whole report on a draft."""

    def people(text: str) -> list[Span]:
        report = checker.check(Draft(text))
        return [
            (one.start, one.end)
            for one in report.people
            if one.named and one.role is not Role.PLACE_OR_WORD
        ]

    return System("Postcheck (the whole check)", people, lambda one: checker.check(one).as_dict())


def plain_spacy() -> System:
    """Return spaCy's own name finder, with the model that we use."""
    import spacy

    pipeline = spacy.load(DEFAULT_MODEL)

    def people(text: str) -> list[Span]:
        return [
            (one.start_char, one.end_char) for one in pipeline(text).ents if one.label_ == "PERSON"
        ]

    return System("spaCy", people, lambda draft: as_report(people(draft.text)))


def presidio() -> System:
    """Return Presidio over the same spaCy model: PERSON in posts, numbers too in drafts."""
    # By default its e-mail recogniser asks the network for a list of domains.
    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    provider = NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": DEFAULT_MODEL}],
        }
    )
    engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])

    def find(text: str, entities: list[str]) -> list[Span]:
        found = engine.analyze(text=text, entities=entities, language="en")
        return [(one.start, one.end) for one in found]

    return System(
        "Presidio",
        lambda text: find(text, ["PERSON"]),
        lambda draft: as_report(find(draft.text, ["PERSON", *NUMBERS])),
    )


def as_report(spans: Sequence[Span]) -> dict[str, Any]:
    """Return a report that flags a draft where anything was found."""
    pointed = [{"start": start, "end": end} for start, end in spans]
    findings = [{"category": "identifies-person", "spans": pointed}] if spans else []
    return {"verdict": "stop" if spans else "ok", "findings": findings}


def score(system: System, drafts: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return the figures of the scorer for `system` on the development drafts."""
    with tempfile.TemporaryDirectory() as folder:
        gold, reports = Path(folder) / "gold.jsonl", Path(folder) / "reports.jsonl"
        gold.write_text("".join(json.dumps(one) + "\n" for one in drafts), encoding="utf-8")
        made = (
            {"id": d["id"], **system.flags(Draft(d["text"], account=Account(d["account"])))}
            for d in tqdm(drafts, desc=system.name)
        )
        reports.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
        scorer = SHARED / "eval" / "score.py"
        ran = subprocess.run(
            [sys.executable, str(scorer), str(gold), str(reports), "--json"],
            capture_output=True,
            text=True,
            check=True,
        )
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def row(name: str, count: Count) -> str:
    """Return the line of the table for one system on one set."""
    times = sorted(count.times)
    return (
        f"| {name} | {count.found / count.gold:.1%} | {count.right / count.said:.1%} "
        f"| {count.lower_found} of {count.lower} | {count.alarms / count.posts:.1%} "
        f"| {statistics.median(times):.1f} / {times[int(0.95 * len(times))]:.1f} |"
    )


def main() -> None:
    """Measure every system on every set and write the tables."""
    if not (SHARED / "eval" / "score.py").is_file():
        sys.exit(f"There are no posts in {SHARED}: set POSTCHECK_SHARED to their folder.")
    systems = (presidio(), plain_spacy(), ours(load_checker()))
    lines: list[str] = []
    for name in POSTS:
        posts = list(read(SHARED / "data" / "posts" / f"{name}.jsonl"))
        lines += [
            f"**{name}** ({len(posts):,} posts)\n",
            "| | recall | precision | lower-case names | posts with false alarms | ms p50 / p95 |",
            "|---|---|---|---|---|---|",
        ]
        lines += [row(one.name, measure(one, posts)) for one in systems] + [""]
    drafts = [one for name in DRAFTS for one in read(SHARED / "eval" / name)]
    lines += [
        f"**Development drafts** ({len(drafts)})\n",
        "| | who recall | flagged | false alarm |",
        "|---|---|---|---|",
    ]
    for one in systems:
        got = score(one, drafts)
        lines.append(
            f"| {one.name} | {got['who recall']:.1%} | {got['flagged']:.1%} "
            f"| {got['false alarm']:.1%} |"
        )
    text = "\n".join(lines) + "\n"
    put("peers", "people.md", text)
    print(text)


if __name__ == "__main__":
    main()
