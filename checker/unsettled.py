"""Findings after judging: which of the rules' stand, and those that the reader alone raised."""

from __future__ import annotations

from checker.evidence import Evidence
from checker.finding import Finding, Span, Strength, Why
from checker.opinion import Opinion
from checker.policy import Policy
from checker.verdict import Category, Verdict

# A category counts for the reader from even odds; the likeliest one always does, so that
# nothing is flagged without a reason.
LIKELY = 0.5
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
    return Finding(
        finding.rule, finding.category, verdict, finding.message, finding.advice,
        finding.clauses, finding.spans, finding.why, finding.certain,
    )


def raised_by_reader(
    findings: tuple[Finding, ...],
    opinion: Opinion,
    verdict: Verdict,
    *,
    evidence: Evidence,
    policy: Policy,
) -> tuple[Finding, ...]:
    """Add a finding for each likely category that no rule found, with the reader's reasons."""
    known = {finding.category for finding in findings}
    likely = [one for one in Category if opinion.categories[one] >= LIKELY]
    if not likely and not findings:
        likely = [max(Category, key=lambda one: opinion.categories[one])]
    added = [
        _finding(category, opinion, verdict, evidence=evidence, policy=policy)
        for category in likely
        if category not in known
    ]
    return (*findings, *added)


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
        Span(clue.start, clue.end, clue.quote, clue.kind, clue.label) for clue in strong[:MOST_MARKS]
    )
