"""Takes the author's word for it: other roles for people, and findings that do not apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.correction import Correction, Says, fold
from checker.evidence import Evidence
from checker.finding import THROUGH_WORK, Finding, Mention, Role
from checker.verdict import Category, Verdict, worst

ROLES = {Says.NOT_SUPPORTED: Role.OTHER, Says.OWN_FAMILY: Role.OWN_FAMILY}
BECAUSE = "because you told us so"
BECAUSE_OF_OTHERS = "because you told us that you do not support anyone named here"

# What cannot be wrong where nobody in the words is met through work. An insult stays one.
ABOUT_PEOPLE = frozenset(
    {
        Category.IDENTIFIES_PERSON,
        Category.JIGSAW,
        Category.CARE_DETAIL,
        Category.IMAGE,
        Category.BOUNDARY,
    }
)


def correct_people(evidence: Evidence) -> Evidence:
    """Return `evidence` with the roles that the author of its draft gave to people.

    Where nobody is left whom the author supports, nobody is their family either.
    """
    roles = _roles(evidence.reading.draft.corrections)
    if not roles:
        return evidence
    mentions = tuple(_correct(one, roles) for one in evidence.mentions)
    if not any(one.role is Role.SUPPORTED for one in mentions):
        mentions = tuple(_free(one) for one in mentions)
    return replace(evidence, mentions=mentions)


def drop_corrected(
    findings: tuple[Finding, ...], verdict: Verdict, evidence: Evidence
) -> tuple[tuple[Finding, ...], Verdict]:
    """Return the findings that still apply, and the verdict that is left.

    The verdict stays as it is where every finding does.
    """
    corrections = evidence.reading.draft.corrections
    kept = tuple(
        one
        for one in findings
        if not _is_denied(one, corrections) and not _is_about_others(one, evidence, corrections)
    )
    if len(kept) == len(findings):
        return findings, verdict
    return kept, worst(tuple(one.verdict for one in kept))


def _roles(corrections: Iterable[Correction]) -> dict[str, Role]:
    return {
        words: ROLES[one.says]
        for one in corrections
        if one.says.is_about_people
        for words in one.folded
    }


def _correct(mention: Mention, roles: dict[str, Role]) -> Mention:
    role = roles.get(fold(mention.quote))
    return replace(mention, role=role, because=BECAUSE, introduced=False) if role else mention


def _free(mention: Mention) -> Mention:
    is_family = mention.role is Role.FAMILY_OF_SUPPORTED
    return replace(mention, role=Role.OTHER, because=BECAUSE_OF_OTHERS) if is_family else mention


def _is_denied(finding: Finding, corrections: Iterable[Correction]) -> bool:
    """Tell whether the author said that the finding does not apply to its words."""
    words = {fold(span.quote) for span in finding.spans}
    return any(
        finding.rule in one.rules and words <= one.folded
        for one in corrections
        if not one.says.is_about_people
    )


def _is_about_others(
    finding: Finding, evidence: Evidence, corrections: Iterable[Correction]
) -> bool:
    """Tell whether all whom the words speak of are, by the author's word, not met through work."""
    if not _roles(corrections):
        return False
    people = [
        one
        for one in evidence.mentions
        if any(one.start < span.end and span.start < one.end for span in finding.spans)
    ]
    is_told = any(one.because in (BECAUSE, BECAUSE_OF_OTHERS) for one in people)
    return is_told and all(_is_out_of(finding.category, one.role) for one in people)


def _is_out_of(category: Category, role: Role) -> bool:
    """Tell whether a finding of `category` cannot be about a person of `role`."""
    # Who is not supported may be a workmate, whose private matters stay private; family is neither.
    if category is Category.COLLEAGUE_EMPLOYER:
        return role is Role.OWN_FAMILY
    return category in ABOUT_PEOPLE and role not in THROUGH_WORK
