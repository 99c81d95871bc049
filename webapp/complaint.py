"""The form with which staff report an answer: what it holds, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from checker.draft import LONGEST, Account, Draft
from checker.report import Report
from checker.verdict import Verdict
from webapp.form import Problem
from webapp.store.feedback import Complaining
from webapp.store.queue_tables import Complaint

if TYPE_CHECKING:
    from webapp.masking import Masker

LONGEST_NOTE = 1000
MOST_RULES = 20
RULE = re.compile(r"[a-z0-9-]{1,60}\.[a-z0-9.-]{1,60}", re.ASCII)

KINDS: Mapping[Complaint, str] = {
    Complaint.WRONG: "It warns about something that is fine",
    Complaint.MISSED: "It missed something",
}
NO_TEXT = "The text is empty. Leave in the words that it is about."
MASKED_MORE = "We found more names or numbers and masked them. Look again, then press the button."


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What the page shows, which is all that would be sent."""

    masked: str = field(repr=False)
    note: str = field(default="", repr=False)
    kind: Complaint | None = None
    account: Account = Account.PERSONAL
    verdict: Verdict = Verdict.OK
    rules: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def problem_with(self, name: str) -> str:
        """Return what is wrong with field `name`, or "" when nothing is."""
        return next((each.message for each in self.problems if each.field == name), "")

    def with_problem(self, name: str, message: str) -> ComplaintForm:
        """Return the same form with a problem more."""
        return replace(self, problems=(*self.problems, Problem(name, message)))

    def as_sent(self) -> Complaining:
        """Return what is kept; raises `ValueError` while there is something to put right."""
        if self.problems or self.kind is None:
            raise ValueError("The form has problems.")
        return Complaining(
            self.kind, self.masked, self.note, self.account, self.verdict, self.rules
        )


def begin_complaint(draft: Draft, report: Report, masker: Masker) -> ComplaintForm:
    """Return the form for a report on `draft`, with the text masked."""
    return ComplaintForm(
        masked=masker.mask(draft.text, report),
        account=draft.account,
        verdict=report.verdict,
        rules=tuple(dict.fromkeys(finding.rule for finding in report.findings))[:MOST_RULES],
    )


def read_complaint(sent: Mapping[str, str]) -> ComplaintForm:
    """Return the form with what came back from the page, and with its problems."""
    problems: list[Problem] = []
    masked = sent.get("masked", "").replace("\r\n", "\n").strip()
    note = sent.get("note", "").replace("\r\n", "\n").strip()
    kind = sent.get("kind", "")
    if kind not in list(Complaint):
        problems.append(Problem("kind", "Say whether it is wrong or missed something."))
    if not masked:
        problems.append(Problem("masked", NO_TEXT))
    if len(masked) > LONGEST:
        problems.append(Problem("masked", f"The text can have up to {LONGEST:,} characters."))
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("note", f"The note can have up to {LONGEST_NOTE:,} characters."))
    account, verdict = sent.get("account", ""), sent.get("verdict", "")
    rules = tuple(filter(RULE.fullmatch, sent.get("rules", "").split()))[:MOST_RULES]
    return ComplaintForm(
        masked=masked,
        note=note,
        kind=Complaint(kind) if kind in list(Complaint) else None,
        account=Account(account) if account in list(Account) else Account.PERSONAL,
        verdict=Verdict(verdict) if verdict in list(Verdict) else Verdict.OK,
        rules=rules,
        problems=tuple(problems),
    )


def mask_again(form: ComplaintForm, masked: str, note: str) -> ComplaintForm:
    """Return `form` with text and note as masked once more, and a problem if that changed any."""
    if (masked, note) == (form.masked, form.note):
        return form
    changed = "masked" if masked != form.masked else "note"
    return replace(form, masked=masked, note=note).with_problem(changed, MASKED_MORE)
