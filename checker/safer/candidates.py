"""The wordings to try for what was found, from the mildest on; each deals with all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.draft import Account, Draft
from checker.finding import Span
from checker.safer.change import Change, Edit
from checker.safer.clauses import clause_edits, sentence_edits
from checker.safer.details import DETAIL, detail_edits
from checker.safer.forms import Form, make_forms
from checker.safer.marks import Marks, with_people
from checker.safer.people import people_edits
from checker.safer.pronouns import pronoun_edits
from checker.safer.source import Source
from checker.safer.tidy import fit
from checker.safer.worth import is_worth, with_opening

Changes = tuple[Change, ...]


def make_mild(draft: Draft, source: Source, marks: Marks) -> Iterator[Changes]:
    """Yield the wordings that make people general and drop what is private part by part."""
    gone = sentence_edits(source, marks.insults)
    forms = make_forms(draft.account)
    is_told = len(marks.told) < len(marks.private)
    for private in (marks.told, marks.private) if is_told else (marks.private,):
        for is_fine in (True, False):
            clauses = [*gone, *clause_edits(source, private, is_fine=is_fine)]
            yield from (make_worded(source, marks.all, form, clauses) for form in forms)
    sentences = [*gone, *sentence_edits(source, marks.private)]
    yield from (make_worded(source, marks.all, form, sentences) for form in reversed(forms))


def make_strong(draft: Draft, source: Source, marks: Marks) -> Iterator[Changes]:
    """Yield the wordings that drop whoever was met through work, part by part or by sentence."""
    people = with_people(source, marks.all)
    for gone in (clause_edits(source, people), sentence_edits(source, people)):
        yield fit(source.text, [*gone, *pronoun_edits(source, gone)])


def make_bare(draft: Draft, source: Source, marks: Marks) -> Iterator[Changes]:
    """Yield the wordings in which a feeling alone is left, after a sentence of ours."""
    if draft.account is Account.SERVICE:
        return
    for changes in (*make_mild(draft, source, marks), *make_strong(draft, source, marks)):
        if not is_worth(source.text, changes):
            yield with_opening(source.text, changes)


def make_worded(source: Source, spans: Sequence[Span], form: Form, gone: Sequence[Edit]) -> Changes:
    """Return the changes for people and details outside `gone`, and `gone` itself.

    A detail that no phrase can lose takes its part of the sentence along.
    """
    details = detail_edits(source, spans)
    stuck = [one for one in spans if one.kind in DETAIL and not _is_touched(one, [*details, *gone])]
    gone = [*gone, *clause_edits(source, stuck)]
    people = people_edits(source, spans, form, gone)
    edits = [*gone, *people, *details]
    return fit(source.text, [*edits, *pronoun_edits(source, edits)])


def _is_touched(span: Span, edits: Sequence[Edit]) -> bool:
    return any(edit.touches(span.start, span.end) for edit in edits)
