"""What an author answers to a card changes the answer at once, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from steps import box, check, scripted, verdict

from checker.verdict import Verdict

Open = Callable[..., Page]

# Somebody's son, or somebody they support: only the author knows.
SON = "Wee Callum is off his meds again the night."


def tell(page: Page, answer: str) -> None:
    """Open the first card's “Not right?” and give an answer."""
    card = page.locator("#finding-1")
    card.get_by_text("Not right? Tell us").click()
    card.get_by_role("button", name=answer).click()


@scripted
def test_that_is_my_son_makes_it_fine_until_it_is_taken_back(
    open_page: Open, javascript: bool
) -> None:
    page = open_page(width=360, java_script_enabled=javascript)
    check(page, SON, Verdict.STOP)
    tell(page, "That is my son")
    verdict(page, Verdict.OK).wait_for()
    assert page.get_by_text("“Callum”: your own family.").first.is_visible()
    assert box(page).input_value() == SON
    page.get_by_role("button", name="Take this back").click()
    verdict(page, Verdict.STOP).wait_for()
    assert page.get_by_text("“Callum”: your own family.").count() == 0


@scripted
def test_an_answer_about_a_person_counts_too(open_page: Open, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    check(page, SON, Verdict.STOP)
    page.get_by_text("Tell us if we got someone wrong").click()
    people = page.get_by_role("region", name="Who we think is in your post")
    people.get_by_role("button", name="That is my son").click()
    verdict(page, Verdict.OK).wait_for()


@scripted
def test_a_wrong_match_takes_that_card_away(open_page: Open, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    check(page, SON, Verdict.STOP)
    before = page.locator(".card").count()
    tell(page, "Wrong match")
    page.get_by_role("heading", name="What you told us").wait_for()
    assert page.locator(".card").count() < before


def test_an_answer_is_forgotten_with_the_page(open_page: Open) -> None:
    page = open_page()
    check(page, SON, Verdict.STOP)
    tell(page, "That is my son")
    verdict(page, Verdict.OK).wait_for()
    page.reload()
    check(page, SON, Verdict.STOP)
    assert page.get_by_role("heading", name="What you told us").count() == 0
