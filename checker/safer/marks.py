"""Which words of a draft a wording has to deal with, and which of them no other word stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.finding import THROUGH_WORK, Kind, Span, Strength
from checker.report import Report
from checker.safer.forms import OPEN, OWN
from checker.safer.phrases import is_noun_phrase
from checker.safer.source import Source
from checker.verdict import Category

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
BY_READER = ".reader"
SAYING = ("NN", "VB", "JJ", "CD")
# Verbs that say nothing by themselves.
LIGHT = frozenset(
    "be is are was wis were am been being have has had hae haes do does did get got 's ’s 've ’ve "
    "'d ’d 're ’re 'm ’m".split()
)
FIRST_PERSON = frozenset("i i'm im me my ma mah ah a'm ah'm".split())
THIRD_PERSON = frozenset("he she his her him they them their".split())
# Words of the service that are harmless once place and time are gone; a key or a code never is.
WITHOUT_PLACE = ("service.whereabouts",)


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found: all of it, what must be left out, and insults.

    `told` is what must be left out when an outing without its place and day may be told; `must` is
    what no wording keeps: of what the reader alone marks only words that say something.
    """

    all: tuple[Span, ...]
    private: tuple[Span, ...]
    told: tuple[Span, ...]
    must: tuple[Span, ...]
    insults: tuple[Span, ...]


def find_marks(source: Source, report: Report, left: Sequence[Span]) -> Marks:
    """Return the marks of `report`, and of `left`: what an earlier wording still told."""
    spans = (*(span for one in report.findings for span in one.spans), *left)
    private = (
        *_private(report, source),
        *(one for one in left if one.kind not in (Kind.PERSON, Kind.PLACE)),
    )
    insults = (
        span
        for one in report.findings
        if one.category not in REWORDED
        for span in one.spans
        if span.kind is Kind.REMARK
    )
    told = tuple(span for span in private if span.label not in WITHOUT_PLACE)
    must = (
        *_private(_of_rules(report), source),
        *(one for one in private if _says_something(source, one)),
    )
    return Marks(spans, private, told, must, tuple(insults))


def _of_rules(report: Report) -> Report:
    """Return `report` without what the reader found alone."""
    found = (one for one in report.findings if not one.rule.endswith(BY_READER))
    return replace(report, findings=tuple(found))


def _says_something(source: Source, span: Span) -> bool:
    """Tell whether marked words say something: "cried the whole road", not "off" or "we had"."""
    words = source.within(span.start, span.end)
    saying = (word for word in words if word.lower not in LIGHT)
    return len(words) > 1 and any(word.tag.startswith(SAYING) for word in saying)


def with_people(source: Source, spans: Sequence[Span]) -> list[Span]:
    """Return `spans` and everybody whom the author met through work."""
    people = [
        Span(one.start, one.end, one.quote, Kind.PERSON, str(one.role))
        for one in source.mentions
        if one.role in THROUGH_WORK
    ]
    return [*spans, *people]


def _private(report: Report, source: Source) -> list[Span]:
    """Return the marked words that no person or phrase stands for: care, service, remarks."""
    private = [*_care_around(report, source)]
    for finding in report.findings:
        kinds = {Kind.CARE, Kind.REMARK}
        if finding.category in (Category.SERVICE_DETAIL, Category.CONFIDENTIAL_PROCESS):
            kinds.add(Kind.SERVICE)
        private += [
            span for span in finding.spans if span.kind in kinds or _tells_of_a_person(source, span)
        ]
    return [span for span in private if source.tag_at(span.start, span.end) is None]


def _tells_of_a_person(source: Source, span: Span) -> bool:
    """Tell whether a marked person is no noun, but more than an "on": "he used to feed"."""
    if span.kind is not Kind.PERSON or is_noun_phrase(source, span):
        return False
    return len(source.within(span.start, span.end)) > 1


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
