"""Telling that an answer is wrong, in a real browser: shown masked, changed, and then sent."""

from __future__ import annotations

from collections.abc import Callable

from faults import faults
from playwright.sync_api import Locator, Page
from steps import STOP, check, scripted, width_of, words_of

from checker.verdict import Verdict
from webapp.instance import store_address
from webapp.settings import Settings
from webapp.store.feedback import read_feedback
from webapp.store.schema import open_store

Open = Callable[..., Page]

CHANGED = "She was off her meds."


def begin(page: Page) -> Locator:
    """Check a draft, ask to tell about the answer; return the box with the masked text."""
    check(page, STOP, Verdict.STOP)
    page.get_by_role("button", name="Tell us", exact=True).click()
    return page.get_by_label("The text, with names, places and numbers masked")


def kept(settings: Settings) -> list[str]:
    """Return the texts of all reports in the store."""
    store = open_store(store_address(settings))
    texts = [one.masked for one in read_feedback(store)]
    store.close()
    return texts


@scripted
def test_it_is_shown_masked_and_kept_as_it_was_changed(
    open_page: Open, settings: Settings, javascript: bool
) -> None:
    page = open_page(width=360, java_script_enabled=javascript)
    masked = begin(page)
    assert ("Nettie" in masked.input_value(), "off her meds" in masked.input_value()) == (
        False,
        True,
    )
    before = kept(settings)
    masked.fill(CHANGED)
    page.get_by_label("It warns about something that is fine").check()
    page.get_by_role("button", name="Send this").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert sorted(kept(settings)) == sorted([*before, CHANGED])


def test_nothing_is_kept_of_what_was_not_sent(open_page: Open, settings: Settings) -> None:
    page = open_page()
    before = kept(settings)
    begin(page)
    page.get_by_role("link", name="Do not send").click()
    page.get_by_role("heading", name="Check a post before you share it").wait_for()
    assert kept(settings) == before


def test_what_is_missing_is_asked_for_and_no_word_is_lost(open_page: Open) -> None:
    page = open_page(width=360)
    begin(page).fill(CHANGED)
    page.get_by_role("button", name="Send this").click()
    page.get_by_role("link", name="Say whether it is wrong or missed something.").wait_for()
    assert page.get_by_label("The text, with names").input_value() == CHANGED
    assert (faults(page), width_of(page)) == ([], 360)


def test_the_page_says_who_reads_it_and_for_how_long_and_has_no_fault(open_page: Open) -> None:
    page = open_page(width=360)
    begin(page)
    assert "Nothing has been sent." in words_of(page)
    assert "It is deleted after 90 days." in words_of(page)
    assert (faults(page), width_of(page)) == ([], 360)


def test_a_cookie_goes_to_that_page_alone(open_page: Open) -> None:
    page = open_page()
    begin(page)
    assert [(one["name"], one["path"]) for one in page.context.cookies()] == [
        ("postcheck_feedback", "/feedback")
    ]
    page.goto("/privacy")
    assert "sets one" in words_of(page)
