"""What a person reads in a terminal: the marked draft, the reasons, and what was not checked."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from checker.clause import Clause
from checker.draft import Draft
from checker.engine import Checker
from checker.finding import Finding, Kind, Mention, Role, Similar, Span, Why
from checker.policy import Policy, load_policy
from checker.report import CheckedWith, Report, Signpost
from checker.terminal import show
from checker.verdict import Category, Verdict

TEXT = "🎉 wee Callum is off his meds :pill: [bold]again[/bold]\n"
# What is written between the words to style them.
STYLE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="module")
def unsure(policy: Policy) -> Clause:
    return replace(policy.clause("sssc.confidentiality"), number="9.9", confirmed=False)


@pytest.fixture
def report(policy: Policy, unsure: Clause) -> Report:
    """Return a report with everything that a report can hold."""
    finding = Finding(
        rule="care-detail.named-person",
        category=Category.CARE_DETAIL,
        verdict=Verdict.STOP,
        message="“wee Callum” is named beside his care: “off his meds”.",
        advice="Leave out the name and the detail.",
        clauses=(policy.clause("sssc.privacy-dignity"), unsure),
        spans=(
            Span(2, 12, "wee Callum", Kind.PERSON, "supported"),
            Span(16, 28, "off his meds", Kind.CARE, "medication.taking"),
        ),
        why=Why(probability=0.974, similar=(Similar("wee Jo’s meds", Verdict.STOP, "a name"),)),
    )
    return Report(
        verdict=Verdict.STOP,
        summary="There are two things to look at.",
        findings=(finding, replace(finding, verdict=Verdict.REVIEW, spans=(), why=Why())),
        people=(Mention(2, 12, "wee Callum", True, Role.SUPPORTED, "“his meds”", 0, 2),),
        signposts=(Signpost("Care Inspectorate", "Anyone can call.", "https://example.org"),),
        not_checked=("Pictures were not looked at.",),
        language="en",
        checked_with=CheckedWith("0.0", "abc123", "none, rules only"),
    )


def printed(
    report: Report, policy: Policy, *, text: str = TEXT, width: int = 80, **options: bool
) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False, **options)
    show(report, Draft(text), policy=policy, console=console)
    return file.getvalue()


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not post this\nThere are two things to look at.\nIt was right to check first.",
        "   🎉 [wee Callum][1] is [off his meds][1] :pill: [bold]again[/bold]\n",
        "\n1. Someone’s health, care or life story – Do not post\n",
        "   “wee Callum” is named beside his care: “off his meds”.\n",
        "   The words: “wee Callum” (a person), “off his meds” (care or private life)\n",
        "   Why it matters: ",
        "      SSSC Code 1.5 (2024): Protect dignity and privacy\n",
        "      SSSC Code 9.9 (2024, number not confirmed): ",
        "   What to do: Leave out the name and the detail.\n",
        "learned from examples we wrote finds this almost certain (97 out of 100).",
        "   A made-up post like yours: “wee Jo’s meds” – Do not post (a name)\n",
        "Who we think is in your post\n   “wee Callum”: someone you support (“his meds”)\n",
        "Where to turn to\n   Care Inspectorate: Anyone can call. https://example.org\n",
        "What we did not check\n   Pictures were not looked at.\n",
        "Checked with Postcheck 0.0, rules abc123, learned reader: none, rules only\n",
    ],
)
def test_the_report_is_told_in_words(report: Report, policy: Policy, sentence: str) -> None:
    title = policy.concern(Category.CARE_DETAIL).title
    expected = sentence.replace("Someone’s health, care or life story", title)
    assert expected in printed(report, policy)


def test_nothing_found_is_no_approval(report: Report, policy: Policy) -> None:
    clean = replace(report, verdict=Verdict.OK, summary="", findings=(), people=(), signposts=())
    shown = printed(clean, policy)
    assert "We found nothing" in shown
    assert "This is not a promise that the post is fine." in shown
    assert "What we did not check" in shown
    assert not [part for part in ("Your post", "Who we", "Where to") if part in shown]


def test_a_pipe_gets_no_colours_and_whole_sentences(report: Report, policy: Policy) -> None:
    shown = printed(report, policy, width=20)
    assert "\x1b" not in shown
    assert "   What to do: Leave out the name and the detail.\n" in shown


def test_a_terminal_shows_the_words_underlined_with_their_number(
    report: Report, policy: Policy
) -> None:
    shown = printed(report, policy, force_terminal=True)
    assert "\x1b[1;4;31mwee Callum\x1b[0m[1] is \x1b[1;4;31moff his meds\x1b[0m[1]" in shown


def test_a_terminal_gets_lines_that_fit_and_stay_indented(report: Report, policy: Policy) -> None:
    shown = STYLE.sub("", printed(report, policy, width=40, force_terminal=True))
    assert max(map(len, shown.splitlines())) <= 40
    assert "   What to do: Leave out the name and\n   the detail.\n" in shown


def test_without_colour_the_words_stand_in_brackets(report: Report, policy: Policy) -> None:
    shown = STYLE.sub("", printed(report, policy, force_terminal=True, no_color=True))
    assert "[wee Callum][1] is [off his meds][1]" in shown


def test_signs_that_a_terminal_would_obey_are_not_passed_on(report: Report, policy: Policy) -> None:
    shown = printed(report, policy, text="\x1b[2J wee Callum\r\n\u202eis off\x07 again\tnow")
    assert "   \N{REPLACEMENT CHARACTER}[[2J wee Cal][1]lum\n" in shown
    assert not [sign for sign in "\x1b\u202e\x07\r" if sign in shown]


def test_a_real_report_is_shown(checker: Checker) -> None:
    draft = Draft("Key safe code is 4417 if anyone covers me")
    shown = printed(checker.check(draft), checker.rulebook.policy, text=draft.text)
    assert re.search(r"\[Key safe code[^\]]*\]\[1\]", shown)
    assert "SSSC Code 5.8 (2024" in shown
