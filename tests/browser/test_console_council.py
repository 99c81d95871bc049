"""Local names, contact, strictness and policy of a team in real Chromium, with and without scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from faults import faults
from playwright.sync_api import Browser, Page, expect
from real_pages import SETTINGS, serve_app

from checker.draft import Account
from checker.engine import Checker
from checker.preview.curve import FACTORS, Strictness, curve_file
from checker.preview.examples import load_examples
from webapp import create_app
from webapp.storage import lazy_store
from webapp.store.managers import add_manager
from webapp.store.tables import Role

PASSWORD = "three random words"
TEAM = "/manage/at/council"
LogIn = Callable[..., Page]
MEASURED = [
    asdict(Strictness(factor, 200, 130 + 6 * at, 100, 22 - 2 * at, 400, 20 + 12 * at))
    for at, factor in enumerate(FACTORS)
]


@pytest.fixture
def address(checker: Checker, tmp_path: Path) -> Iterator[str]:
    """Serve an application with a store, an administrator, and figures of strictness."""
    settings = replace(SETTINGS, instance=str(tmp_path), secure_cookies="off")
    app = create_app(settings, load=lambda: checker)
    store = lazy_store(app).open()
    add_manager(store, "ann@example.org", "Ann Ward", Role.ADMINISTRATOR, password=PASSWORD)
    folder = tmp_path / "preview"
    folder.mkdir()
    kept = json.dumps(dict.fromkeys(Account, MEASURED))
    curve_file(checker, folder, load_examples()).write_text(kept)
    with serve_app(app) as served:
        yield served
    store.close()


@pytest.fixture
def log_in(browser: Browser, address: str) -> Iterator[LogIn]:
    """Return what opens a page as the administrator, with other options of the browser."""
    contexts = []

    def open_(path: str, **options: object) -> Page:
        context = browser.new_context(base_url=address, service_workers="block", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto("/manage/login")
        page.get_by_label("E-mail address").fill("ann@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


def test_axe_finds_nothing_on_the_pages_of_a_team(log_in: LogIn) -> None:
    page = log_in(f"{TEAM}/local")
    page.get_by_label("Units, wings and houses").fill("Row*")
    page.get_by_role("button", name="Save").click()
    found = faults(page)
    page.goto(f"{TEAM}/local/csv")
    page.get_by_label("Lines").fill("unit,Birch\nshed,Oak")
    page.get_by_role("button", name="Look at them first").click()
    found += faults(page)
    pages = ("contact", "strictness", "policy", "policy/clause", "policy/history")
    for path in (*(f"{TEAM}/{name}" for name in pages), "/manage/teams", "/policy/sign-off"):
        page.goto(path)
        found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen(log_in: LogIn, width: int) -> None:
    page = log_in(f"{TEAM}/policy", viewport={"width": width, "height": 800})
    for path in ("policy", "strictness", "local"):
        page.goto(f"{TEAM}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_slider_and_number_move_each_other_and_the_sentence(log_in: LogIn) -> None:
    page = log_in(f"{TEAM}/strictness")
    slider = page.get_by_role("slider", name="Somebody’s own account: strictness")
    number = page.get_by_role("spinbutton", name="Somebody’s own account")
    means = page.locator("#personal-means")
    expect(means).to_contain_text("about 20 would be flagged")
    slider.press("ArrowRight")
    expect(number).to_have_value("7")
    expect(means).to_contain_text("about 23 would be flagged")
    number.fill("9")
    expect(slider).to_have_value("9")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Staff see it once it is published.")).to_be_visible()
    expect(page.locator("#personal-table tr.is-chosen th")).to_have_text("9 (chosen)")


def test_without_scripts_there_is_the_number_alone(log_in: LogIn) -> None:
    page = log_in(f"{TEAM}/strictness", java_script_enabled=False)
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_role("spinbutton", name="The service’s account").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#service-table tr.is-chosen th")).to_have_text("4 (chosen)")


def test_the_sheet_to_sign_is_printed_on_a_page_of_its_own(log_in: LogIn) -> None:
    page = log_in("/policy/sign-off")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    before = page.locator(".sign").evaluate("part => getComputedStyle(part).breakBefore")
    assert before == "page"
