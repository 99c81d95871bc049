"""Two rulebooks applied to the same drafts: what a change of rules would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from checker.evidence import Evidence
from checker.judging import Judging
from checker.lines import Line
from checker.rulebook import Rulebook
from checker.verdict import Verdict, worst

if TYPE_CHECKING:
    from checker.engine import Checker

CHUNK = 64


@dataclass(frozen=True, slots=True)
class Judged:
    """What one rulebook says of a draft: the gravest verdict, and the rules behind it."""

    verdict: Verdict
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A draft whose verdict by rules alone differs between two rulebooks."""

    line: Line
    before: Judged
    after: Judged

    @property
    def kind(self) -> str:
        """Return what has changed for the author, in words."""
        if self.before.verdict is Verdict.OK:
            return "newly flagged"
        return "no longer flagged" if self.after.verdict is Verdict.OK else "another verdict"


def compare(
    before: Rulebook, after: Rulebook, lines: Iterator[Line], checker: Checker
) -> Iterator[Change]:
    """Yield each draft in `lines` whose verdict changes; `checker` reads them, whatever its rules.

    Lines without a draft are passed over.
    """
    old, new = (checker.with_rulebook(book).judging for book in (before, after))
    drafts = (line for line in lines if line.draft is not None)
    while chunk := list(islice(drafts, CHUNK)):
        drafts_in = [line.draft for line in chunk if line.draft is not None]
        gathered = checker.gather(drafts_in, rules_alone=True)
        for line, (evidence, _) in zip(chunk, gathered, strict=True):
            change = Change(line, judge_by(old, evidence), judge_by(new, evidence))
            if change.before.verdict is not change.after.verdict:
                yield change


def judge_by(judging: Judging, evidence: Evidence) -> Judged:
    """Return what the rules of one rulebook alone say of a draft."""
    findings = judging.look(evidence)[1].shown
    return Judged(
        worst(tuple(finding.verdict for finding in findings)),
        frozenset(finding.rule for finding in findings),
    )
