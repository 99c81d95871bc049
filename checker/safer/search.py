"""Try wordings from the mildest on, and offer the one that keeps most of the author's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.draft import Draft
from checker.finding import Span
from checker.report import Report
from checker.safer.candidates import Changes, make_bare, make_mild, make_strong
from checker.safer.change import Edit, Safer, apply_changes
from checker.safer.clauses import sentence_edits
from checker.safer.marks import REWORDED, find_marks, with_people
from checker.safer.natural import reads_well
from checker.safer.pronouns import pronoun_edits
from checker.safer.source import Source
from checker.safer.taking_back import take_back
from checker.safer.tidy import fit
from checker.safer.worth import count_own, is_worth
from checker.verdict import Category, Verdict

# Checks drafts, and says beside each report what the draft still holds that is private.
CheckAll = Callable[[Sequence[Draft]], list[tuple[Report, tuple[Span, ...]]]]

# Longer drafts would hold a worker for seconds: their candidates are not made.
MOST_CHARACTERS = 6000
# How often what a wording still tells is taken out as well.
ROUNDS = 3
# How many wordings are checked at once.
AT_ONCE = 4
# No words make these right: a picture stays one, and a worry must reach those who can act on it.
NEVER = frozenset({Category.IMAGE, Category.CONCERN_ABOUT_CARE})
BY_READER = ".reader"


def may_help(report: Report) -> bool:
    """Tell whether other words could make the draft of `report` better."""
    if not report.findings or report.verdict is Verdict.OK:
        return False
    own = [one for one in report.findings if not one.rule.endswith(BY_READER)]
    return all(one.category not in NEVER for one in own) and any(
        one.category in REWORDED for one in report.findings
    )


def find_safer(draft: Draft, report: Report, source: Source, check_all: CheckAll) -> Safer | None:
    """Return the wording of `draft` that `check_all` finds ok and that keeps most, or a better one.

    What it still finds in the mildest wording is taken out in further rounds; where that does not
    do, all that tells of people goes. None where nothing better has enough words left.
    """
    if len(draft.text) > MOST_CHARACTERS:
        return None
    tried: list[_Tried] = []
    for candidates in _batches(draft, report, source, check_all, tried):
        tried += _try(draft, candidates, check_all)
        fine = [one for one in tried if one.is_ok]
        if fine:
            return max(fine, key=lambda one: count_own(draft.text, one.safer.changes)).safer
    offered = (one for one in tried if not one.left)
    best = min(offered, key=_severity, default=None)
    return best.safer if best and _severity(best) < report.verdict.severity else None


@dataclass(frozen=True, slots=True)
class _Tried:
    safer: Safer
    report: Report
    left: tuple[Span, ...]

    @property
    def is_ok(self) -> bool:
        return not self.left and self.safer.verdict is Verdict.OK


def _severity(tried: _Tried) -> int:
    return tried.safer.verdict.severity


def _batches(
    draft: Draft, report: Report, source: Source, check_all: CheckAll, tried: Sequence[_Tried]
) -> Iterator[list[Changes]]:
    """Yield what to check next, `tried` growing meanwhile: mild wordings, mended, then strong."""
    found: Report = report
    left: tuple[Span, ...] = ()
    marks = find_marks(source, report, ())
    seen: set[Changes] = set()
    for _ in range(ROUNDS):
        before = len(tried)
        mild = _fresh(source, make_mild(draft, source, marks), seen)
        yield mild[:AT_ONCE]
        if len(tried) == before:
            break
        best = min(tried[before:], key=lambda one: (_severity(one), len(one.left)))
        found, left = _with_more(found, best), (*left, *_taken_back(best, best.left))
        marks = find_marks(source, found, left)
    yield _fresh(source, make_strong(draft, source, marks), seen)[:AT_ONCE]
    yield _fresh(source, _alone(draft, source, report, check_all), seen)
    yield _fresh(source, make_bare(draft, source, marks), seen, is_bare=True)[:AT_ONCE]


def _fresh(
    source: Source, candidates: Iterable[Changes], seen: set[Changes], *, is_bare: bool = False
) -> list[Changes]:
    """Return the candidates that are new, worth posting and read well, and note them as seen."""
    text = source.text
    fresh = []
    for changes in candidates:
        is_new = bool(changes) and changes not in seen
        seen.add(changes)
        if not is_new or not (is_bare or is_worth(text, changes)):
            continue
        new = apply_changes(text, changes)
        if reads_well(text, new, changes) and not _still_names(source, new, changes):
            fresh.append(changes)
    return fresh


def _still_names(source: Source, new: str, changes: Changes) -> bool:
    """Tell whether somebody whose name went in one place is named in another."""
    gone = (
        one.quote
        for one in source.mentions
        if one.named and any(c.start <= one.start and one.end <= c.end for c in changes)
    )
    return any(re.search(rf"\b{re.escape(name)}\b", new, re.I) for name in gone if len(name) > 2)


def _try(draft: Draft, candidates: Sequence[Changes], check_all: CheckAll) -> list[_Tried]:
    """Return the candidates with the reports on them, all checked at once."""
    if not candidates:
        return []
    texts = [apply_changes(draft.text, changes) for changes in candidates]
    checked = check_all([replace(draft, text=text) for text in texts])
    return [
        _Tried(Safer(text, changes, made.verdict), made, left)
        for text, changes, (made, left) in zip(texts, candidates, checked, strict=True)
    ]


def _with_more(report: Report, tried: _Tried) -> Report:
    """Return `report` with what is still found in a wording, at its place in the author's text."""
    more = []
    for finding in tried.report.findings:
        spans = _taken_back(tried, finding.spans)
        if spans and finding.category in REWORDED:
            more.append(replace(finding, spans=spans))
    return replace(report, findings=(*report.findings, *more))


def _taken_back(tried: _Tried, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(filter(None, (take_back(tried.safer, span) for span in spans)))


def _alone(draft: Draft, source: Source, report: Report, check_all: CheckAll) -> Iterator[Changes]:
    """Yield the wording that keeps the sentences which are ok on their own and hold no finding."""
    marks = find_marks(source, report, ())
    marked = sentence_edits(source, with_people(source, marks.all))
    gone = {(one.start, one.end) for one in marked}
    kept = [one for one in source.sentences if one not in gone]
    if not kept:
        return
    drafts = [replace(draft, text=source.text[start:end]) for start, end in kept]
    bad = [
        Edit(*place, "", "Beside the rest, this part could tell something private.")
        for place, (made, left) in zip(kept, check_all(drafts), strict=True)
        if made.verdict is not Verdict.OK or left
    ]
    if bad:
        edits = [*marked, *bad]
        yield fit(source.text, [*edits, *pronoun_edits(source, edits)])
