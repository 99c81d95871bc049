"""Practice: the drafts, the round that travels with the page, and what each page says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from checker.draft import Draft
from checker.policy import Policy
from checker.report import Report
from checker.verdict import Category, Verdict
from webapp.practice import (
    EVERY,
    SECTORS,
    Example,
    PracticeError,
    Round,
    begin_round,
    clauses_to_reread,
    load_examples,
    read_round,
)

EXAMPLES = load_examples()
TEN = EXAMPLES[:10]
IDS = " ".join(one.id for one in TEN)
UNREADABLE = "We could not read where you were: please begin again."


@pytest.fixture
def send(client: FlaskClient) -> Callable[..., BeautifulSoup]:
    """Return what posts a page of practice and reads the one that comes back."""

    def post(path: str, status: int = 200, **form: str) -> BeautifulSoup:
        response = client.post(f"/practice/{path}", data=form)
        assert response.status_code == status
        return BeautifulSoup(response.text, "html.parser")

    return post


def said(page: BeautifulSoup) -> str:
    return " ".join(page.select("main")[0].get_text().split())


def heading(page: BeautifulSoup) -> str:
    (found,) = page.select("h1")
    return found.get_text().strip()


# The drafts.


def test_there_are_as_many_of_each_verdict_for_each_kind_of_service() -> None:
    counted = Counter((one.sector, one.verdict) for one in EXAMPLES)
    sectors = [sector for sector in SECTORS if sector != EVERY]
    assert counted == {(sector, verdict): 5 for sector in sectors for verdict in Verdict}


def test_every_draft_has_a_reason_and_concerns_only_where_there_is_one() -> None:
    assert [one.id for one in EXAMPLES if len(one.note.split()) < 4] == []
    wrong = [one.id for one in EXAMPLES if bool(one.categories) is (one.verdict is Verdict.OK)]
    assert wrong == []
    assert len({one.id for one in EXAMPLES}) == len(EXAMPLES) == 255


# A round.


def test_a_round_is_ten_drafts_of_the_sector() -> None:
    round_ = begin_round(EXAMPLES, "justice", random.Random(1))
    assert {one.sector for one in round_.examples} == {"justice"}
    assert len({one.id for one in round_.examples}) == 10
    assert round_.answers == ()


def test_a_mixed_round_is_of_several_sectors() -> None:
    round_ = begin_round(EXAMPLES, EVERY, random.Random(1))
    assert len({one.sector for one in round_.examples}) > 3


def test_a_round_goes_to_the_page_and_back() -> None:
    round_ = begin_round(EXAMPLES, "ld", random.Random(2)).answered(Verdict.REVIEW)
    assert read_round(EXAMPLES, round_.state) == round_


def test_answers_are_counted_as_the_guide_judges() -> None:
    right = tuple(one.verdict for one in TEN)
    assert (Round(TEN, right).alike, Round(TEN, right).different) == (10, ())
    wrong = Verdict.OK if TEN[0].verdict is Verdict.STOP else Verdict.STOP
    round_ = Round(TEN, (wrong, *right[1:]))
    assert (round_.alike, round_.different) == (9, ((TEN[0], wrong),))


@pytest.mark.parametrize(
    ("drafts", "answers"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(IDS.rpartition(" ")[0], "", id="nine"),
        pytest.param(f"{IDS} {EXAMPLES[10].id}", "", id="eleven"),
        pytest.param(f"{TEN[0].id} {IDS.rpartition(' ')[0]}", "", id="one twice"),
        pytest.param(IDS.replace(TEN[3].id, "my-own-draft"), "", id="not ours"),
        pytest.param(IDS.replace(" ", "  ", 1), "", id="two spaces"),
        pytest.param(IDS, "maybe", id="no verdict"),
        pytest.param(IDS, " ".join(["ok"] * 11), id="eleven answers"),
        pytest.param(IDS, "ok  stop", id="an empty answer"),
        pytest.param(IDS, "<script>alert(1)</script>", id="code"),
    ],
)
def test_what_is_no_round_is_refused(drafts: str, answers: str) -> None:
    with pytest.raises(PracticeError, match=UNREADABLE):
        read_round(EXAMPLES, {"drafts": drafts, "answers": answers})


def test_clauses_to_reread_are_those_of_the_concerns_that_were_seen_another_way(
    policy: Policy,
) -> None:
    def example(*categories: Category) -> Example:
        return replace(TEN[0], verdict=Verdict.STOP, categories=categories)

    image, plain = example(Category.IMAGE), replace(TEN[0], verdict=Verdict.OK, categories=())
    missed = Round((image, plain), (Verdict.OK, Verdict.OK))
    assert clauses_to_reread(missed, policy) == policy.for_category(Category.IMAGE)[:3]
    assert clauses_to_reread(Round((image,), (Verdict.STOP,)), policy) == ()


# The pages.


def test_the_first_page_says_what_practice_is(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/practice").text, "html.parser")
    assert "This is practice, not a test of you." in said(page)
    assert "We keep no names and no answers." in said(page)
    assert [one["value"] for one in page.select("input[name=sector]")] == list(SECTORS)


def test_a_draft_is_shown_without_its_answer(send: Callable[..., BeautifulSoup]) -> None:
    page = send("next", drafts=IDS)
    assert heading(page) == "Post 1 of 10"
    assert page.select("blockquote")[0].get_text() == TEN[0].draft.text
    assert TEN[0].note not in said(page)
    assert page.select("input[checked]") == []


def test_a_new_round_is_of_the_sector_that_was_chosen(send: Callable[..., BeautifulSoup]) -> None:
    ids = send("next", sector="mh").select("input[name=drafts]")[0]["value"]
    known = {one.id: one.sector for one in EXAMPLES}
    assert {known[one] for one in str(ids).split()} == {"mh"}


def test_the_guide_and_the_checker_both_answer(
    send: Callable[..., BeautifulSoup],
    answer_with: Callable[[Report], None],
    flagged: Report,
    checked: list[Draft],
) -> None:
    answer_with(flagged)
    assert TEN[0].verdict is Verdict.OK
    page = send("answer", drafts=IDS, answer="ok")
    assert heading(page) == "You and the guide agree"
    assert TEN[0].note in said(page)
    assert "Our checker: Do not post this" in said(page)
    assert "Here the checker and the guide differ." in said(page)
    assert page.select("a[href='/policy#sssc.suitability']") != []
    assert checked == [TEN[0].draft]


def test_where_the_checker_agrees_nothing_is_said_of_a_difference(
    send: Callable[..., BeautifulSoup],
) -> None:
    page = send("answer", drafts=IDS, answer="stop")
    assert heading(page) == "The guide sees it another way"
    assert "The guide: Fine to post" in said(page)
    assert "differ" not in said(page)


def test_after_the_tenth_answer_comes_the_result(send: Callable[..., BeautifulSoup]) -> None:
    answers = " ".join(one.verdict for one in TEN)
    page = send("next", drafts=IDS, answers=answers)
    assert heading(page) == "10 of 10 as the guide says"
    assert page.select("blockquote") == []
    assert "Worth reading again" not in said(page)
    assert "Signed" in said(page)


def test_no_answer_is_asked_for_and_a_wrong_one_too(send: Callable[..., BeautifulSoup]) -> None:
    for answer in ({}, {"answer": ""}, {"answer": "maybe"}):
        page = send("answer", 400, drafts=IDS, answers="ok", **answer)
        assert heading(page) == "Post 2 of 10"
        assert page.select("a[href='#answer']")[0].get_text() == (
            "Please choose one of the three answers."
        )


@pytest.mark.parametrize("path", ["next", "answer"])
def test_a_round_that_cannot_be_read_leads_to_the_beginning(
    send: Callable[..., BeautifulSoup], path: str
) -> None:
    page = send(path, 400, drafts="zyxwv <b>", answers="ok", answer="ok")
    assert UNREADABLE in said(page)
    assert "zyxwv" not in page.get_text()


def test_an_unknown_kind_of_service_is_refused(send: Callable[..., BeautifulSoup]) -> None:
    page = send("next", 400, sector="zyxwv")
    assert "That kind of service is not known" in said(page)
    assert "zyxwv" not in str(page)


@pytest.mark.parametrize("path", ["/practice/next", "/practice/answer"])
def test_the_address_of_a_later_page_leads_to_the_first(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (303, "/practice")


def test_nothing_is_stored(client: FlaskClient) -> None:
    response = client.post("/practice/next", data={"drafts": IDS, "answers": "ok"})
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
