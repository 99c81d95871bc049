"""Wordings of one draft that were tried, each with the checker's report on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from checker.draft import Draft
from checker.finding import THROUGH_WORK, Kind, Span
from checker.report import Report
from checker.safer.candidates import Changes
from checker.safer.change import Safer, apply_changes
from checker.safer.marks import REWORDED
from checker.safer.natural import reads_well
from checker.safer.seams import fits_around
from checker.safer.source import Source
from checker.safer.taking_back import take_back
from checker.safer.worth import count_own, is_worth
from checker.verdict import Verdict

# Checks drafts, and says beside each report what the draft still holds that is private.
CheckAll = Callable[[Sequence[Draft]], list[tuple[Report, tuple[Span, ...]]]]

# A wording that is better, but not fine, keeps at least this share of the author's words.
FEWEST_IF_BETTER = 0.4


@dataclass(frozen=True, slots=True)
class Tried:
    """A wording, the report on it, and what it still holds that is private, in its own words."""

    safer: Safer
    report: Report
    left: tuple[Span, ...]

    @property
    def is_ok(self) -> bool:
        """Tell whether it may be offered as fine."""
        return not self.left and self.safer.verdict is Verdict.OK

    @property
    def severity(self) -> int:
        """Return how grave its verdict is."""
        return self.safer.verdict.severity

    @property
    def worry(self) -> tuple[int, int, float]:
        """Return how far it is from fine: by verdict, what is left, and how sure the reader is."""
        sure = max((one.why.probability or 1.0 for one in self.report.findings), default=0.0)
        return self.severity, len(self.left), sure

    def take_back(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return those of `spans` that stand outside changes, at their place in the draft."""
        return tuple(filter(None, (take_back(self.safer, span) for span in spans)))

    def add_findings(self, report: Report) -> Report:
        """Return `report` with what is still found here, at its place in the author's text."""
        more = []
        for finding in self.report.findings:
            spans = self.take_back(finding.spans)
            if spans and finding.category in REWORDED:
                more.append(replace(finding, spans=spans))
        return replace(report, findings=(*report.findings, *more))


@dataclass(frozen=True, slots=True)
class Trials:
    """What was tried for `draft`, in order, and which wordings were seen at all.

    `marked` are the words of each finding: a wording that touches none of them answers nothing,
    though the checker may pass it for want of a harmless sentence; and whoever is named there is
    named in no wording, whatever the checker takes them for once the rest is gone.
    """

    draft: Draft
    source: Source
    check_all: CheckAll
    marked: tuple[tuple[Span, ...], ...] = ()
    tried: list[Tried] = field(default_factory=list)
    seen: set[Changes] = field(default_factory=set)

    @property
    def best(self) -> Tried | None:
        """Return the wording that is fine and keeps most of the author's words, None for none."""
        fine = [one for one in self.tried if one.is_ok]
        return max(fine, key=lambda one: self.count(one.safer.changes), default=None)

    @property
    def left(self) -> tuple[Span, ...]:
        """Return what any wording still held that is private, at its place in the draft."""
        return tuple(span for one in self.tried for span in one.take_back(one.left))

    def count(self, changes: Changes) -> int:
        """Return how many of the author's words stay."""
        return count_own(self.draft.text, changes)

    def keeps_much(self, tried: Tried) -> bool:
        """Tell whether enough stays that a wording which is better, not fine, is worth reading."""
        return self.count(tried.safer.changes) >= FEWEST_IF_BETTER * self.count(())

    def pick_new(self, candidates: Iterable[Changes], *, is_bare: bool = False) -> list[Changes]:
        """Return the candidates that are new, worth posting and read well; all are seen then."""
        new = []
        for changes in candidates:
            is_new = bool(changes) and changes not in self.seen
            self.seen.add(changes)
            if is_new and (is_bare or is_worth(self.draft.text, changes)) and self._reads(changes):
                new.append(changes)
        return new

    def run(self, candidates: Sequence[Changes]) -> list[Tried]:
        """Check the candidates, all at once, and keep what comes of it."""
        if not candidates:
            return []
        texts = [apply_changes(self.draft.text, changes) for changes in candidates]
        checked = self.check_all([replace(self.draft, text=text) for text in texts])
        made = [
            Tried(Safer(text, changes, report.verdict), report, left)
            for text, changes, (report, left) in zip(texts, candidates, checked, strict=True)
        ]
        self.tried.extend(made)
        return made

    def _reads(self, changes: Changes) -> bool:
        new = apply_changes(self.draft.text, changes)
        if not all(_is_touched(spans, changes) for spans in self.marked if spans):
            return False
        smooth = reads_well(self.draft.text, new, changes) and fits_around(self.source, changes)
        return smooth and not self._still_names(new, changes)

    def _still_names(self, new: str, changes: Changes) -> bool:
        """Tell whether somebody from work is named, or whose name went in one place."""
        people = [one for spans in self.marked for one in spans if one.kind is Kind.PERSON]
        gone = (
            one.quote
            for one in self.source.mentions
            if one.named
            and (
                one.role in THROUGH_WORK
                or any(c.start <= one.start and one.end <= c.end for c in changes)
                or any(m.start <= one.start and one.end <= m.end for m in people)
            )
        )
        return any(
            re.search(rf"\b{re.escape(name)}\b", new, re.I) for name in gone if len(name) > 2
        )


def _is_touched(spans: Sequence[Span], changes: Changes) -> bool:
    return any(a.start < b.end and b.start < a.end for a in spans for b in changes)
