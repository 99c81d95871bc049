"""What was typed when a session was over comes back after the login, and is kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from checker.overlay.document import read_overlay
from webapp.settings import Settings
from webapp.store.database import Store
from webapp.store.managers import reset_password
from webapp.store.overlays import read_working
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

# That of the accounts in conftest.py.
PASSWORD = "three random words"
PAGE = "/manage/at/council/local"
UNITS = "Rowan\nBirch & Oak"
# The browsers of conftest.py.
Browser = Any
BrowserOf = Callable[[Role | None], Browser]


def units(store: Store) -> tuple[str, ...]:
    return read_overlay(read_working(store, find_team(store).id).yaml).local.units


def send_too_late(browser: Browser, clock: Any, **fields: str) -> Any:
    """Fill in the page of local names, wait till the session is over, and send it."""
    filled = {"csrf_token": browser.token(PAGE), "revision": "0", "units": UNITS, **fields}
    clock.move(minutes=31)
    return browser.client.post(PAGE, data=filled)


def fields_of(answer: Any, **typed: str) -> dict[str, str]:
    """Return what the form of `answer` sends when somebody types into it."""
    form = BeautifulSoup(answer.text, "html.parser").select_one(".ds_layout__content form")
    assert form is not None
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input")} | typed


def test_it_goes_on_through_the_login_and_is_sent_by_a_press(
    browser_of: BrowserOf, people: dict[Role, Manager], clock: Any, store: Store
) -> None:
    browser = browser_of(Role.MANAGER)
    answer = send_too_late(browser, clock)
    assert (answer.status_code, units(store)) == (403, ())
    assert answer.headers["Cache-Control"] == "no-store"
    assert "You were logged out before this was sent" in answer.text
    wrong = fields_of(answer, email="morven@example.org", password="four wrong words in it")
    answer = browser.client.post(f"/manage/login?to={PAGE}", data=wrong)
    assert (answer.status_code, "is not right" in answer.text) == (400, True)
    right = fields_of(answer, email="morven@example.org", password=PASSWORD)
    answer = browser.client.post(f"/manage/login?to={PAGE}", data=right)
    # Logged in, and nothing sent yet.
    assert (answer.status_code, "Send it now" in answer.text, units(store)) == (200, True, ())
    answer = browser.client.post(PAGE, data=fields_of(answer))
    assert (answer.status_code, units(store)) == (303, ("Rowan", "Birch & Oak"))


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    browser_of: BrowserOf, people: dict[Role, Manager], clock: Any, store: Store
) -> None:
    browser = browser_of(Role.MANAGER)
    answer = send_too_late(browser, clock)
    other = browser_of(Role.APPROVER)
    assert other.post(PAGE, PAGE, revision="0", units="Elm")[0] == 303
    right = fields_of(answer, email="morven@example.org", password=PASSWORD)
    answer = browser.client.post(f"/manage/login?to={PAGE}", data=right)
    answer = browser.client.post(PAGE, data=fields_of(answer))
    assert (answer.status_code, units(store)) == (400, ("Elm",))
    assert "Birch &amp; Oak" in answer.text


def test_a_clause_that_was_edited_is_still_that_clause_after_the_login(
    browser_of: BrowserOf, people: dict[Role, Manager], clock: Any, store: Store
) -> None:
    browser, page = browser_of(Role.MANAGER), "/manage/at/council/policy/clause"
    form = browser.get(f"{page}?topic=images").select_one(".ds_layout__content form")
    filled = {one["name"]: one.get("value", "") for one in form.select("input")}
    filled |= {"number": "99", "text": "Ask first."}
    clock.move(minutes=31)
    answer = browser.client.post(str(form["action"]), data=filled)
    right = fields_of(answer, email="morven@example.org", password=PASSWORD)
    answer = browser.client.post(f"/manage/login?to={page}", data=right)
    answer = browser.client.post(page, data=fields_of(answer))
    saved = read_overlay(read_working(store, find_team(store).id).yaml).policy.clauses
    assert (answer.status_code, [one.topic for one in saved]) == (303, ["images"])


def test_who_has_to_choose_a_password_first_is_shown_what_was_typed(
    browser_of: BrowserOf, people: dict[Role, Manager], store: Store
) -> None:
    browser = browser_of(Role.MANAGER)
    filled = {"csrf_token": browser.token(PAGE), "revision": "0", "units": UNITS}
    given = reset_password(store, people[Role.MANAGER].id)
    answer = browser.client.post(PAGE, data=filled)
    right = fields_of(answer, email="morven@example.org", password=given)
    answer = browser.client.post(f"/manage/login?to={PAGE}", data=right)
    assert (answer.status_code, units(store)) == (200, ())
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("pre.masked").text == "\nRowan\nBirch & Oak"
    assert page.select_one("main a.ds_button")["href"] == "/manage/password"


def test_a_form_that_is_not_ours_is_shown_and_never_sent_on(
    browser: Browser, people: dict[Role, Manager], store: Store
) -> None:
    answer = browser.client.post(PAGE, data={"csrf_token": "forged", "units": UNITS})
    assert (answer.status_code, 'name="typed.units"' in answer.text) == (403, False)
    assert re.search(r"<pre[^>]*>\nRowan\nBirch &amp; Oak</pre>", answer.text)
    right = fields_of(answer, email="morven@example.org", password=PASSWORD)
    answer = browser.client.post(f"/manage/login?to={PAGE}", data=right)
    assert (answer.status_code, answer.headers["Location"], units(store)) == (303, PAGE, ())


@pytest.mark.parametrize("is_ours", [True, False])
def test_nobody_is_led_to_what_only_takes_forms(
    browser_of: BrowserOf, people: dict[Role, Manager], clock: Any, is_ours: bool
) -> None:
    browser, path = browser_of(Role.APPROVER), "/manage/reader/1/drop"
    sent = {"csrf_token": browser.token() if is_ours else "", "reason": "No better"}
    clock.move(minutes=31)
    answer = browser.client.post(path, data=sent)
    right = fields_of(answer, email="bruce@example.org", password=PASSWORD)
    action = BeautifulSoup(answer.text, "html.parser").select_one("main form")["action"]
    answer = browser.client.post(action, data=right)
    page = BeautifulSoup(answer.text, "html.parser")
    if is_ours:
        forms = [one["action"] for one in page.select(".ds_layout__content form")]
        links = [one["href"] for one in page.select(".ds_layout__content a")]
        assert (forms, links) == ([path], ["/manage/"])
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/manage/")


def test_a_form_of_another_session_is_shown_to_be_copied(
    browser_of: BrowserOf, store: Store
) -> None:
    answer = browser_of(Role.MANAGER).client.post(
        PAGE, data={"csrf_token": "old", "revision": "0", "units": UNITS}
    )
    assert (answer.status_code, "too old to be sent" in answer.text) == (400, True)
    assert "\nRowan\nBirch &amp; Oak</pre>" in answer.text
    assert units(store) == ()


def test_a_carried_form_needs_the_token_of_the_login(browser: Browser, store: Store) -> None:
    sent = {"typed.units": UNITS, "email": "morven@example.org", "password": PASSWORD}
    answer = browser.client.post(f"/manage/login?to={PAGE}", data=sent)
    assert (answer.status_code, "too old to be sent" in answer.text) == (400, True)
    assert units(store) == ()


def test_passwords_are_not_carried(
    browser_of: BrowserOf, people: dict[Role, Manager], clock: Any
) -> None:
    browser = browser_of(Role.MANAGER)
    sent = {"csrf_token": browser.token(), "old": PASSWORD, "new": "x y z 1 2 3 4", "again": "x"}
    clock.move(minutes=31)
    answer = browser.client.post("/manage/password", data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/manage/login")


def test_neither_cookie_nor_address_nor_store_holds_a_word(
    browser_of: BrowserOf,
    people: dict[Role, Manager],
    clock: Any,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    browser = browser_of(Role.MANAGER)
    answer = send_too_late(browser, clock, units="Zyxwv House")
    right = fields_of(answer, email="morven@example.org", password=PASSWORD)
    browser.client.post(f"/manage/login?to={PAGE}", data=right)
    cookie = browser.client.get_cookie("postcheck_console", path="/manage")
    reader = _read_cookie(browser.client.application, cookie.value)
    assert set(reader) == {"manager", "stamp", "began", "seen", "csrf_token"}
    kept = b"".join(path.read_bytes() for path in Path(settings.instance).rglob("*.sqlite*"))
    assert (b"Zyxwv" in kept, "Zyxwv" in caplog.text) == (False, False)


def _read_cookie(app: Flask, value: str) -> dict[str, Any]:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    content: dict[str, Any] = signer.loads(value)
    return content


@pytest.mark.parametrize(
    "to", ["/manage/at/council/shipped/image.of-records", "/manage/at/council/rule/my-rule"]
)
def test_one_comes_back_to_the_page_of_a_rule(
    browser: Browser, people: dict[Role, Manager], to: str
) -> None:
    sent = {"csrf_token": browser.token("/manage/login"), "email": "aileen@example.org"}
    answer = browser.client.post(f"/manage/login?to={to}", data=sent | {"password": PASSWORD})
    assert answer.headers["Location"] == to
