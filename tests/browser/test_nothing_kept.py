"""Nothing that was typed is kept: not in the box, not in the browser, not in an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from real_pages import launch
from steps import STOP, TYPED, box, check, scripted

from checker.verdict import Verdict

Open = Callable[..., Page]

KEPT = """
async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  cookie: document.cookie, caches: await caches.keys(),
  databases: (await indexedDB.databases()).map((one) => one.name),
  state: history.state, name: window.name,
})
"""
NOTHING = {
    "local": [], "session": [], "cookie": "", "caches": [], "databases": [], "state": None, "name": "",
}  # fmt: skip


def test_the_browser_keeps_nothing_after_a_check(open_page: Open) -> None:
    page = open_page()
    check(page, STOP, Verdict.STOP)
    assert page.evaluate(KEPT) == NOTHING
    assert page.context.cookies() == []
    assert [word for word in TYPED if word in page.url.lower()] == []


@scripted
def test_the_box_is_empty_after_loading_the_page_again(open_page: Open, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    box(page).fill(STOP)
    page.reload()
    expect(box(page)).to_have_value("")


@scripted
def test_the_box_is_empty_after_leaving_and_coming_back(open_page: Open, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    box(page).fill(STOP)
    page.goto("/privacy")
    page.go_back()
    expect(box(page)).to_have_value("")


def test_the_box_is_empty_after_an_answer_and_coming_back(open_page: Open) -> None:
    page = open_page()
    check(page, STOP, Verdict.STOP)
    page.goto("/privacy")
    page.go_back()
    expect(box(page)).to_have_value("")
    assert page.get_by_text("Nettie").count() == 0


@pytest.fixture(scope="module")
def freezer(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """Return a browser that keeps the last pages whole in memory for “back”.

    People's browsers do so; the one of the other tests is told not to.
    """
    browser = launch(playwright, chromium, without=("--disable-back-forward-cache",))
    yield browser
    browser.close()


@pytest.fixture
def freezing(freezer: Browser, address: str) -> Iterator[Page]:
    page = freezer.new_page(base_url=address, service_workers="block")
    page.goto("/")
    yield page
    page.close()


@pytest.mark.parametrize("checked", [True, False], ids=["checked", "typed only"])
def test_a_page_that_the_browser_froze_wakes_up_empty(freezing: Page, checked: bool) -> None:
    if checked:
        check(freezing, STOP, Verdict.STOP)
    else:
        box(freezing).fill(STOP)
    freezing.goto("/privacy")
    # A page that wakes up does not load.
    freezing.go_back(wait_until="commit")
    expect(box(freezing)).to_have_value("")
    assert freezing.get_by_text("Nettie").count() == 0
    # Everything else is as on a page that was just opened.
    assert freezing.locator("#outcome > *").count() == 0
