"""The managers' console in a real browser: logging in, the dashboard, people; at three widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faults import faults
from playwright.sync_api import Page, Request
from steps import MANAGER, PASSWORD, WIDTHS, has_focus, scripted, tab_to, width_of

Open = Callable[..., Page]


def log_in(page: Page, password: str = PASSWORD) -> None:
    """Fill in the form and press its button."""
    page.get_by_label("E-mail address").fill(MANAGER)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_console_fits_each_width_and_axe_finds_nothing(open_page: Open, width: int) -> None:
    page = open_page("/manage/", width=width)
    page.get_by_role("heading", name="Log in to the console").wait_for()
    found, wide = look(page), [width_of(page)]
    log_in(page)
    for name in ("Dashboard", "People"):
        # Where the window is narrow, the list of places is folded away.
        if width < 992:
            page.get_by_text("Menu").click()
        page.get_by_role("navigation", name="Console").get_by_role("link", name=name).click()
        page.get_by_role("heading", name=name, level=1).wait_for()
        found += look(page)
        wide.append(width_of(page))
    assert (found, [one for one in wide if one > width]) == ([], [])


def look(page: Page) -> list[str]:
    """Return what axe finds on `page`; what it finds on a tablet it finds on a phone or a desktop."""
    return [] if page.viewport_size == {"width": 768, "height": 800} else faults(page)


@scripted
def test_a_wrong_password_is_told_and_the_address_stays(open_page: Open, javascript: bool) -> None:
    page = open_page("/manage/", width=360, java_script_enabled=javascript)
    log_in(page, "three wrong words")
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("E-mail address").input_value() == MANAGER
    assert page.get_by_label("Password").input_value() == ""
    # axe is a script too.
    assert not javascript or faults(page) == []


@scripted
def test_logging_out_ends_it(open_page: Open, javascript: bool) -> None:
    page = open_page("/manage/", java_script_enabled=javascript)
    log_in(page)
    page.get_by_role("button", name="Log out").click()
    page.goto("/manage/")
    assert page.get_by_role("heading", name="Log in to the console").is_visible()


def test_what_was_typed_when_the_session_ended_is_sent_after_the_login(open_page: Open) -> None:
    page = open_page("/manage/", java_script_enabled=False)
    log_in(page)
    page.goto("/manage/at/council/local")
    page.get_by_label("Units, wings and houses").fill("Rowan\n\nBirch & Oak")
    # Whoever logs out ends all sessions of the account.
    elsewhere = open_page("/manage/")
    log_in(elsewhere)
    elsewhere.get_by_role("button", name="Log out").click()
    elsewhere.get_by_role("heading", name="Log in to the console").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("You were logged out before this was sent").wait_for()
    log_in(page)
    page.get_by_role("heading", name="You are logged in again").wait_for()
    page.get_by_role("button", name="Send it now").click()
    page.get_by_text("Saved.").wait_for()
    kept = page.get_by_label("Units, wings and houses").input_value()
    assert kept.splitlines() == ["Rowan", "Birch & Oak"]


def test_axe_finds_nothing_where_typed_text_is_carried(open_page: Open) -> None:
    page = open_page("/manage/")
    log_in(page)
    page.goto("/manage/at/council/contact")
    page.get_by_label("Name").fill("Ann Ward")
    # Without its cookie the form belongs to no session that is known.
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="What you typed").wait_for()
    assert faults(page) == []


def test_the_keyboard_alone_logs_in(open_page: Open) -> None:
    page = open_page("/manage/")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.insert_text(MANAGER)
    page.keyboard.press("Tab")
    assert has_focus(page.get_by_label("Password"))
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dashboard").wait_for()


def test_nobody_who_checks_a_post_sends_the_cookie_of_the_console(open_page: Open) -> None:
    page = open_page("/manage/")
    log_in(page)
    page.get_by_role("heading", name="Dashboard").wait_for()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.goto("/")
    page.get_by_role("button", name="Check my post").wait_for()
    assert {one.all_headers().get("cookie", "") for one in sent} == {""}
