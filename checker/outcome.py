"""What is shown after judging: the rules' findings that stand, and the reader's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.detectors.read_people import is_nobody
from checker.evidence import Evidence
from checker.explaining import ADVICE, explain
from checker.finding import THROUGH_WORK, Finding, Kind, Span, Strength, Why
from checker.opinion import Opinion
from checker.policy import Policy
from checker.verdict import Category, Verdict, worst

# From this probability a category counts for the reader; the likeliest one always does, so that
# nothing is flagged without a reason. Micro F1 over categories on held-out voices: 0.577 at 0.2,
# 0.585 at 0.3, 0.578 at 0.4, 0.565 at 0.5.
LIKELY = 0.3
# A likely rule whose category the reader holds for this improbable is let go, unless nothing
# else would be left to show; anything from 0.04 to 0.12 gave the same F1 within 0.002.
UNLIKELY = 0.08
# More cards than this are not read.
MOST_FINDINGS = 8
MOST_MARKS = 3
# The reader weighs each word by itself and marks such a one now and then beside the words that it
# means. Alone it tells an author nothing, and is nobody: "my" as the reason for a card.
EMPTY_WORDS = frozenset("a an the this that my our i me on in at of to for and is was here".split())


def settle(found: tuple[Finding, ...], verdict: Verdict) -> tuple[Finding, ...]:
    """Return the rules' findings that agree with `verdict`, worst first, none above it."""
    if verdict is Verdict.OK:
        return ()
    ranked = sorted(found, key=lambda one: (-one.verdict.severity, not one.certain))
    kept: list[Finding] = []
    for one in ranked:
        # A long draft may have thousands; each is held against these few alone.
        if len(kept) == MOST_FINDINGS:
            break
        if not any(_says_all(other, one) for other in kept):
            kept.append(one)
    return tuple(_lower(one, verdict) for one in kept)


def _says_all(finding: Finding, other: Finding) -> bool:
    """Tell whether `finding` shows all that `other` shows and more, for the same concern.

    Two that show the same words both stay: each may have a reason of its own, and they share a
    card.
    """
    shown = {(span.start, span.end) for span in finding.spans}
    return finding.category is other.category and shown > {
        (span.start, span.end) for span in other.spans
    }


def _lower(finding: Finding, verdict: Verdict) -> Finding:
    if finding.verdict.severity <= verdict.severity:
        return finding
    return replace(finding, verdict=verdict)


def raised_by_reader(
    findings: tuple[Finding, ...],
    opinion: Opinion,
    verdict: Verdict,
    *,
    evidence: Evidence,
    policy: Policy,
) -> tuple[Finding, ...]:
    """Let go the rules that the reader holds for unlikely, and add what it finds likely itself.

    The people and numbers that the reader marked, and everybody met through work, stand in some
    finding, whoever raised it.
    """
    opinion = replace(opinion, marks=_telling(opinion.marks))
    findings = _agreed(findings, opinion) or findings[:1]
    known = {finding.category for finding in findings}
    likely = [one for one in Category if opinion.categories[one] >= LIKELY]
    if not likely and not findings:
        likely = [max(Category, key=lambda one: opinion.categories[one])]
    added = [
        _finding(category, opinion, verdict, evidence=evidence, policy=policy)
        for category in likely
        if category not in known
    ]
    told = _reaching((*findings, *added), opinion, verdict)
    return _with_people(told, (*_who(opinion), *_met_through_work(evidence)))


def _telling(marks: Iterable[Span]) -> tuple[Span, ...]:
    """Return the marks that say something by themselves."""
    return tuple(
        one
        for one in marks
        if one.quote.lower() not in EMPTY_WORDS
        and any(char.isalnum() for char in one.quote)
        and not (one.kind is Kind.PERSON and is_nobody(one.quote))
    )


def _agreed(findings: tuple[Finding, ...], opinion: Opinion) -> tuple[Finding, ...]:
    """Return the findings that the reader does not hold for unlikely.

    A stop over words that nothing else explains stays too: in a draft with several concerns the
    reader thinks of the loudest, and an insult at its end would go unsaid. That adds five findings
    to 1,670 on the drafts kept apart, and takes 0.001 from the F1 over categories.
    """
    held = [one for one in findings if one.certain or opinion.categories[one.category] >= UNLIKELY]
    explained = [span for one in held for span in one.spans]
    apart = (
        one
        for one in findings
        if held and one.verdict is Verdict.STOP and not _touches(one, explained)
    )
    kept = {id(one) for one in (*held, *apart)}
    return tuple(one for one in findings if id(one) in kept)


def _touches(finding: Finding, spans: Iterable[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in finding.spans for b in spans)


def _reaching(
    findings: tuple[Finding, ...], opinion: Opinion, verdict: Verdict
) -> tuple[Finding, ...]:
    """Return `findings` with one at least as grave as `verdict`, in front.

    Where the rules found all the categories, but the reader thinks worse of them than they do, it
    is the one that the reader holds likeliest: no verdict stands without a card that says as much.
    """
    if worst(tuple(one.verdict for one in findings)) is verdict:
        return findings
    likeliest = max(findings, key=lambda one: opinion.categories[one.category])
    why = Why(
        clues=(*likeliest.why.clues, "reader"),
        probability=round(opinion.categories[likeliest.category], 2),
        similar=opinion.find_similar(),
    )
    raised = replace(likeliest, verdict=verdict, why=why)
    return (raised, *(one for one in findings if one is not likeliest))


def _who(opinion: Opinion) -> Iterator[Span]:
    """Yield the people and numbers that the reader marked as part of a concern."""
    kinds = (Kind.PERSON, Kind.CONTACT, Kind.IDENTIFIER)
    yield from (mark for mark in opinion.marks if mark.kind in kinds)


def _met_through_work(evidence: Evidence) -> Iterator[Span]:
    """Yield the people whom the author supports, and their families."""
    for one in evidence.mentions:
        if one.role in THROUGH_WORK:
            yield Span(one.start, one.end, one.quote, Kind.PERSON, str(one.role))


def _with_people(findings: tuple[Finding, ...], people: Iterable[Span]) -> tuple[Finding, ...]:
    """Put those of `people` whom no finding shows into the first one."""
    shown = [span for finding in findings for span in finding.spans]
    missing: list[Span] = []
    for one in people:
        if not any(span.start < one.end and one.start < span.end for span in (*shown, *missing)):
            missing.append(one)
    if not findings or not missing:
        return findings
    first = replace(findings[0], spans=(*findings[0].spans, *missing))
    return (first, *findings[1:])


def _finding(
    category: Category, opinion: Opinion, verdict: Verdict, *, evidence: Evidence, policy: Policy
) -> Finding:
    spans = opinion.marks or _weightiest(opinion, evidence)
    return Finding(
        rule=f"{category}.reader",
        category=category,
        verdict=verdict,
        message=explain(category, spans, evidence.mentions),
        advice=ADVICE[category],
        clauses=policy.for_category(category),
        spans=spans,
        why=Why(
            clues=("reader",),
            probability=round(opinion.categories[category], 2),
            similar=opinion.find_similar(),
        ),
    )


def _weightiest(opinion: Opinion, evidence: Evidence) -> tuple[Span, ...]:
    """Return what to show for a draft in which the reader marks no words.

    That is the sentence that weighed most, or, where there is but one, the clues that say most;
    without any, the sentence.
    """
    sentence = opinion.weigh()
    if sentence is not None:
        return (sentence,)
    strong = [clue for clue in evidence.clues if clue.strength is Strength.STRONG]
    shown = tuple(
        Span(clue.start, clue.end, clue.quote, clue.kind, clue.label)
        for clue in strong[:MOST_MARKS]
    )
    text = evidence.reading.draft.text
    return shown or (Span(0, len(text), text, Kind.REMARK, "reader.weighed"),)
