"""Asks the checker, the rules alone and the learned reader alone what they make of drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from checker.draft import Account
from checker.engine import Checker
from checker.errors import ClassifierError
from checker.finding import Finding, Similar
from checker.judge import Thresholds
from checker.opinion import Opinion
from checker.outcome import LIKELY
from checker.report import Report
from checker.verdict import Category, Verdict
from model.dataset import Labelled
from model.heads import decide, held_out
from model.train import find_vectors, look

Array = np.ndarray[Any, Any]

# Drafts read between two states of the progress bar.
CHUNK = 100
NEAREST, LEANINGS = 2, 2
RULE = "rule:"

# The reader's opinion on a draft, beside what the rules alone find in it.
Asked = tuple[Opinion, tuple[Finding, ...]]


class Way(StrEnum):
    """A way of checking that is measured."""

    WHOLE = "whole checker"
    RULES = "rules alone"
    READER = "reader alone"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one way of checking made of one draft.

    `breach` is the reader's probability that the draft is not ok, None where no reader was
    asked; `found` says what was found, a line each, and `leanings` which categories the reader
    holds for likeliest; `find_nearest` looks up the nearest labelled drafts.
    """

    verdict: Verdict
    categories: frozenset[Category]
    breach: float | None = None
    found: tuple[str, ...] = ()
    leanings: tuple[str, ...] = ()
    find_nearest: Callable[[], tuple[Similar, ...]] = tuple


def ask(checker: Checker, drafts: Sequence[Labelled]) -> dict[Way, tuple[Answer, ...]]:
    """Return what each way of checking makes of `drafts`, in order, with the reader as shipped.

    Raises `ClassifierError` where the checker has no learned reader.
    """
    if checker.classifier is None:
        raise ClassifierError(checker.reader_problem)
    rules = checker.without_reader("measured by rules alone")
    answers: dict[Way, list[Answer]] = {way: [] for way in Way}
    for begin in tqdm(range(0, len(drafts), CHUNK), desc="checking drafts"):
        part = drafts[begin : begin + CHUNK]
        texts = [one.draft for one in part]
        opinions = [
            (checker.classifier.opine(evidence, found), found)
            for evidence, found in checker.gather(texts)
        ]
        answers[Way.WHOLE] += map(_whole, checker.check_all(texts), opinions)
        answers[Way.RULES] += map(_by_rules, rules.check_all(texts))
        answers[Way.READER] += _by_reader(part, opinions, checker.classifier.thresholds)
    return {way: tuple(given) for way, given in answers.items()}


def ask_held_out(
    encoder: Path, drafts: Sequence[Labelled], thresholds: dict[Account, Thresholds]
) -> tuple[Answer, ...]:
    """Return what the reader alone makes of drafts that the encoder in a folder never read.

    The heads that answer for a draft are fitted on the other voices. The nearest drafts are
    looked up among those of other voices here, since the encoder knows the rest by heart.
    """
    material, _ = look(encoder, drafts)
    vectors = find_vectors(encoder, drafts)
    verdicts, categories = held_out(material)
    given = decide(drafts, verdicts, categories, thresholds)
    return tuple(
        Answer(
            verdict=tuple(Verdict)[given[row]],
            categories=_likely(categories[row], given[row]),
            breach=float(1 - verdicts[row, 0]),
            found=tuple(_rules_in(material.marks[row])),
            leanings=_leanings(categories[row]),
            find_nearest=_Nearest(drafts, vectors, row),
        )
        for row in range(len(drafts))
    )


@dataclass(frozen=True, slots=True)
class _Nearest:
    """Looks up the drafts nearest to one of `drafts` among those of other voices."""

    drafts: Sequence[Labelled]
    vectors: Array
    row: int

    def __call__(self) -> tuple[Similar, ...]:
        own = self.drafts[self.row].voice
        likeness = self.vectors @ self.vectors[self.row]
        best = [row for row in np.argsort(-likeness) if self.drafts[row].voice != own]
        nearest = (self.drafts[row] for row in best[:NEAREST])
        return tuple(Similar(one.draft.text, one.verdict, one.note) for one in nearest)


def _whole(report: Report, asked: Asked) -> Answer:
    opinion, found = asked
    shown = {one.rule for one in report.findings}
    let_go = (f"let go: {one.rule} ({one.verdict})" for one in found if one.rule not in shown)
    return Answer(
        verdict=report.verdict,
        categories=frozenset(one.category for one in report.findings),
        breach=opinion.breach,
        found=(*map(_line, report.findings), *let_go),
        leanings=_leanings(_categories(opinion)),
        find_nearest=opinion.find_similar,
    )


def _line(finding: Finding) -> str:
    quotes = ", ".join(f"“{span.quote}”" for span in finding.spans) or "no words marked"
    return f"{finding.rule} ({finding.verdict}): {quotes}"


def _by_rules(report: Report) -> Answer:
    return Answer(report.verdict, frozenset(one.category for one in report.findings))


def _by_reader(
    drafts: Sequence[Labelled],
    asked: Sequence[Asked],
    thresholds: dict[Account, Thresholds],
) -> Iterator[Answer]:
    opinions = [opinion for opinion, _ in asked]
    verdicts = np.array([[one.verdicts[name] for name in Verdict] for one in opinions])
    categories = np.array([_categories(one) for one in opinions])
    decided = decide(drafts, verdicts, categories, thresholds)
    for opinion, given in zip(opinions, decided, strict=True):
        likely = _likely(_categories(opinion), given)
        yield Answer(tuple(Verdict)[given], likely, opinion.breach)


def _categories(opinion: Opinion) -> Array:
    return np.array([opinion.categories[one] for one in Category])


def _likely(categories: Array, given: int) -> frozenset[Category]:
    """Return the categories that the reader names, as the checker shows them: one at least."""
    if given == 0:
        return frozenset()
    best = categories.argmax()
    return frozenset(
        one for at, one in enumerate(Category) if at == best or categories[at] >= LIKELY
    )


def _leanings(categories: Array) -> tuple[str, ...]:
    """Return the two likeliest categories with their probability."""
    order = np.argsort(-categories)[:LEANINGS]
    return tuple(f"{tuple(Category)[at]} {100 * categories[at]:.0f} %" for at in order)


def _rules_in(marks: dict[str, float]) -> Iterator[str]:
    return (f"rule {name.removeprefix(RULE)}" for name in marks if name.startswith(RULE))
