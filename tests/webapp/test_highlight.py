"""A draft is cut where its findings' words begin and end, and stays whole."""

from __future__ import annotations

import pytest

from checker.finding import Finding, Kind, Span
from checker.verdict import Category, Verdict
from webapp.highlight import Segment, segments


def finding(*ranges: tuple[int, int], verdict: Verdict = Verdict.STOP) -> Finding:
    """Return a finding that points at `ranges`."""
    return Finding(
        rule="made-up",
        category=Category.CARE_DETAIL,
        verdict=verdict,
        message="",
        advice="",
        clauses=(),
        spans=tuple(Span(start, end, "", Kind.CARE, "") for start, end in ranges),
    )


def shown(parts: tuple[Segment, ...]) -> list[tuple[str, list[int], list[int]]]:
    """Return each segment's text, the findings that cover it, and those that end with it."""
    return [
        (
            part.text,
            [mark.finding for mark in part.marks],
            [mark.finding for mark in part.endings],
        )
        for part in parts
    ]


def test_a_draft_without_findings_is_one_plain_piece() -> None:
    assert shown(segments("hello", ())) == [("hello", [], [])]


def test_an_empty_draft_has_no_pieces() -> None:
    assert segments("", ()) == ()


def test_words_are_cut_out_of_what_is_around_them() -> None:
    assert shown(segments("see Callum now", (finding((4, 10)),))) == [
        ("see ", [], []),
        ("Callum", [1], [1]),
        (" now", [], []),
    ]


def test_words_at_both_ends() -> None:
    assert shown(segments("abcd", (finding((0, 1), (3, 4)),))) == [
        ("a", [1], [1]),
        ("bc", [], []),
        ("d", [1], [1]),
    ]


def test_spans_that_overlap_share_a_piece() -> None:
    assert shown(segments("abcdef", (finding((0, 4)), finding((2, 6))))) == [
        ("ab", [1], []),
        ("cd", [1, 2], [1]),
        ("ef", [2], [2]),
    ]


def test_a_span_inside_another() -> None:
    assert shown(segments("abcdef", (finding((0, 6)), finding((2, 4))))) == [
        ("ab", [1], []),
        ("cd", [1, 2], [2]),
        ("ef", [1], [1]),
    ]


def test_the_same_words_for_two_findings() -> None:
    assert shown(segments("abc", (finding((1, 2)), finding((1, 2))))) == [
        ("a", [], []),
        ("b", [1, 2], [1, 2]),
        ("c", [], []),
    ]


def test_spans_that_touch_stay_apart() -> None:
    assert shown(segments("abcd", (finding((0, 2)), finding((2, 4))))) == [
        ("ab", [1], [1]),
        ("cd", [2], [2]),
    ]


def test_offsets_count_code_points() -> None:
    assert shown(segments("🎉🎉Jo", (finding((2, 4)),)))[1] == ("Jo", [1], [1])


@pytest.mark.parametrize(
    "span",
    [
        pytest.param((2, 2), id="empty"),
        pytest.param((3, 1), id="backwards"),
        pytest.param((9, 12), id="past the end"),
        pytest.param((-5, 0), id="before the start"),
    ],
)
def test_a_span_with_no_words_marks_nothing(span: tuple[int, int]) -> None:
    assert shown(segments("abcd", (finding(span),))) == [("abcd", [], [])]


def test_a_span_that_runs_over_is_kept_to_the_draft() -> None:
    assert shown(segments("abcd", (finding((2, 99)),))) == [("ab", [], []), ("cd", [1], [1])]


def test_each_span_of_a_finding_has_its_number() -> None:
    parts = segments("abcd", (finding((0, 1), (2, 2), (3, 4)),))
    assert [(mark.finding, mark.span) for part in parts for mark in part.endings] == [
        (1, 1),
        (1, 3),
    ]


def test_a_piece_has_the_gravest_verdict_of_its_findings() -> None:
    findings = (finding((0, 4), verdict=Verdict.REVIEW), finding((2, 4)))
    verdicts = [part.verdict for part in segments("abcd", findings)]
    assert verdicts == [Verdict.REVIEW, Verdict.STOP]


RANGES = [(start, end) for start in range(5) for end in range(5)]


@pytest.mark.parametrize("first", RANGES)
def test_the_pieces_are_the_draft_again_whatever_the_spans(first: tuple[int, int]) -> None:
    joined = {
        "".join(part.text for part in segments("a🎉c\n", (finding(first), finding(second))))
        for second in RANGES
    }
    assert joined == {"a🎉c\n"}


def test_a_segment_does_not_show_its_text() -> None:
    assert "Callum" not in repr(segments("Callum", ()))
