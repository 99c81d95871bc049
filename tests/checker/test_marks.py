"""A draft is cut where findings begin and end, and its pieces are the draft again."""

from __future__ import annotations

import pytest

from checker.finding import Finding, Kind, Span
from checker.marks import cut
from checker.verdict import Category, Verdict

TEXT = "🎉 wee Callum is off his meds"


def finding(*places: tuple[int, int], verdict: Verdict = Verdict.STOP) -> Finding:
    spans = tuple(Span(one, two, TEXT[one:two], Kind.CARE, "made.up") for one, two in places)
    return Finding("made.up", Category.CARE_DETAIL, verdict, "", "", (), spans)


def shown(*findings: Finding) -> str:
    """Return the draft with brackets and numbers, as a reader without colours sees it."""
    return "".join(
        "[" * len(piece.opening)
        + piece.text
        + "".join(f"]{list(stretch.numbers)}" for stretch in piece.closing)
        for piece in cut(TEXT, findings)
    )


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        pytest.param((), TEXT, id="none"),
        pytest.param((finding(),), TEXT, id="without words"),
        pytest.param(
            (finding((2, 12)),), "🎉 [wee Callum][1] is off his meds", id="after an emoji"
        ),
        pytest.param(
            (finding((2, 12)), finding((16, 28))),
            "🎉 [wee Callum][1] is [off his meds][2]",
            id="two",
        ),
        pytest.param(
            (finding((2, 12)), finding((2, 12))),
            "🎉 [wee Callum][1, 2] is off his meds",
            id="the same words",
        ),
        pytest.param(
            (finding((2, 12)), finding((6, 12))),
            "🎉 [wee [Callum][2]][1] is off his meds",
            id="one in the other",
        ),
        pytest.param(
            (finding((2, 12), (6, 15)),),
            "🎉 [wee [Callum][1] is][1] off his meds",
            id="overlapping",
        ),
        pytest.param((finding((16, 99)),), "🎉 wee Callum is [off his meds][1]", id="too far"),
        pytest.param((finding((5, 5)),), TEXT, id="nothing between"),
    ],
)
def test_the_words_of_findings_are_marked(findings: tuple[Finding, ...], expected: str) -> None:
    assert shown(*findings) == expected


def test_the_gravest_verdict_counts() -> None:
    pieces = cut(TEXT, (finding((2, 12), verdict=Verdict.REVIEW), finding((6, 12))))
    verdicts = [(piece.text, piece.verdict) for piece in pieces]
    assert verdicts[1:3] == [("wee ", Verdict.REVIEW), ("Callum", Verdict.STOP)]
    assert verdicts[0][1] is Verdict.OK


def test_the_text_is_in_no_repr() -> None:
    assert "Callum" not in repr(cut(TEXT, (finding((2, 12)),)))
