"""What an author answers to a card: it travels with the form, counts at once, and is not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

from checker.correction import Correction, Says
from checker.draft import Draft, Permission
from checker.finding import Mention, Role
from checker.report import Report
from checker.verdict import Category, Verdict
from webapp.form import read_form
from webapp.phrases import REMINDED_SECONDS, REMINDERS, reminder, told
from webapp.replies import about_finding, about_people

Post = Callable[..., BeautifulSoup]
FAMILY = Correction(Says.OWN_FAMILY, ("wee Callum",))
WRONG = Correction(Says.WRONG_MATCH, ("Callum is off",), ("care-detail.named-person",))


def mention(quote: str, role: Role) -> Mention:
    return Mention(0, 1, quote, True, role, "", first=0, last=1)


def buttons(part: Tag) -> dict[str, str]:
    """Return the answers that can be given in a part of the page, by their words."""
    for hidden in part.select("button .visually-hidden"):
        hidden.decompose()
    return {button.get_text(): str(button["value"]) for button in part.select(".replies button")}


@pytest.fixture
def page(
    post: Post, answer_with: Callable[[Report], None], flagged: Report, text: str
) -> BeautifulSoup:
    answer_with(flagged)
    return post(text=text)


def test_a_card_offers_answers_that_say_what_they_are_about(page: BeautifulSoup) -> None:
    (card,) = page.select("#finding-1")
    rules = ("care-detail.named-person",)
    assert buttons(card) == {
        "Not about someone I support": Correction(Says.NOT_SUPPORTED, ("wee Callum",)).value,
        "That is my son, or other family of mine": FAMILY.value,
        "Wrong match": Correction(Says.WRONG_MATCH, ("wee Callum", "off his meds"), rules).value,
        "They agreed in writing": "written",
    }


def test_a_person_offers_them_too(page: BeautifulSoup) -> None:
    (person,) = page.select(".people li")
    assert list(buttons(person)) == [
        "Not about someone I support",
        "That is my son, or other family of mine",
    ]


def test_they_belong_to_the_form_with_the_text(page: BeautifulSoup) -> None:
    buttons = page.select(".replies button")
    assert {(str(each["form"]), str(each["type"])) for each in buttons} == {("check", "submit")}


@pytest.mark.parametrize(
    ("role", "count"),
    [
        (Role.SUPPORTED, 2),
        (Role.FAMILY_OF_SUPPORTED, 2),
        (Role.UNKNOWN, 2),
        (Role.OWN_FAMILY, 0),
        (Role.COLLEAGUE, 0),
    ],
)
def test_only_people_in_doubt_are_asked_about(role: Role, count: int) -> None:
    assert len(about_people([mention("Jo", role)])) == count


def test_people_of_one_card_are_answered_for_together() -> None:
    people = [mention(quote, Role.SUPPORTED) for quote in ("Jo", "Al", "Jo")]
    assert about_people(people)[0].correction.words == ("Jo", "Al")


@pytest.mark.parametrize(
    ("category", "offered"),
    [
        (Category.SERVICE_DETAIL, ["This is public", "Wrong match"]),
        (Category.CARE_DETAIL, ["Wrong match"]),
    ],
)
def test_it_is_public_is_an_answer_where_that_matters(
    category: Category, offered: list[str]
) -> None:
    assert [reply.words for reply in about_finding(("x",), ("r",), (category,))] == offered


def test_an_answer_reaches_the_checker_with_the_text(
    post: Post, checked: list[Draft], text: str
) -> None:
    post(text=text, correction=FAMILY.value)
    assert checked == [Draft(text, corrections=(FAMILY,))]


def test_permission_on_a_card_counts_before_the_question_beside_it(
    post: Post, checked: list[Draft]
) -> None:
    # As a browser sends it: the card stands before the questions.
    post(text="hello", permission=["written", "none"])
    assert checked[0].permission is Permission.WRITTEN


def test_an_answer_stays_with_the_form_and_can_be_taken_back(
    post: Post, checked: list[Draft], text: str
) -> None:
    page = post(text=text, correction=[FAMILY.value, WRONG.value, FAMILY.value])
    kept = [field["value"] for field in page.select(".told input[type=hidden]")]
    back = [button["value"] for button in page.select(".told button[name=retract]")]
    assert kept == back == [FAMILY.value, WRONG.value]
    assert page.select(".told li span")[0].get_text() == "“wee Callum”: your own family."
    post(text=text, correction=kept, retract=WRONG.value)
    assert checked[-1].corrections == (FAMILY,)


def test_an_answer_about_words_that_are_gone_is_gone(post: Post, checked: list[Draft]) -> None:
    page = post(text="hello", correction=FAMILY.value)
    assert checked[0].corrections == ()
    assert page.select(".told") == []


def test_no_answer_is_in_an_address(page: BeautifulSoup) -> None:
    assert {form["method"] for form in page.select("form#check")} == {"post"}
    assert page.select("[formaction], [formmethod]") == []


@pytest.mark.parametrize("value", ["", "x", "[]", '["no", [], []]', '["public", [1], []]', "[[["])
def test_an_answer_that_nobody_can_give_is_told_and_the_text_stays(post: Post, value: str) -> None:
    page = post(status=400, text="hello", correction=value)
    (told_of,) = page.select(".errors a")
    assert told_of.get_text() == "One of your answers could not be read: check again without it."
    assert page.select("textarea")[0].get_text() == "\nhello"


def test_too_many_answers_are_refused(post: Post) -> None:
    many = [Correction(Says.PUBLIC, ("hello",), (str(i),)).value for i in range(41)]
    page = post(status=400, text="hello", correction=many)
    assert "more than 40 answers" in page.select(".errors a")[0].get_text()


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        (Correction(Says.NOT_SUPPORTED, ("Jo",)), "“Jo”: not someone you support."),
        (Correction(Says.PUBLIC, ("a", "b"), ("r",)), "“a”, “b”: this is public."),
        (Correction(Says.WRONG_MATCH, tuple("abcd"), ("r",)), "“a”, “b”, “c”: a wrong match."),
        (Correction(Says.WRONG_MATCH, (), ("r",)), "The whole post: a wrong match."),
        (Correction(Says.WRONG_MATCH, ("{words}",)), "“{words}”: a wrong match."),
    ],
)
def test_what_was_answered_is_told_in_words(correction: Correction, words: str) -> None:
    assert told(correction) == words


def test_permission_is_not_offered_once_it_was_given(
    post: Post, answer_with: Callable[[Report], None], flagged: Report, text: str
) -> None:
    answer_with(flagged)
    page = post(text=text, permission="written")
    assert page.select("button[name=permission]") == []


def test_people_are_told_once(
    post: Post, answer_with: Callable[[Report], None], clean: Report
) -> None:
    people = tuple(mention(quote, Role.FRIEND) for quote in ("Jo", "jo", "Al"))
    answer_with(replace(clean, people=people, verdict=Verdict.OK))
    told_of = [item.get_text().strip() for item in post(text="hello").select(".people li")]
    assert told_of == [
        "We took “Jo” to be a friend of yours.",
        "We took “Al” to be a friend of yours.",
    ]


def test_the_form_opens_its_folded_questions_once_one_is_answered() -> None:
    assert read_form(MultiDict({"text": "x", "photo": "people"})).is_told
    assert not read_form(MultiDict({"text": "x", "account": "service"})).is_told


# A reminder.


def test_reminders_take_turns() -> None:
    told_of = [reminder(turn * REMINDED_SECONDS) for turn in range(len(REMINDERS) + 1)]
    assert told_of == [*REMINDERS, REMINDERS[0]]


def test_a_clean_answer_has_one_reminder_and_is_never_called_safe(post: Post) -> None:
    (answer,) = post(text="hello").select(".answer")
    assert sum(each in answer.get_text() for each in REMINDERS) == 1
    assert "safe" not in answer.get_text().lower()
