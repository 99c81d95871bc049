"""Practice in a real browser: ten drafts, the result, nothing kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from steps import go_to_result, has_focus, tab_to, words_of

from webapp.practice import load_examples

Open = Callable[..., Page]

# The words beside each answer, by the guide's verdict.
ANSWERS = {
    "ok": "Yes, I would post it",
    "review": "I would reword it, or ask first",
    "stop": "No, I would not post it",
}
GUIDE = {example.draft.text: str(example.verdict) for example in load_examples()}


def begin(page: Page, sector: str) -> None:
    """Choose a kind of service and begin."""
    page.get_by_label(sector, exact=True).check()
    page.get_by_role("button", name="Begin").click()


def guide(page: Page) -> str:
    """Return the verdict of the guide on the draft that is shown."""
    return GUIDE[page.get_by_role("blockquote").text_content() or ""]


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_ten_drafts_are_answered_and_the_result_counts(
    open_page: Open, width: int, javascript: bool
) -> None:
    page = open_page("/practice", width=width, java_script_enabled=javascript)
    begin(page, "Care homes for adults")
    alike = 0
    for number in range(1, 11):
        assert page.get_by_role("heading", level=1).inner_text() == f"Post {number} of 10"
        # The first five as the guide says, the rest always “no”.
        verdict = guide(page)
        answer = verdict if number <= 5 else "stop"
        alike += answer == verdict
        page.get_by_label(ANSWERS[answer]).check()
        page.get_by_role("button", name="See the answer").click()
        agrees = "You and the guide agree" if answer == verdict else "The guide sees it another way"
        assert page.get_by_role("heading", level=1).inner_text() == agrees
        assert page.get_by_role("heading", name="Our checker").is_visible()
        page.get_by_role("button", name="See how it went" if number == 10 else "Next post").click()
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading == f"{alike} of 10 as the guide says"
    assert page.get_by_role("blockquote").count() == 10 - alike
    assert page.context.cookies() == []
    assert page.url.endswith("/practice/next")


def test_the_result_can_be_printed_and_signed(open_page: Open) -> None:
    page = open_page("/practice")
    begin(page, "Nurseries")
    go_to_result(page)
    page.emulate_media(media="print")
    assert page.get_by_text("Signed", exact=True).is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()


def test_no_answer_is_asked_for_kindly(open_page: Open) -> None:
    page = open_page("/practice", java_script_enabled=False)
    begin(page, "Justice")
    page.get_by_role("button", name="See the answer").click()
    page.get_by_role("link", name="Please choose one of the three answers.").click()
    assert has_focus(page.get_by_label(ANSWERS["ok"]))


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page("/practice")
    tab_to(page, page.get_by_label("A mix of them all"))
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Drug and alcohol services").is_checked()
    tab_to(page, page.get_by_role("button", name="Begin"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label(ANSWERS["ok"]))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="See the answer"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Our checker").wait_for()
    assert "The guide" in words_of(page)
