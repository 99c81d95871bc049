"""Practice: ten drafts of our own, one at a time, and what the guide says of each."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checker.clause import Clause
from checker.draft import Account, Draft
from checker.errors import PostcheckError
from checker.policy import Policy
from checker.verdict import Category, Verdict

FILE = Path(__file__).with_name("practice.jsonl")
ROUND = 10
# More would not be reread; of one concern the first two beside suitability, so that each has a say.
MOST_CLAUSES = 6
MOST_EACH = 3
EVERY = "every"

SECTORS: Mapping[str, str] = MappingProxyType(
    {
        EVERY: "A mix of them all",
        "addictions": "Drug and alcohol services",
        "care-at-home": "Care at home",
        "care-home": "Care homes for adults",
        "childminding": "Childminding",
        "childrens-house": "Children’s houses",
        "day-service": "Day services",
        "elc": "Nurseries",
        "family-support": "Family support",
        "fostering": "Fostering and adoption",
        "homelessness": "Homelessness",
        "housing-support": "Housing support",
        "justice": "Justice",
        "ld": "Learning disability",
        "mh": "Mental health",
        "school-age": "School age childcare",
        "sheltered": "Sheltered housing",
        "social-work": "Social work",
    }
)


class PracticeError(PostcheckError):
    """What came back is no round of practice; says what to do."""


@dataclass(frozen=True, slots=True)
class Example:
    """A draft for practice, with what the guide says of it and why."""

    id: str
    sector: str
    draft: Draft
    verdict: Verdict
    categories: tuple[Category, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Round:
    """Ten drafts, and the answers given so far, which go with the page and are kept nowhere."""

    examples: tuple[Example, ...]
    answers: tuple[Verdict, ...] = ()

    @property
    def is_done(self) -> bool:
        """Tell whether every draft has its answer."""
        return len(self.answers) == len(self.examples)

    @property
    def current(self) -> Example:
        """Return the draft that waits for its answer."""
        return self.examples[len(self.answers)]

    @property
    def last(self) -> Example:
        """Return the draft that was answered last."""
        return self.examples[len(self.answers) - 1]

    @property
    def given(self) -> tuple[tuple[Example, Verdict], ...]:
        """Return the drafts that were answered, each with its answer."""
        return tuple(zip(self.examples, self.answers, strict=False))

    @property
    def different(self) -> tuple[tuple[Example, Verdict], ...]:
        """Return the drafts that were answered otherwise than the guide does."""
        return tuple((one, answer) for one, answer in self.given if answer is not one.verdict)

    @property
    def alike(self) -> int:
        """Return how many answers were those of the guide."""
        return len(self.answers) - len(self.different)

    @property
    def state(self) -> dict[str, str]:
        """Return the fields that carry this round to the next page."""
        ids = " ".join(one.id for one in self.examples)
        return {"drafts": ids, "answers": " ".join(self.answers)}

    def answered(self, answer: Verdict) -> Round:
        """Return the round with one more answer."""
        return replace(self, answers=(*self.answers, answer))


def load_examples(path: Path = FILE) -> tuple[Example, ...]:
    """Return every draft for practice, in the order of the file."""
    return tuple(_example(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def _example(record: Mapping[str, Any]) -> Example:
    return Example(
        id=record["id"],
        sector=record["sector"],
        draft=Draft(record["text"], Account(record["account"])),
        verdict=Verdict(record["verdict"]),
        categories=tuple(one for one in Category if one in record["categories"]),
        note=record["note"],
    )


def begin_round(examples: Sequence[Example], sector: str, chance: random.Random) -> Round:
    """Return a round of ten drafts of `sector`, or of all; raises `PracticeError` for no sector."""
    if sector not in SECTORS:
        raise PracticeError("That kind of service is not known: please choose one from the list.")
    fitting = [one for one in examples if sector in (EVERY, one.sector)]
    return Round(tuple(chance.sample(fitting, ROUND)))


def read_round(examples: Sequence[Example], sent: Mapping[str, str]) -> Round:
    """Return the round that the fields of a page carry; raises `PracticeError` for any other."""
    known = {one.id: one for one in examples}
    ids = sent.get("drafts", "").split(" ")
    answers = sent.get("answers", "").split(" ") if sent.get("answers") else []
    is_fit = (
        len(ids) == len(set(ids)) == ROUND
        and set(ids) <= set(known)
        and len(answers) <= ROUND
        and set(answers) <= set(Verdict)
    )
    if not is_fit:
        raise PracticeError("We could not read where you were: please begin again.")
    return Round(tuple(known[one] for one in ids), tuple(Verdict(one) for one in answers))


def clauses_to_reread(round_: Round, policy: Policy) -> tuple[Clause, ...]:
    """Return the clauses that bear most on what was answered otherwise, the most frequent first."""
    counted = Counter(
        clause
        for example, _ in round_.different
        for category in example.categories
        for clause in policy.for_category(category)[:MOST_EACH]
    )
    return tuple(clause for clause, _ in counted.most_common(MOST_CLAUSES))
