"""What a person does on the pages, found by role and by the words that they read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page

from checker.verdict import Verdict
from checker.words import VERDICTS

STOP = (
    "Our resident Nettie was off her meds again the night. "
    "Lovely sunset over the harbour on my way home though!"
)
# Six things to look at, five of which stand open.
MANY = (
    "Our resident Nettie was off her meds again the night. "
    "The key safe code is 4417. "
    "My manager Elspeth is a lazy liar. "
    "Her son Davie lives at 12 Glen Road and added me on facebook, so I accepted. "
    "Ring him on 07700 900123. "
    "The old bat in room 3 was moaning at me the whole shift."
)
FINE = "What a lovely sunset over the harbour on my way home."
# Fine or not by what the author answers.
PICTURE = "Great afternoon in the garden, photo below! The sunset was lovely."

# Words of these drafts, which no address may hold.
TYPED = ("nettie", "harbour", "meds", "sunset")

WIDTHS = (360, 768, 1280)
# Every flow works both ways.
scripted = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])

# The account in the store of the tests.
MANAGER, PASSWORD = "aileen.moore@example.org", "three random words"


def box(page: Page) -> Locator:
    """Return the box for a post."""
    return page.get_by_role("textbox", name="Your post", exact=True)


def button(page: Page) -> Locator:
    """Return the button that checks."""
    return page.get_by_role("button", name="Check my post")


def verdict(page: Page, which: Verdict) -> Locator:
    """Return the heading that tells a verdict."""
    return page.get_by_role("heading", name=VERDICTS[which].heading)


def check(page: Page, text: str, expected: Verdict) -> None:
    """Paste `text`, check it, and wait for the verdict that is expected."""
    box(page).fill(text)
    button(page).click()
    verdict(page, expected).wait_for()


def jumps(page: Page) -> Locator:
    """Return the links of the summary that lead to the cards."""
    return page.get_by_role("navigation", name="What to look at").get_by_role("link")


def problems(page: Page) -> Locator:
    """Return the list of what is to be put right."""
    return page.get_by_role("alert").filter(has_text="There is something to put right")


def has_focus(place: Locator) -> bool:
    """Tell whether the keyboard is at `place`."""
    return bool(place.evaluate("place => place === document.activeElement"))


def width_of(page: Page) -> int:
    """Return how wide the page is; more than its window means scrolling sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def unfold(page: Page) -> None:
    """Open every fold of the page."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def tab_to(page: Page, place: Locator, most: int = 60) -> None:
    """Press Tab until the keyboard is at `place`; fails after `most` presses."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if has_focus(place):
            return
    raise AssertionError(f"{most} presses of Tab did not reach {place}")


def words_of(page: Page) -> str:
    """Return what the main part of the page says, with single spaces."""
    return re.sub(r"\s+", " ", page.get_by_role("main").inner_text())


def go_to_result(page: Page) -> None:
    """Go from the first draft of a round to its result, with “reword it” for every answer."""
    state = page.locator("input[name=answers]")
    state.evaluate("state => { state.value = Array(9).fill('review').join(' '); }")
    page.get_by_label("I would reword it, or ask first").check()
    page.get_by_role("button", name="See the answer").click()
    page.get_by_role("button", name="See how it went").click()
