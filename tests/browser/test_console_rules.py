"""A manager's way from a new rule to what staff see, and back, in real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from faults import faults
from playwright.sync_api import Browser, Page, expect
from real_pages import SETTINGS, serve_app

from checker.draft import Draft
from checker.engine import Checker
from checker.preview.examples import Example, Origin
from checker.verdict import Verdict
from webapp import create_app
from webapp.console.preview_work import work_off
from webapp.storage import lazy_store
from webapp.store.managers import add_manager
from webapp.store.signing_in import change_password
from webapp.store.tables import Role

PASSWORD = "three random words"
POST = "the walled garden opens soon"
DRAFTS = [
    Example(f"d{number}", Draft(f"the walled garden has {number} trees"), Verdict.OK,
            origin=Origin.SHIPPED)
    for number in range(60)
]  # fmt: skip


@pytest.fixture
def address(checker: Checker, tmp_path: Path) -> Iterator[str]:
    """Serve an application with a store, one manager, and previews on a few drafts."""
    settings = replace(SETTINGS, instance=str(tmp_path), secure_cookies="off")
    app = create_app(settings, load=lambda: checker)
    store = lazy_store(app).open()
    account, password = add_manager(store, "ann@example.org", "Ann Ward", Role.APPROVER, by=None)
    change_password(store, account.id, password, PASSWORD)
    place = tmp_path / "preview"
    app.extensions["postcheck-preview"] = lambda: Thread(
        target=work_off, args=(store, checker, place), kwargs={"shipped": DRAFTS}
    ).start()
    with serve_app(app) as served:
        yield served
    store.close()


def answer(browser: Browser, address: str) -> str:
    """Return what a member of staff is told of `POST`."""
    page = browser.new_page(base_url=address)
    page.goto("/")
    page.get_by_role("textbox", name="Your post", exact=True).fill(POST)
    page.get_by_role("button", name="Check my post").click()
    heading = page.locator("#result h2").first
    heading.wait_for()
    said = heading.inner_text()
    page.close()
    return said


def publish(page: Page, why: str) -> None:
    """Have a preview made of what is worked on, and publish it."""
    page.get_by_role("link", name="What would change", exact=True).click()
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("link", name="Go on to publish").click(timeout=120_000)
    page.get_by_label("Why?").fill(why)
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Done.").wait_for()


def test_a_rule_is_written_mended_published_and_taken_back(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
    page.set_default_timeout(60_000)
    found: list[str] = []
    page.goto("/manage/")
    page.get_by_label("E-mail address").fill("ann@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Rules", exact=True).click()
    found += faults(page)
    page.get_by_role("link", name="Write a new rule").click()
    page.get_by_label("What is the rule called?").fill("The garden project")
    page.get_by_label("What is it about?").select_option("service-detail")
    page.get_by_label("Words or phrases to look for").fill("walled garden\ngreenhous*")
    page.get_by_label("What do you want to tell the author?").fill("“{words}” is not public yet.")
    page.get_by_label("What could they do instead?").fill("Wait until it is announced.")
    page.locator("#clauses summary").last.click()
    page.locator("#clauses input").last.check(force=True)
    page.get_by_label("Examples that must be flagged").fill(f"{POST}\ntwo greenhouses are up")
    page.get_by_label("Examples that must pass").fill("our walled garden\na green house")
    page.get_by_label("On: staff see it").check(force=True)
    page.get_by_role("button", name="Save").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("“our walled garden” is flagged, because of “walled garden”.")
    found += faults(page)
    page.get_by_label("Examples that must pass").fill("our lovely garden\na green house")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    found += faults(page)
    before = answer(browser, address)
    publish(page, "not public")
    found += faults(page)
    page.wait_for_timeout(2_500)
    assert (before, answer(browser, address)) == ("We found nothing", "Change it or ask first")
    # A second version, so that there is one to go back from.
    page.goto("/manage/at/council/rule/the-garden-project")
    page.get_by_label("Retired").check(force=True)
    page.get_by_role("button", name="Save").click()
    publish(page, "it is public now")
    page.wait_for_timeout(2_500)
    assert answer(browser, address) == "We found nothing"
    page.get_by_role("button", name="Go back to version 1").click()
    publish(page, "too early")
    page.wait_for_timeout(2_500)
    assert answer(browser, address) == "Change it or ask first"
    for path in ("try", "preview", "publish", "history", "rules/yaml", "shipped/image.of-records"):
        page.goto(f"/manage/at/council/{path}")
        found += faults(page)
    page.goto("/manage/log")
    found += faults(page)
    assert found == []
    page.close()
