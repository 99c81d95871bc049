"""The other pages in a real browser, and what every page promises to browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from steps import STOP, check, scripted, words_of

from checker.verdict import Verdict

Open = Callable[..., Page]

PATHS = ["/", "/policy", "/practice", "/about", "/privacy", "/accessibility", "/offline"]


@scripted
def test_a_card_leads_to_its_clause_on_the_policy(open_page: Open, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    check(page, STOP, Verdict.STOP)
    link = page.get_by_role("link", name="SSSC Code").first.get_attribute("href") or ""
    path, _, clause = link.partition("#")
    assert (path, clause.partition(".")[0]) == ("/policy", "sssc")
    page.goto(link)
    place = page.locator(f"[id='{clause}']")
    assert place.get_by_role("heading").first.is_visible()
    # The page moves there smoothly.
    expect(place.get_by_role("heading").first).to_be_in_viewport()


@scripted
def test_privacy_is_one_press_away_and_says_that_nothing_is_kept(
    open_page: Open, javascript: bool
) -> None:
    page = open_page(java_script_enabled=javascript)
    page.get_by_role("link", name="Privacy").first.click()
    page.wait_for_url("**/privacy")
    assert "keep nothing" in words_of(page)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_from_elsewhere_may_load_or_run(open_page: Open, path: str) -> None:
    page = open_page("/health")
    response = page.goto(path)
    assert response is not None
    rules = dict(
        rule.split(" ", 1) for rule in response.headers["content-security-policy"].split("; ")
    )
    assert rules["default-src"] in ("'none'", "'self'")
    assert {"'self'", "'none'"} >= set(rules.values())
    assert response.headers["cache-control"] == "no-store"
    inline = "script:not([src]), style, [style], [onclick], [onload], [onsubmit]"
    assert page.locator(inline).count() == 0


@pytest.mark.parametrize("path", PATHS)
def test_one_heading_and_one_main_part_each(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("main").count() == 1
