"""Labelled drafts to preview a change with: a selection that is shipped, rules' own, and local."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from checker.draft import Account, Draft, Photo
from checker.rulebook import Rulebook
from checker.verdict import Verdict

# Made by `python -m model selection`: invented drafts of our own, no one's post.
FILE = Path(__file__).parent / "drafts.jsonl.xz"


class Origin(StrEnum):
    """Where a labelled draft is from."""

    SHIPPED = "shipped"
    RULE = "rule"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled draft. Losing one that is `must_catch` should keep a change from being published.

    `id` is what a page names it by; `unseen` is true of shipped ones that the learned reader was
    not trained with.
    """

    id: str
    draft: Draft = field(repr=False)
    verdict: Verdict
    must_catch: bool = False
    origin: Origin = Origin.LOCAL
    unseen: bool = False


def load_examples(path: Path = FILE) -> tuple[Example, ...]:
    """Return the shipped selection of labelled drafts, in the order of the file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return tuple(_example(json.loads(line)) for line in lines)


def _example(record: dict[str, Any]) -> Example:
    return Example(
        id=record["id"],
        draft=Draft(record["text"], Account(record["account"])),
        verdict=Verdict(record["verdict"]),
        origin=Origin.SHIPPED,
        unseen=record["unseen"],
    )


def rule_examples(rulebook: Rulebook) -> tuple[Example, ...]:
    """Return what must be caught: what the shipped rules that are certain of a stop must flag."""
    found = []
    for rule in rulebook.told or rulebook.rules:
        account = Account.PERSONAL if Account.PERSONAL in rule.accounts else Account.SERVICE
        if rule.certain and rule.enabled and rule.verdict is Verdict.STOP:
            for number, text in enumerate(rule.flag, 1):
                draft = Draft(text, account, rule.photo or Photo.NONE)
                id = f"{rule.id}, example {number}"
                found.append(Example(id, draft, Verdict.STOP, must_catch=True, origin=Origin.RULE))
    return tuple(found)
