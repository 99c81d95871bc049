"""Cards: ranked, grouped where they point at the same words, folded where they are many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from checker.finding import Finding, Kind, Mention, Role, Span, Why
from checker.report import Report
from checker.verdict import Category, Verdict
from webapp.answer import Answer, make_answer
from webapp.phrases import FINE, clue, who

TEXT = "abcdefghij"


@pytest.fixture
def answer(clean: Report, finding: Finding) -> Callable[..., Answer]:
    """Return what makes an answer of findings given as verdict, rule and places of words."""

    def make(*given: tuple[Verdict, str, list[tuple[int, int]]]) -> Answer:
        findings = tuple(
            replace(finding, verdict=verdict, rule=rule, message=rule, spans=spans(places))
            for verdict, rule, places in given
        )
        summary = f"There are {len(findings)} things to look at."
        return make_answer(TEXT, replace(clean, findings=findings, summary=summary))

    return make


def spans(places: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end, TEXT[start:end], Kind.CARE, "") for start, end in places)


def rules(answer: Answer) -> list[list[str]]:
    """Return the rules on each card."""
    return [[finding.rule for finding in card.findings] for card in answer.cards]


def test_the_gravest_stand_first_and_the_others_keep_their_order(
    answer: Callable[..., Answer],
) -> None:
    made = answer(
        (Verdict.REVIEW, "a", [(0, 1)]),
        (Verdict.STOP, "b", [(1, 2)]),
        (Verdict.REVIEW, "c", [(2, 3)]),
        (Verdict.STOP, "d", [(3, 4)]),
    )
    assert rules(made) == [["b"], ["d"], ["a"], ["c"]]
    assert [card.number for card in made.cards] == [1, 2, 3, 4]


def test_findings_about_the_very_same_words_share_a_card(answer: Callable[..., Answer]) -> None:
    made = answer(
        (Verdict.STOP, "a", [(0, 1), (2, 3)]),
        (Verdict.REVIEW, "b", [(2, 3), (0, 1)]),
    )
    assert rules(made) == [["a", "b"]]
    assert [span.quote for span in made.cards[0].spans] == ["a", "c"]
    assert made.cards[0].verdict is Verdict.STOP
    assert made.cards[0].messages == ("a", "b")
    assert made.cards[0].advice == ("Leave out the name and the detail.",)


def test_findings_about_the_same_phrase_share_a_card(answer: Callable[..., Answer]) -> None:
    made = answer((Verdict.STOP, "a", [(0, 1), (2, 3)]), (Verdict.REVIEW, "b", [(0, 1)]))
    assert rules(made) == [["a", "b"]]
    assert [span.quote for span in made.cards[0].spans] == ["a", "c"]


def test_words_within_others_of_their_card_are_not_shown_again(
    answer: Callable[..., Answer],
) -> None:
    (whole,) = answer((Verdict.STOP, "a", [(0, 4), (2, 4), (6, 8)])).cards
    assert [span.quote for span in whole.spans] == ["abcd", "gh"]
    (beside,) = answer((Verdict.STOP, "a", [(0, 4), (3, 5)])).cards
    assert [span.quote for span in beside.spans] == ["abcd", "de"]


def test_findings_about_other_phrases_are_apart(answer: Callable[..., Answer]) -> None:
    made = answer((Verdict.STOP, "a", [(0, 1), (2, 3)]), (Verdict.STOP, "b", [(2, 3)]))
    assert rules(made) == [["a"], ["b"]]


def test_the_first_step_is_the_advice_of_the_gravest(clean: Report, finding: Finding) -> None:
    later = replace(finding, verdict=Verdict.REVIEW, advice="Ask first.", spans=spans([(5, 6)]))
    made = make_answer(TEXT, replace(clean, findings=(later, finding)))
    assert made.first_step == "Leave out the name and the detail."
    assert make_answer(TEXT, clean).first_step == ""


def test_findings_without_words_are_apart(answer: Callable[..., Answer]) -> None:
    assert rules(answer((Verdict.STOP, "a", []), (Verdict.STOP, "b", []))) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("places", "summary"),
    [
        pytest.param([(0, 1), (0, 1)], "There is one thing to look at.", id="grouped"),
        pytest.param([(0, 1), (1, 2)], "There are 2 things to look at.", id="apart"),
    ],
)
def test_the_summary_counts_the_cards(
    answer: Callable[..., Answer], places: list[tuple[int, int]], summary: str
) -> None:
    assert answer(*((Verdict.STOP, "a", [place]) for place in places)).summary == summary


@pytest.mark.parametrize(("count", "folded"), [(5, 0), (6, 1), (8, 3)])
def test_five_cards_are_open_and_the_rest_folded(
    answer: Callable[..., Answer], count: int, folded: int
) -> None:
    made = answer(*((Verdict.STOP, "a", [(i, i + 1)]) for i in range(count)))
    assert (len(made.shown), len(made.folded)) == (5, folded)


def test_the_page_folds_them(
    post: Callable[..., BeautifulSoup],
    answer: Callable[..., Answer],
    answer_with: Callable[[Report], None],
) -> None:
    made = answer(*((Verdict.STOP, "a", [(i, i + 1)]) for i in range(7)))
    answer_with(replace(made.report, verdict=Verdict.STOP))
    page = post(text=TEXT)
    ids = [card["id"] for card in page.select("details.more .card")]
    assert ids == ["finding-6", "finding-7"]
    assert page.select("details.more > summary")[0].get_text() == "2 more to look at"


def test_a_card_tells_of_the_people_in_its_words_and_no_others(
    clean: Report, finding: Finding
) -> None:
    near, far = (
        Mention(start, start + 1, "x", True, Role.FRIEND, "", first=0, last=1) for start in (0, 8)
    )
    card_finding = replace(finding, spans=spans([(0, 3)]))
    report = replace(clean, findings=(card_finding,), people=(near, far))
    assert make_answer(TEXT, report).cards[0].people == (near,)


def test_a_card_is_as_sure_as_its_surest_finding(clean: Report, finding: Finding) -> None:
    findings = tuple(
        replace(finding, why=Why(probability=value)) for value in (None, 0.4, 0.9, 0.1)
    )
    (card,) = make_answer(TEXT * 9, replace(clean, findings=findings)).cards
    assert card.probability == 0.9
    assert card.nearest is None


@pytest.mark.parametrize(
    ("message", "quote"), [("“c” is a place.", "c"), ("This is a place.", "a")]
)
def test_a_card_is_told_by_the_words_of_its_message_or_its_first(
    clean: Report, finding: Finding, message: str, quote: str
) -> None:
    about = replace(finding, spans=spans([(0, 1), (2, 3)]), message=message)
    assert make_answer(TEXT, replace(clean, findings=(about,))).cards[0].quote == quote


def test_an_answer_does_not_show_what_was_typed(flagged: Report, text: str) -> None:
    made = make_answer(text, flagged)
    assert "Callum" not in repr(made)


# Its words.


def test_for_every_kind_of_concern_it_says_when_it_would_be_fine() -> None:
    assert list(FINE) == list(Category)


def mention(role: Role, because: str) -> Mention:
    return Mention(0, 1, "Jo", True, role, because, first=0, last=1)


@pytest.mark.parametrize(
    ("role", "because", "told"),
    [
        (Role.FRIEND, "", "We took “Jo” to be a friend of yours."),
        (
            Role.COLLEAGUE,
            "is called a colleague",
            "We took “Jo” to be someone you work with, because “Jo” is called a colleague.",
        ),
        (
            Role.OWN_FAMILY,
            "is called the author's own family",
            "We took “Jo” to be your own family, because “Jo” is called your own family.",
        ),
        (
            Role.SUPPORTED,
            "reads like someone you support in the words around",
            "We took “Jo” to be someone you support, because of the words around it.",
        ),
        (Role.UNKNOWN, "", "We could not tell who “Jo” is."),
    ],
)
def test_who_a_person_was_taken_for_is_told_to_you(role: Role, because: str, told: str) -> None:
    assert who(mention(role, because)) == told


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("person:supported (is named beside care)", "a person – someone you support"),
        ("care:medication.taking", "care or private life – medication, taking"),
        ("identifier:identifier.code", "a number or code – code"),
        ("care", "care or private life"),
        ("reader", "what a computer learned from example posts"),
    ],
)
def test_a_clue_is_told_in_words(told: str, words: str) -> None:
    assert clue(told) == words
