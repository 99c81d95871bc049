"""A manager's whole day in real Chromium: from the morning's names to the review of the policy."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Thread

import pytest
from faults import faults
from playwright.sync_api import Browser, Page, expect
from real_pages import SETTINGS, serve_app
from steps import PASSWORD, check

from checker.draft import Account, Draft
from checker.engine import Checker
from checker.preview.curve import FACTORS, Strictness, curve_file
from checker.preview.examples import Example, Origin, load_examples
from checker.verdict import Category, Verdict
from tests.material import write_material
from webapp import create_app
from webapp.console.preview_work import work_off
from webapp.console.retraining import START
from webapp.retrain_worker import work_off as retrain
from webapp.retrained import reader_folder, with_promoted
from webapp.storage import lazy_store
from webapp.store.database import Store
from webapp.store.examples import add_example
from webapp.store.managers import add_manager
from webapp.store.tables import Role
from webapp.store.teams import find_team

TEAM = "/manage/at/council"
ANN, BRUCE = "ann@example.org", "bruce@example.org"
POST = "The walled garden opens soon."
REPORTED = "Our resident Nettie was off her meds again the night."
DRAFTS = [
    Example(f"d{number}", Draft(f"the walled garden has {number} trees"), Verdict.OK,
            origin=Origin.SHIPPED)
    for number in range(60)
]  # fmt: skip
MEASURED = [
    asdict(Strictness(factor, 200, 130 + 6 * at, 100, 22 - 2 * at, 400, 20 + 12 * at))
    for at, factor in enumerate(FACTORS)
]
# Seconds: a publish is live within five, and a busy machine has its time.
PATIENCE = 60


@dataclass
class Day:
    """Who is at work, where, and what axe found on the way."""

    browser: Browser
    address: str
    store: Store
    instance: Path
    checker: Checker
    found: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Return a page of a browser of its own."""
        context = self.browser.new_context(base_url=self.address, service_workers="block")
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.goto(path)
        return page

    def log_in(self, email: str) -> Page:
        """Return the dashboard of somebody."""
        page = self.open("/manage/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("heading", name="Dashboard").wait_for()
        return page

    def look(self, page: Page) -> None:
        """Have axe look at a page."""
        self.found += [f"{page.url}: {fault}" for fault in faults(page)]


@pytest.fixture
def day(browser: Browser, checker: Checker, tmp_path: Path) -> Iterator[Day]:
    """Serve an application with two people, four local examples, and few drafts to try on."""
    assert checker.classifier is not None
    changes = {"instance": str(tmp_path), "feedback": "on", "second_person": "on"}
    app = create_app(replace(SETTINGS, **changes, secure_cookies="off"), load=lambda: checker)
    store = lazy_store(app).open()
    ann, _ = add_manager(store, ANN, "Ann Ward", Role.MANAGER, password=PASSWORD)
    add_manager(store, BRUCE, "Bruce Lamont", Role.APPROVER, password=PASSWORD)
    for number in range(4):
        _add_example(store, ann, number)
    material = write_material(tmp_path / "held-out.npz", checker.classifier.encoder_hash)
    app.extensions["postcheck-preview"] = lambda: _start(
        work_off, store, checker, tmp_path / "preview", shipped=DRAFTS
    )
    app.extensions[START] = lambda _: _start(
        retrain, store, reader_folder(tmp_path), lambda: checker, material
    )
    with serve_app(app) as address:
        yield Day(browser, address, store, tmp_path, checker)
    store.close()


def _add_example(store: Store, by: object, number: int) -> None:
    add_example(
        store,
        find_team(store).id,
        f"our resident [name] was off her meds, {number}",
        account=Account.PERSONAL,
        verdict=Verdict.STOP,
        categories=[Category.CARE_DETAIL],
        origin="typed",
        by=by,  # type: ignore[arg-type]
    )


def _start(work: object, *parts: object, **more: object) -> None:
    Thread(target=work, args=parts, kwargs=more, daemon=True).start()  # type: ignore[arg-type]


def add_names(day: Day, page: Page) -> None:
    page.get_by_role("link", name="Local names", exact=True).click()
    page.get_by_label("Units, wings and houses").fill("Rowan\nBirch")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    day.look(page)


def write_rule(day: Day, page: Page) -> None:
    """Write a rule whose example fails, and mend the example."""
    page.get_by_role("link", name="Rules", exact=True).click()
    day.look(page)
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
    because = "“our walled garden” is flagged, because of “walled garden”."
    expect(page.get_by_role("alert")).to_contain_text(because)
    day.look(page)
    page.get_by_label("Examples that must pass").fill("our lovely garden\na green house")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    day.look(page)


def try_it(day: Day, page: Page) -> None:
    page.get_by_role("link", name="Try it", exact=True).click()
    page.get_by_role("main").get_by_role("textbox").first.fill(POST)
    page.get_by_role("main").get_by_role("button", name="Try it").click()
    expect(page.get_by_role("main")).to_contain_text("is not public yet.")
    day.look(page)


def send_for_approval(day: Day, page: Page, why: str) -> None:
    """Have a preview made of what is worked on, and hand it on."""
    page.get_by_role("link", name="What would change", exact=True).click()
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("link", name="Go on to publish").wait_for()
    day.look(page)
    page.get_by_role("link", name="Go on to publish").click()
    page.get_by_label("Why?").fill(why)
    day.look(page)
    page.get_by_role("button", name="Send it for approval").click()
    page.get_by_text("Done.").wait_for()


def approve(day: Day, page: Page, number: int) -> None:
    page.goto("/manage/")
    page.get_by_role("link", name=f"Version {number} of The council").click()
    page.get_by_role("button", name=f"Approve and publish version {number}").click()
    page.get_by_text("Done.").wait_for()
    day.look(page)


def is_told(staff: Page, said: str) -> None:
    """Check the post anew until staff are told what is expected."""
    until = time.monotonic() + PATIENCE
    heading = staff.locator("#result h2").first
    while time.monotonic() < until:
        staff.goto("/")
        staff.get_by_role("textbox", name="Your post", exact=True).fill(POST)
        staff.get_by_role("button", name="Check my post").click()
        heading.wait_for()
        if heading.inner_text() == said:
            return
    raise AssertionError(f"Staff were told “{heading.inner_text()}” and not “{said}”")


def report(staff: Page) -> None:
    """Tell as a member of staff that an answer is wrong."""
    staff.goto("/")
    check(staff, REPORTED, Verdict.STOP)
    staff.get_by_role("button", name="Tell us", exact=True).click()
    staff.get_by_label("It warns about something that is fine").check()
    staff.get_by_role("button", name="Send this").click()
    staff.get_by_role("heading", name="Thank you").wait_for()


def answer_report(day: Day, page: Page) -> None:
    page.get_by_role("link", name="Dashboard").click()
    page.get_by_role("link", name="1 report is waiting for an answer").click()
    day.look(page)
    page.get_by_role("link", name="Report 1").click()
    day.look(page)
    page.get_by_label("Do not post").check(force=True)
    page.get_by_label("Details of someone's care or life").check(force=True)
    page.get_by_role("button", name="Keep as an example").click()
    page.get_by_role("cell", name="Made an example").wait_for()


def retrain_reader(day: Day, page: Page, approver: Page) -> None:
    """Retrain as a manager, compare, and have an approver put it to use."""
    page.get_by_role("link", name="Retrain the reader").click()
    page.get_by_role("button", name="Retrain with local examples").click()
    # The page loads itself again while it is under way.
    page.get_by_role("heading", name="Before and after").wait_for()
    expect(page.get_by_role("row", name="Local examples that it gets right")).to_contain_text("5")
    day.look(page)
    approver.goto("/manage/reader")
    approver.get_by_label("Why?").fill("Better on ours")
    approver.get_by_role("button", name="Put it to use").click()
    approver.get_by_text("The reader of retraining 1").wait_for()
    day.look(approver)


def move_threshold(day: Day, page: Page) -> None:
    """Choose another step; the figures are those of the reader that is in use now."""
    in_use = with_promoted(day.checker, day.store, day.instance)
    kept = json.dumps(dict.fromkeys(Account, MEASURED))
    page.get_by_role("link", name="Strictness", exact=True).click()
    expect(page.get_by_text("It was not tried yet")).to_be_visible()
    curve_file(in_use, day.instance / "preview", load_examples()).write_text(kept)
    page.get_by_role("link", name="Strictness", exact=True).click()
    page.get_by_role("spinbutton", name="Somebody’s own account").fill("7")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#personal-table tr.is-chosen th")).to_have_text("7 (chosen)")
    day.look(page)


def review_policy(day: Day, page: Page) -> None:
    page.get_by_role("link", name="Policy", exact=True).first.click()
    day.look(page)
    page.get_by_role("link", name="What changed, and reviews").click()
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("The review is written down.").wait_for()
    day.look(page)


def test_a_managers_day(day: Day) -> None:
    staff, ann, bruce = day.open(), day.log_in(ANN), day.log_in(BRUCE)
    day.look(ann)
    add_names(day, ann)
    write_rule(day, ann)
    try_it(day, ann)
    send_for_approval(day, ann, "not public")
    is_told(staff, "We found nothing")
    approve(day, bruce, 1)
    is_told(staff, "Change it or ask first")
    ann.goto(f"{TEAM}/rule/the-garden-project")
    ann.get_by_label("Retired").check(force=True)
    ann.get_by_role("button", name="Save").click()
    send_for_approval(day, ann, "it is public now")
    approve(day, bruce, 2)
    is_told(staff, "We found nothing")
    ann.goto(f"{TEAM}/history")
    ann.get_by_role("button", name="Go back to version 1").click()
    send_for_approval(day, ann, "too early")
    approve(day, bruce, 3)
    is_told(staff, "Change it or ask first")
    report(staff)
    answer_report(day, ann)
    retrain_reader(day, ann, bruce)
    move_threshold(day, ann)
    review_policy(day, ann)
    for path in (f"{TEAM}/rules/yaml", f"{TEAM}/shipped/image.of-records", "/manage/log"):
        ann.goto(path)
        day.look(ann)
    assert day.found == []
    for page in (staff, ann, bruce):
        page.context.close()
