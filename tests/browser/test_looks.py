"""How the pages fit: a phone, a page zoomed in, high contrast, paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page
from steps import MANY, STOP, button, check, jumps, scripted, unfold, verdict, width_of

from checker.verdict import Verdict

Open = Callable[..., Page]

PHONE = (360, 800)
# Dots of a phone: five points, and the whole page with them.
FIVE_POINTS, WHOLE_PAGE = 2900, 7400
SHORT = ["What we noticed", "What to do"]
FOUR_PARTS = ["What we noticed", "Why it matters", "When it would be fine", "What to do"]
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


def test_the_box_and_its_button_are_on_the_first_screen_of_a_phone(open_page: Open) -> None:
    page = open_page(width=PHONE[0])
    place = button(page).bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= PHONE[1]


@scripted
def test_the_first_point_is_open_and_the_others_say_what_to_do(
    open_page: Open, javascript: bool
) -> None:
    page = open_page(width=PHONE[0], java_script_enabled=javascript)
    check(page, MANY, Verdict.STOP)
    shown = page.locator(".findings-part > .findings > .card")
    assert shown.count() == 5
    assert [_parts(card) for card in shown.all()] == [FOUR_PARTS, *[SHORT] * 4]
    assert shown.first.get_by_role("link", name="SSSC Code 5.8").is_visible()
    shown.last.locator("summary").filter(has_text="Why it matters").click()
    assert sorted(_parts(shown.last)) == sorted(FOUR_PARTS)
    assert shown.last.get_by_role("link", name="SSSC Code 5.8").is_visible()
    shown.last.get_by_text("Why am I seeing this?").click()
    assert shown.last.get_by_text("The rule", exact=True).is_visible()


def _parts(card: Locator) -> list[str]:
    """Return the headings that a reader sees in `card`."""
    return [one.inner_text() for one in card.locator("h5").all() if one.is_visible()]


def test_five_points_are_few_screens_of_a_phone(open_page: Open) -> None:
    page = open_page(width=PHONE[0])
    check(page, MANY, Verdict.STOP)
    assert height(page, ".findings") <= FIVE_POINTS
    assert page.evaluate("document.documentElement.scrollHeight") <= WHOLE_PAGE


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


def test_paper_is_white_although_the_screen_is_dark(open_page: Open) -> None:
    page = open_page("/policy", color_scheme="dark")
    paper = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
    dark = page.evaluate(paper)
    page.emulate_media(media="print", color_scheme="dark")
    assert (dark, page.evaluate(paper)) == ("#17121b", "#fff")
