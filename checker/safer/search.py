"""Try wordings from the mildest to the strongest, and offer the first that the checker prefers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.draft import Draft
from checker.finding import THROUGH_WORK, Kind, Span, Strength
from checker.report import Report
from checker.safer.change import Change, Edit, Safer, apply_changes
from checker.safer.clauses import clause_edits, sentence_edits
from checker.safer.details import DETAIL, detail_edits
from checker.safer.forms import OPEN, OWN, Form, make_forms
from checker.safer.people import is_noun_phrase, people_edits
from checker.safer.source import Source
from checker.safer.taking_back import take_back
from checker.safer.tidy import fit
from checker.verdict import Category, Verdict

# Checks drafts, and says beside each report whether the draft still holds something private.
CheckAll = Callable[[Sequence[Draft]], list[tuple[Report, bool]]]

# Where words can be taken out and the rest is still worth posting. An insult stays one in any
# words, and a worry about care belongs with those who can act on it.
REWORDED = frozenset(
    {
        Category.IDENTIFIES_PERSON,
        Category.JIGSAW,
        Category.CARE_DETAIL,
        Category.SERVICE_DETAIL,
        Category.CONFIDENTIAL_PROCESS,
    }
)
OF_PEOPLE = REWORDED - {Category.SERVICE_DETAIL}
FIRST_PERSON = frozenset("i i'm im me my ma mah ah a'm ah'm".split())
THIRD_PERSON = frozenset("he she his her him they their them".split())
# Words of the service that are harmless once place and time are gone; a key or a code never is.
WITHOUT_PLACE = ("service.whereabouts",)
# What the learned reader raises alone ends in this; its words can go, sentence by sentence.
BY_READER = ".reader"
# Fewer words are not worth posting; hashtags and the words put in by us do not count.
FEWEST_WORDS, FEWEST_SHARE = 5, 0.2
# Longer drafts would hold a worker for seconds: their candidates are not made.
MOST_CHARACTERS = 6000
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

    What it still finds in the best wording is taken out in a second round. None where nothing
    better has enough words left.
    """
    if len(draft.text) > MOST_CHARACTERS:
        return None
    tried = _try(draft, list(_candidates(draft, source, report)), check_all)
    if tried and not _has_ok(tried):
        again = _with_more(report, min(tried, key=_severity))
        tried += _try(draft, list(_candidates(draft, source, again)), check_all)
    if not _has_ok(tried):
        tried += _try(draft, _alone(draft, source, _marked(report), check_all), check_all)
    best = min(tried, key=_severity, default=None)
    return best.safer if best and _severity(best) < report.verdict.severity else None


@dataclass(frozen=True, slots=True)
class _Tried:
    safer: Safer
    report: Report


def _severity(tried: _Tried) -> int:
    return tried.safer.verdict.severity


def _has_ok(tried: Sequence[_Tried]) -> bool:
    return any(one.safer.verdict is Verdict.OK for one in tried)


def _try(draft: Draft, candidates: Sequence[Changes], check_all: CheckAll) -> list[_Tried]:
    """Return the candidates that are worth posting, in order, each with the report on it."""
    offers = list(dict.fromkeys(one for one in candidates if _is_worth(draft.text, one)))
    texts = [apply_changes(draft.text, one) for one in offers]
    reports = check_all([replace(draft, text=text) for text in texts]) if texts else []
    return [
        _Tried(Safer(text, changes, made.verdict), made)
        for text, changes, (made, is_private) in zip(texts, offers, reports, strict=True)
        if not is_private
    ]


def _with_more(report: Report, tried: _Tried) -> Report:
    """Return `report` with what is still found in a wording, at its place in the author's text."""
    more = []
    for finding in tried.report.findings:
        spans = tuple(filter(None, (take_back(tried.safer, span) for span in finding.spans)))
        if spans and finding.category in REWORDED:
            more.append(replace(finding, spans=spans))
    return replace(report, findings=(*report.findings, *more))


def _marked(report: Report) -> tuple[Span, ...]:
    return tuple(span for one in report.findings for span in one.spans)


def _candidates(draft: Draft, source: Source, report: Report) -> Iterator[Changes]:
    """Yield wordings from the mildest to the strongest; each deals with every marked word."""
    spans = _marked(report)
    insulting = [
        span
        for one in report.findings
        if one.category not in REWORDED
        for span in one.spans
        if span.kind is Kind.REMARK
    ]
    gone = sentence_edits(source, insulting)
    private = _private(report, source)
    forms = make_forms(draft.account)
    if not private:
        yield from (_worded(source, spans, form, gone) for form in forms)
    # An outing without its place and day may be told.
    told = [span for span in private if span.label not in WITHOUT_PLACE]
    for kept in (told, private) if len(told) < len(private) else (private,):
        clauses = [*gone, *clause_edits(source, kept)]
        yield from (_worded(source, spans, form, clauses) for form in forms)
    sentences = [*gone, *sentence_edits(source, private)]
    yield from (_worded(source, spans, form, sentences) for form in forms)
    yield fit(source.text, sentence_edits(source, _all_marked(source, spans)))


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


def _private(report: Report, source: Source) -> list[Span]:
    """Return the marked words that no person or phrase stands for: care, service, remarks."""
    private = [*_care_around(report, source)]
    for finding in report.findings:
        kinds = {Kind.CARE, Kind.REMARK}
        if finding.category in (Category.SERVICE_DETAIL, Category.CONFIDENTIAL_PROCESS):
            kinds.add(Kind.SERVICE)
        private += [
            span
            for span in finding.spans
            if span.kind in kinds or (span.kind is Kind.PERSON and not is_noun_phrase(source, span))
        ]
    return [span for span in private if source.tag_at(span.start, span.end) is None]


def _care_around(report: Report, source: Source) -> Iterator[Span]:
    """Yield the words of care in and beside the sentences of the findings.

    The reader marks what it needs to be sure, and care that it left unmarked is no less private.
    The author's own, and that of their family, is theirs to tell.
    """
    if not any(one.category in OF_PEOPLE for one in report.findings):
        return
    marked = [span for one in report.findings for span in one.spans]
    for i, (start, end) in enumerate(source.sentences):
        near = source.sentences[max(i - 1, 0) : i + 2]
        is_near = any(a <= span.start < b for span in marked for a, b in near)
        if is_near and not _is_own(source, start, end):
            yield from (
                Span(one.start, one.end, one.quote, one.kind, one.label)
                for one in source.clues
                if one.kind is Kind.CARE
                and one.strength is Strength.STRONG
                and start <= one.start < end
            )


def _is_own(source: Source, start: int, end: int) -> bool:
    """Tell whether a sentence speaks of the author's own people, or of the author alone."""
    roles = {one.role for one in source.mentions if start <= one.start < end}
    words = {word.lower for word in source.within(start, end)}
    is_author = bool(words & FIRST_PERSON) and not roles & {*THROUGH_WORK, *OPEN}
    return bool(roles & set(OWN)) or (is_author and not words & THIRD_PERSON)


def _all_marked(source: Source, spans: Sequence[Span]) -> list[Span]:
    people = [
        Span(one.start, one.end, one.quote, Kind.PERSON, str(one.role))
        for one in source.mentions
        if one.role in THROUGH_WORK
    ]
    return [*spans, *people]


def _alone(
    draft: Draft, source: Source, spans: Sequence[Span], check_all: CheckAll
) -> list[Changes]:
    """Return the wording that keeps the sentences which are ok on their own and hold no finding."""
    marked = sentence_edits(source, _all_marked(source, spans))
    gone = {(one.start, one.end) for one in marked}
    kept = [one for one in source.sentences if one not in gone]
    if not kept:
        return []
    drafts = [replace(draft, text=source.text[start:end]) for start, end in kept]
    bad = [
        Edit(*place, "", "Beside the rest, this part could tell something private.")
        for place, (made, is_private) in zip(kept, check_all(drafts), strict=True)
        if made.verdict is not Verdict.OK or is_private
    ]
    return [fit(source.text, [*marked, *bad])] if bad else []


def _is_worth(text: str, changes: Changes) -> bool:
    """Tell whether a changed text still says something in the author's own words."""
    if not changes:
        return False
    kept = len(WORD.findall(apply_changes(text, (replace(one, new="") for one in changes))))
    return kept >= max(FEWEST_WORDS, FEWEST_SHARE * len(WORD.findall(text)))
