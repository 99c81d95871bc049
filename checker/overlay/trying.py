"""Try it: one text before and after a change of the rulebook, side by side, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.draft import Draft
from checker.finding import Finding

if TYPE_CHECKING:
    from checker.engine import Checker
    from checker.report import Report


@dataclass(frozen=True, slots=True)
class Tried:
    """The reports on one text by two rulebooks, with the findings that only one of them has.

    `shadow` holds the ids of rules on trial that hold after the change; they flag nothing yet.
    """

    before: Report
    after: Report
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    shadow: tuple[str, ...]


def try_text(before: Checker, after: Checker, draft: Draft) -> Tried:
    """Return what two checkers say of `draft`; findings differ by rule, verdict or words."""
    old = before.check(draft)
    (checked,) = after.check_counted([draft])
    new = checked.report
    return Tried(
        before=old,
        after=new,
        gone=tuple(one for one in old.findings if _key(one) not in map(_key, new.findings)),
        new=tuple(one for one in new.findings if _key(one) not in map(_key, old.findings)),
        shadow=checked.shadow,
    )


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.verdict, finding.spans
