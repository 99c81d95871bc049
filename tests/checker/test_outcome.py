"""What is shown after judging: rules let go, findings of the reader's own, and who is marked."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from checker.engine import Checker
from checker.evidence import Evidence
from checker.finding import Finding, Kind, Similar, Span
from checker.opinion import Opinion
from checker.outcome import LIKELY, MOST_FINDINGS, UNLIKELY, raised_by_reader, settle
from checker.verdict import Category, Verdict

TEXT = "our resident Nettie was off her food again"
SIMILAR = (Similar("a draft of our own", Verdict.STOP, "names a resident"),)
Raise = Callable[..., tuple[Finding, ...]]


def opinion(
    marks: tuple[Span, ...] = (), *, weighed: Span | None = None, **likely: float
) -> Opinion:
    """Return an opinion; categories are given with underscores, all others are at nought."""
    chances = dict.fromkeys(Category, 0.0)
    chances |= {Category(name.replace("_", "-")): value for name, value in likely.items()}
    verdicts = {Verdict.OK: 0.1, Verdict.REVIEW: 0.2, Verdict.STOP: 0.7}
    return Opinion(verdicts, chances, marks, lambda: SIMILAR, lambda: weighed)


NETTIE, OFF_HER_FOOD = (
    Span(13, 19, "Nettie", Kind.PERSON, "supported"),
    Span(24, 36, "off her food", Kind.CARE, "eating.off-food"),
)


def finding(
    category: Category,
    *,
    certain: bool = False,
    verdict: Verdict = Verdict.STOP,
    spans: tuple[Span, ...] = (NETTIE,),
) -> Finding:
    return Finding(
        rule=f"{category}.made", category=category, verdict=verdict, message="m", advice="a",
        clauses=(), spans=spans, certain=certain,
    )  # fmt: skip


@pytest.fixture
def raised(checker: Checker, look: Callable[..., Evidence]) -> Raise:
    def run(findings: tuple[Finding, ...], said: Opinion) -> tuple[Finding, ...]:
        return raised_by_reader(
            findings, said, Verdict.STOP, evidence=look(TEXT), policy=checker.rulebook.policy
        )

    return run


def test_a_category_that_no_rule_found_is_added_with_its_reasons(raised: Raise) -> None:
    (one,) = raised((), opinion(care_detail=0.9))
    assert (one.rule, one.verdict) == ("care-detail.reader", Verdict.STOP)
    assert (one.why.probability, one.why.similar) == (0.9, SIMILAR)
    assert one.clauses[0].id == "sssc.suitability"
    assert "Nettie" in [span.quote for span in one.spans]


def test_where_no_words_are_marked_the_sentence_that_weighed_most_is_shown(raised: Raise) -> None:
    sentence = Span(0, 42, TEXT, Kind.REMARK, "reader.weighed")
    (one,) = raised((), opinion(care_detail=0.9, weighed=sentence))
    assert one.spans[0] == sentence


def test_marked_words_go_before_the_sentence(raised: Raise) -> None:
    mark = Span(23, 35, "off her food", Kind.CARE, "reader.marked")
    sentence = Span(0, 42, TEXT, Kind.REMARK, "reader.weighed")
    (one,) = raised((), opinion((mark,), care_detail=0.9, weighed=sentence))
    assert mark in one.spans
    assert sentence not in one.spans


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        pytest.param(0, 3, False, id="our"),
        pytest.param(4, 12, True, id="resident"),
    ],
)
def test_a_word_that_says_nothing_is_not_marked_alone(
    start: int, end: int, shown: bool, raised: Raise
) -> None:
    mark = Span(start, end, TEXT[start:end], Kind.CARE, "reader.marked")
    sentence = Span(0, 42, TEXT, Kind.REMARK, "reader.weighed")
    (one,) = raised((), opinion((mark,), care_detail=0.9, weighed=sentence))
    assert (mark in one.spans, sentence in one.spans) == (shown, not shown)


def test_a_category_that_a_rule_found_is_not_said_twice(raised: Raise) -> None:
    found = raised((finding(Category.CARE_DETAIL),), opinion(care_detail=0.9))
    assert [one.rule for one in found] == ["care-detail.made"]


@pytest.mark.parametrize(
    ("certain", "rules"),
    [
        pytest.param(False, ["care-detail.reader"], id="a likely rule is let go"),
        pytest.param(True, ["jigsaw.made", "care-detail.reader"], id="a certain one stands"),
    ],
)
def test_what_the_reader_holds_for_unlikely(certain: bool, rules: list[str], raised: Raise) -> None:
    said = opinion(care_detail=0.9, jigsaw=UNLIKELY / 2)
    found = raised((finding(Category.JIGSAW, certain=certain), finding(Category.CARE_DETAIL)), said)
    expected = [one.replace("care-detail.reader", "care-detail.made") for one in rules]
    assert [one.rule for one in found] == expected


@pytest.mark.parametrize(
    ("spans", "verdict", "stays"),
    [
        pytest.param((OFF_HER_FOOD,), Verdict.STOP, True, id="a stop over words of its own stays"),
        pytest.param((NETTIE, OFF_HER_FOOD), Verdict.STOP, False, id="words that are explained"),
        pytest.param((OFF_HER_FOOD,), Verdict.REVIEW, False, id="a review"),
    ],
)
def test_a_grave_unlikely_rule_beside_a_likely_one(
    spans: tuple[Span, ...], verdict: Verdict, stays: bool, raised: Raise
) -> None:
    unlikely = finding(Category.CONDUCT, verdict=verdict, spans=spans)
    found = raised((finding(Category.CARE_DETAIL), unlikely), opinion(care_detail=0.9))
    assert (unlikely in found) is stays


def test_a_verdict_graver_than_all_cards_makes_the_likeliest_of_them_as_grave(
    raised: Raise,
) -> None:
    mild = (
        finding(Category.JIGSAW, verdict=Verdict.REVIEW),
        finding(Category.CARE_DETAIL, verdict=Verdict.REVIEW),
    )
    told = raised(mild, opinion(jigsaw=0.4, care_detail=0.9))
    assert [(one.rule, one.verdict) for one in told] == [
        ("care-detail.made", Verdict.STOP),
        ("jigsaw.made", Verdict.REVIEW),
    ]
    assert (told[0].why.probability, told[0].why.similar) == (0.9, SIMILAR)


def test_cards_that_are_as_grave_as_the_verdict_stay_as_they_are(raised: Raise) -> None:
    mixed = (finding(Category.JIGSAW), finding(Category.CARE_DETAIL, verdict=Verdict.REVIEW))
    assert [one.verdict for one in raised(mixed, opinion(jigsaw=0.4, care_detail=0.9))] == [
        Verdict.STOP,
        Verdict.REVIEW,
    ]


def test_nothing_is_flagged_without_a_reason(raised: Raise) -> None:
    (one,) = raised((), opinion(conduct=LIKELY / 2))
    assert one.category is Category.CONDUCT


def test_a_number_that_the_reader_marked_is_shown(raised: Raise) -> None:
    mark = Span(36, 41, "again", Kind.CONTACT, "reader.marked")
    (one,) = raised((finding(Category.CARE_DETAIL),), opinion((mark,), care_detail=0.9))
    assert mark in one.spans


def test_the_worst_findings_come_first_and_not_too_many() -> None:
    places = (Span(at, at + 1, "x", Kind.PLACE, "town") for at in range(MOST_FINDINGS))
    review = [finding(Category.JIGSAW, spans=(place,)) for place in places]
    shown = settle((*review, finding(Category.CONDUCT, certain=True)), Verdict.REVIEW)
    assert len(shown) == MOST_FINDINGS
    assert (shown[0].category, {one.verdict for one in shown}) == (
        Category.CONDUCT, {Verdict.REVIEW},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("category", "spans", "shown"),
    [
        pytest.param(Category.JIGSAW, (NETTIE,), 1, id="some of its words for the same concern"),
        pytest.param(Category.JIGSAW, (NETTIE, OFF_HER_FOOD), 2, id="all of them"),
        pytest.param(Category.CONDUCT, (NETTIE,), 2, id="some of them for another"),
        pytest.param(Category.JIGSAW, (Span(0, 3, "our", Kind.PERSON, "x"),), 2, id="other words"),
    ],
)
def test_what_a_graver_finding_shows_is_not_said_twice(
    category: Category, spans: tuple[Span, ...], shown: int
) -> None:
    grave = finding(Category.JIGSAW, spans=(NETTIE, OFF_HER_FOOD))
    mild = finding(category, verdict=Verdict.REVIEW, spans=spans)
    assert settle((mild, grave), Verdict.STOP)[0] == grave
    assert len(settle((mild, grave), Verdict.STOP)) == shown


def test_thousands_of_findings_are_settled_at_once() -> None:
    places = (Span(at, at + 1, "x", Kind.PLACE, "town") for at in range(3000))
    many = tuple(finding(Category.JIGSAW, spans=(place,)) for place in places)
    began = time.process_time()
    assert settle(many, Verdict.STOP) == many[:MOST_FINDINGS]
    # A hundredth of a second; held each against each it would be several seconds.
    assert time.process_time() - began < 1


def test_a_draft_that_is_fine_shows_nothing() -> None:
    assert settle((finding(Category.JIGSAW),), Verdict.OK) == ()
