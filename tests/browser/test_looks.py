"""How the pages fit: a phone, a page zoomed in, high contrast, paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from steps import STOP, check, jumps, unfold, verdict, width_of

from checker.verdict import Verdict

Open = Callable[..., Page]

PHONE = (360, 800)
# A card fits a screen, one with another.
MOST_OF_A_CARD = 800
# Six things to look at, five of which stand open.
MANY = (
    "Our resident Nettie was off her meds again the night. "
    "The key safe code is 4417. "
    "My manager Elspeth is a lazy liar. "
    "Her son Davie lives at 12 Glen Road and added me on facebook, so I accepted. "
    "Ring him on 07700 900123. "
    "The old bat in room 3 was moaning at me the whole shift."
)
# A screen of 1280 dots that is zoomed in so far is as wide as this.
ZOOMED = {"200 %": 640, "400 %": 320}


def height(page: Page, place: str) -> float:
    """Return how high the first place of that kind is."""
    box = page.locator(place).first.bounding_box()
    assert box is not None
    return box["height"]


def test_verdict_what_to_do_and_the_list_fit_the_screen_of_a_phone(open_page: Open) -> None:
    page = open_page(width=PHONE[0])
    check(page, MANY, Verdict.STOP)
    assert jumps(page).count() >= 5
    assert page.get_by_text("Do this first:").is_visible()
    assert height(page, ".verdict") <= PHONE[1]


def test_five_cards_are_five_screens_of_a_phone_with_their_four_parts(
    open_page: Open,
) -> None:
    page = open_page(width=PHONE[0])
    check(page, MANY, Verdict.STOP)
    shown = page.locator(".findings-part > .findings > .card")
    assert shown.count() == 5
    assert height(page, ".findings") <= 5 * MOST_OF_A_CARD
    for part in ("What we noticed", "Why it matters", "When it would be fine", "What to do"):
        assert shown.first.get_by_role("heading", name=part).is_visible()
    assert shown.first.get_by_role("link", name="SSSC Code 5.8").is_visible()


@pytest.mark.parametrize("width", ZOOMED.values(), ids=ZOOMED)
def test_a_page_that_is_zoomed_in_needs_no_scrolling_sideways(open_page: Open, width: int) -> None:
    page = open_page(width=width, device_scale_factor=1280 / width)
    check(page, MANY, Verdict.STOP)
    unfold(page)
    wide = {"/": width_of(page)}
    for path in ("/policy", "/practice", "/about", "/privacy", "/accessibility", "/manage/"):
        page.goto(path)
        wide[path] = width_of(page)
    assert {path: one for path, one in wide.items() if one > width} == {}


def test_in_high_contrast_marks_and_cards_have_lines(open_page: Open) -> None:
    page = open_page(forced_colors="active")
    check(page, STOP, Verdict.STOP)
    style = "(one) => getComputedStyle(one).borderTopStyle"
    for place in ("mark", ".card", ".verdict", ".do", ".draft"):
        assert page.locator(place).first.evaluate(style) == "solid", place


def test_on_paper_there_is_the_whole_answer_and_nothing_to_press(open_page: Open) -> None:
    page = open_page()
    check(page, STOP, Verdict.STOP)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert verdict(page, Verdict.STOP).is_visible()
    assert page.get_by_text("The rule", exact=True).first.is_visible()
    assert page.locator("main button:visible").count() == 0
    assert not page.get_by_role("navigation", name="Main").is_visible()
