"""Try wordings from the mildest to the strongest, and offer the first that the checker prefers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.draft import Draft
from checker.finding import Span
from checker.report import Report
from checker.safer.change import Change, Edit, Safer, apply_changes
from checker.safer.clauses import clause_edits, sentence_edits
from checker.safer.details import DETAIL, detail_edits
from checker.safer.forms import Form, make_forms
from checker.safer.marks import REWORDED, Marks, find_marks, with_people
from checker.safer.natural import reads_well
from checker.safer.people import people_edits
from checker.safer.source import Source
from checker.safer.taking_back import take_back
from checker.safer.tidy import fit
from checker.verdict import Verdict

# Checks drafts, and says beside each report what the draft still holds that is private.
CheckAll = Callable[[Sequence[Draft]], list[tuple[Report, tuple[Span, ...]]]]

# What the learned reader raises alone ends in this; its words can go, sentence by sentence.
BY_READER = ".reader"
# Fewer words are not worth posting; hashtags and the words put in by us do not count. A few words
# are enough where the draft had few ("left the big light on").
FEWEST_WORDS, FEWEST_SHARE = 5, 0.2
FEWEST_OF_FEW, SHARE_OF_FEW = 4, 0.3
# Longer drafts would hold a worker for seconds: their candidates are not made.
MOST_CHARACTERS = 6000
# How often what a wording still tells is taken out as well.
ROUNDS = 3
WORD = re.compile(r"(?<![#@\w])[^\W\d_]{2,}")

Changes = tuple[Change, ...]


def may_help(report: Report) -> bool:
    """Tell whether other words could make the draft of `report` better."""
    if not report.findings or report.verdict is Verdict.OK:
        return False
    own = [one for one in report.findings if not one.rule.endswith(BY_READER)]
    return all(one.category in REWORDED for one in own) and any(
        one.category in REWORDED for one in report.findings
    )


def find_safer(draft: Draft, report: Report, source: Source, check_all: CheckAll) -> Safer | None:
    """Return the mildest wording of `draft` that `check_all` finds ok, or else better than it was.

    What it still finds in the best wording is taken out in further rounds. None where nothing
    better has enough words left.
    """
    if len(draft.text) > MOST_CHARACTERS:
        return None
    tried = _rounds(draft, report, source, check_all)
    if not any(one.is_ok for one in tried):
        tried += _try(draft, _alone(draft, source, report, check_all), check_all)
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


def _rounds(draft: Draft, report: Report, source: Source, check_all: CheckAll) -> list[_Tried]:
    tried: list[_Tried] = []
    seen: set[Changes] = set()
    left: tuple[Span, ...] = ()
    for _ in range(ROUNDS):
        marks = find_marks(source, report, left)
        fresh = [one for one in dict.fromkeys(_candidates(draft, source, marks)) if one not in seen]
        seen.update(fresh)
        made = _try(draft, fresh, check_all)
        tried += made
        if not made or made[-1].is_ok:
            break
        best = min(made, key=lambda one: (_severity(one), bool(one.left)))
        report, left = _with_more(report, best), (*left, *_taken_back(best, best.left))
    return tried


def _try(draft: Draft, candidates: Iterable[Changes], check_all: CheckAll) -> list[_Tried]:
    """Return the candidates that are worth posting up to the first that is ok, with its report."""
    tried = []
    for changes in candidates:
        text = apply_changes(draft.text, changes)
        if not _is_worth(draft.text, changes) or not reads_well(draft.text, text, changes):
            continue
        ((made, left),) = check_all([replace(draft, text=text)])
        tried.append(_Tried(Safer(text, changes, made.verdict), made, left))
        if tried[-1].is_ok:
            break
    return tried


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


def _candidates(draft: Draft, source: Source, marks: Marks) -> Iterator[Changes]:
    """Yield wordings from the mildest to the strongest; each deals with every marked word."""
    gone = sentence_edits(source, marks.insults)
    forms = make_forms(draft.account)
    if not marks.private:
        yield from (_worded(source, marks.all, form, gone) for form in forms)
    is_told = len(marks.told) < len(marks.private)
    for private in (marks.told, marks.private) if is_told else (marks.private,):
        clauses = [*gone, *clause_edits(source, private)]
        yield from (_worded(source, marks.all, form, clauses) for form in forms)
    sentences = [*gone, *sentence_edits(source, marks.private)]
    yield from (_worded(source, marks.all, form, sentences) for form in forms)
    yield fit(source.text, clause_edits(source, with_people(source, marks.all)))
    yield fit(source.text, sentence_edits(source, with_people(source, marks.all)))


def _worded(source: Source, spans: Sequence[Span], form: Form, gone: Sequence[Edit]) -> Changes:
    """Return the changes for people and details outside `gone`, and `gone` itself.

    A detail that no phrase can lose takes its part of the sentence along.
    """
    details = detail_edits(source, spans)
    stuck = [one for one in spans if one.kind in DETAIL and not _is_touched(one, [*details, *gone])]
    gone = [*gone, *clause_edits(source, stuck)]
    people = people_edits(source, spans, form, gone)
    return fit(source.text, [*gone, *people, *details])


def _is_touched(span: Span, edits: Sequence[Edit]) -> bool:
    return any(edit.touches(span.start, span.end) for edit in edits)


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
        yield fit(source.text, [*marked, *bad])


def _is_worth(text: str, changes: Changes) -> bool:
    """Tell whether a changed text still says something in the author's own words."""
    if not changes:
        return False
    kept = len(WORD.findall(apply_changes(text, (replace(one, new="") for one in changes))))
    share = kept / max(len(WORD.findall(text)), 1)
    if kept < FEWEST_WORDS:
        return kept >= FEWEST_OF_FEW and share >= SHARE_OF_FEW
    return share >= FEWEST_SHARE
