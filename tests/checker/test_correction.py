"""What an author answers to a report changes the next one, by as much as it says and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.correction import MOST_CORRECTIONS, Correction, Says, fold, read_correction
from checker.draft import Draft
from checker.engine import Checker
from checker.errors import DraftError
from checker.finding import Role
from checker.report import Report
from checker.verdict import Category, Verdict

NAMED = "Struan in flat 3 is off his meds again the night and fighting with everyone"
WORKMATE = "Struan is off his meds again the night and fighting with everyone"
CODE = "the door code at number 12 is 4417, in case anyone covers the night"
BECAUSE = "because you told us so"


def said(says: Says, *words: str, rules: tuple[str, ...] = ()) -> Correction:
    return Correction(says, words, rules)


def after(checker: Checker, text: str, *corrections: Correction) -> Report:
    return checker.check(Draft(text, corrections=corrections))


def denied(report: Report, says: Says) -> tuple[Correction, ...]:
    """Return the answer `says` to each finding of `report`."""
    return tuple(
        said(says, *(span.quote for span in one.spans), rules=(one.rule,))
        for one in report.findings
    )


def test_without_an_answer_it_is_a_stop(checker: Checker) -> None:
    assert after(checker, NAMED).verdict is Verdict.STOP


@pytest.mark.parametrize(
    ("says", "role"),
    [(Says.OWN_FAMILY, Role.OWN_FAMILY), (Says.NOT_SUPPORTED, Role.OTHER)],
)
def test_a_person_is_who_the_author_says(checker: Checker, says: Says, role: Role) -> None:
    report = after(checker, NAMED, said(says, "STRUAN"))
    assert [(one.role, one.because) for one in report.people if one.quote == "Struan"] == [
        (role, BECAUSE)
    ]
    assert report.verdict is not Verdict.STOP


def test_what_is_private_to_a_workmate_goes_where_he_is_family(checker: Checker) -> None:
    raised = {one.category for one in after(checker, WORKMATE).findings}
    assert Category.COLLEAGUE_EMPLOYER in raised
    report = after(checker, WORKMATE, said(Says.OWN_FAMILY, "Struan"))
    assert (report.verdict, report.findings) == (Verdict.OK, ())


def test_what_is_private_to_a_workmate_stays_where_he_is_not_supported(checker: Checker) -> None:
    report = after(checker, WORKMATE, said(Says.NOT_SUPPORTED, "Struan"))
    assert {one.category for one in report.findings} == {Category.COLLEAGUE_EMPLOYER}


def test_an_answer_about_someone_else_changes_nothing(checker: Checker) -> None:
    plain, answered = after(checker, NAMED), after(checker, NAMED, said(Says.OWN_FAMILY, "Morag"))
    assert answered.findings == plain.findings


def test_an_answer_about_one_person_leaves_the_other(checker: Checker) -> None:
    text = "Struan and Morag in room 6 are both off their meds the night"
    report = after(checker, text, said(Says.OWN_FAMILY, "Struan"))
    assert report.verdict is Verdict.STOP


def test_nobody_is_family_of_someone_whom_nobody_supports(checker: Checker) -> None:
    text = "So proud of Archie, he got his first tooth at the nursery and his mum cried"
    report = after(checker, text, said(Says.NOT_SUPPORTED, "Archie"))
    roles = {one.quote: one.role for one in report.people}
    assert (roles["Archie"], roles["his mum"]) == (Role.OTHER, Role.OTHER)


@pytest.mark.parametrize("says", [Says.WRONG_MATCH, Says.PUBLIC])
def test_findings_that_the_author_denies_are_gone(checker: Checker, says: Says) -> None:
    plain = after(checker, CODE)
    report = after(checker, CODE, *denied(plain, says))
    assert plain.verdict is Verdict.STOP
    assert (report.verdict, report.findings) == (Verdict.OK, ())


def test_denying_one_finding_leaves_the_others(checker: Checker) -> None:
    plain = after(checker, NAMED)
    report = after(checker, NAMED, denied(plain, Says.WRONG_MATCH)[0])
    assert [one.rule for one in report.findings] == [one.rule for one in plain.findings[1:]]


@pytest.mark.parametrize(
    "correction",
    [
        said(Says.WRONG_MATCH, "4417", rules=("no.such-rule",)),
        said(Says.WRONG_MATCH, "other words", rules=("service-detail.access-code",)),
    ],
)
def test_a_denial_of_another_rule_or_other_words_changes_nothing(
    checker: Checker, correction: Correction
) -> None:
    assert after(checker, CODE, correction).findings == after(checker, CODE).findings


def test_the_report_says_that_it_took_the_authors_word(checker: Checker) -> None:
    told = "You told us that we got something wrong. We took your word for it."
    assert told in after(checker, NAMED, said(Says.OWN_FAMILY, "Struan")).not_checked
    assert told not in after(checker, NAMED).not_checked


# Reading and bounds.


def test_a_correction_comes_back_as_it_was_written() -> None:
    correction = said(Says.PUBLIC, "“a: b”", "ç\n", rules=("x.y",))
    assert read_correction(correction.value) == correction


@pytest.mark.parametrize(
    "value", ["", "null", "{}", "[1, 2, 3]", '["x", [], []]', '["public", "a"]', "[" * 9999]
)
def test_anything_else_is_an_error_that_does_not_repeat_it(value: str) -> None:
    with pytest.raises(DraftError, match=r"^One of your answers could not be read: "):
        read_correction(value)


def test_words_are_compared_without_case_and_with_single_spaces() -> None:
    assert fold(" Wee\n CALLUM ") == "wee callum"


def test_a_correction_does_not_show_its_words() -> None:
    assert "Callum" not in repr(Draft("x", corrections=(said(Says.OWN_FAMILY, "Callum"),)))


def test_a_draft_holds_so_many_and_no_more() -> None:
    many = (said(Says.OWN_FAMILY, "Jo"),) * MOST_CORRECTIONS
    draft = Draft("x", corrections=many)
    with pytest.raises(DraftError, match="more than 40 answers"):
        replace(draft, corrections=(*many, many[0]))
