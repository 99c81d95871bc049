"""What is shown after judging: the rules' findings that stand, and the reader's own."""

from __future__ import annotations

from dataclasses import replace

from checker.evidence import Evidence
from checker.finding import Finding, Kind, Span, Strength, Why
from checker.opinion import Opinion
from checker.policy import Policy
from checker.verdict import Category, Verdict

# From this probability a category counts for the reader; the likeliest one always does, so that
# nothing is flagged without a reason. Micro F1 over categories was 0.50 at 0.25 and 0.45 at 0.4 on
# held-out voices with networks that had read half of the drafts, but 0.43 and 0.47 on the
# development drafts with the surer network that is used.
LIKELY = 0.4
# A likely rule whose category the reader holds for this improbable is let go, unless nothing
# else would be left to show; anything from 0.04 to 0.12 gave the same F1 within 0.002.
UNLIKELY = 0.08
# More cards than this are not read.
MOST_FINDINGS = 8
MOST_MARKS = 3


def settle(found: tuple[Finding, ...], verdict: Verdict) -> tuple[Finding, ...]:
    """Return the rules' findings that agree with `verdict`, worst first, none above it."""
    if verdict is Verdict.OK:
        return ()
    ranked = sorted(found, key=lambda one: (-one.verdict.severity, not one.certain))
    return tuple(_lower(one, verdict) for one in ranked[:MOST_FINDINGS])


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

    The people and numbers that the reader marked stand in some finding, whoever raised it.
    """
    kept = tuple(
        one for one in findings if one.certain or opinion.categories[one.category] >= UNLIKELY
    )
    findings = kept or findings[:1]
    known = {finding.category for finding in findings}
    likely = [one for one in Category if opinion.categories[one] >= LIKELY]
    if not likely and not findings:
        likely = [max(Category, key=lambda one: opinion.categories[one])]
    added = [
        _finding(category, opinion, verdict, evidence=evidence, policy=policy)
        for category in likely
        if category not in known
    ]
    return _with_people((*findings, *added), opinion)


def _with_people(findings: tuple[Finding, ...], opinion: Opinion) -> tuple[Finding, ...]:
    """Put the people and numbers that the reader marked into the first finding if in none."""
    shown = [span for finding in findings for span in finding.spans]
    missing = tuple(
        mark
        for mark in opinion.marks
        if mark.kind in (Kind.PERSON, Kind.CONTACT, Kind.IDENTIFIER)
        and not any(span.start < mark.end and mark.start < span.end for span in shown)
    )
    if not findings or not missing:
        return findings
    first = replace(findings[0], spans=(*findings[0].spans, *missing))
    return (first, *findings[1:])


def _finding(
    category: Category, opinion: Opinion, verdict: Verdict, *, evidence: Evidence, policy: Policy
) -> Finding:
    concern = policy.concern(category)
    return Finding(
        rule=f"{category}.reader",
        category=category,
        verdict=verdict,
        message=f"This reads like posts that were judged a concern: {concern.title.lower()}.",
        advice="Look again at the marked words. If you are unsure, ask your manager first.",
        clauses=policy.for_category(category),
        spans=opinion.marks or _strong_clues(evidence),
        why=Why(
            clues=("reader",),
            probability=round(opinion.categories[category], 2),
            similar=opinion.similar,
        ),
    )


def _strong_clues(evidence: Evidence) -> tuple[Span, ...]:
    """Return the clues that say most, for the rare draft in which the reader marks no words."""
    strong = [clue for clue in evidence.clues if clue.strength is Strength.STRONG]
    return tuple(
        Span(clue.start, clue.end, clue.quote, clue.kind, clue.label)
        for clue in strong[:MOST_MARKS]
    )
