"""Logging in and out: sessions, their end, lock-out, limits, and a proxy that says who it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from webapp.settings import Settings, SettingsError
from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.managers import change_manager, get_manager, mark_of
from webapp.store.tables import Manager, Role

# That of the accounts in conftest.py.
PASSWORD = "three random words"
OTHER = "four other random words"
People = dict[Role, Manager]
# The browsers of conftest.py.
Browser = Any


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_text())


def cookie(headers: Any) -> dict[str, str]:
    (line,) = headers.getlist("Set-Cookie")
    (morsel,) = SimpleCookie(line).values()
    return {name: str(value) for name, value in morsel.items() if value} | {"key": morsel.key}


def test_somebody_logs_in_and_is_greeted_by_name(browser: Browser, people: People) -> None:
    assert browser.log_in(people[Role.MANAGER].email) == 303
    assert "Logged in as Morven Reid" in words(browser.get("/manage/"))


@pytest.mark.parametrize(
    ("email", "password"),
    [("morven@example.org", OTHER), ("nobody@example.org", PASSWORD)],
    ids=["password", "address"],
)
def test_what_is_wrong_is_not_told_and_the_address_is_kept(
    browser: Browser, people: People, email: str, password: str
) -> None:
    status, page = browser.post("/manage/login", "/manage/login", email=email, password=password)
    assert (status, page.select_one("#email")["value"]) == (400, email)
    assert "The e-mail address or the password is not right." in words(page)
    assert password not in str(page)


def test_an_empty_form_names_its_fields(browser: Browser) -> None:
    status, page = browser.post("/manage/login", "/manage/login")
    assert status == 400
    assert [link["href"] for link in page.select(".ds_error-summary a")] == ["#email", "#password"]


def test_an_account_is_locked_after_five_failures(browser: Browser, people: People) -> None:
    for _ in range(5):
        browser.log_in("morven@example.org", OTHER)
    assert browser.log_in("morven@example.org", PASSWORD) == 400
    assert browser.log_in("bruce@example.org", PASSWORD) == 303


def test_tries_are_limited(browser: Browser, people: People) -> None:
    token = browser.token("/manage/login")
    sent = {"csrf_token": token, "email": "", "password": ""}
    found = [browser.client.post("/manage/login", data=sent).status_code for _ in range(21)]
    assert found == [400] * 20 + [429]
    assert browser.client.get("/manage/login").status_code == 200


def test_the_cookie_goes_to_the_console_alone_and_to_no_script(
    browser: Browser, people: People
) -> None:
    token = browser.token("/manage/login")
    sent = {"csrf_token": token, "email": "morven@example.org", "password": PASSWORD}
    response = browser.client.post("/manage/login", data=sent)
    assert cookie(response.headers) == {
        "key": "postcheck_console",
        "path": "/manage",
        "samesite": "Lax",
        "secure": "True",
        "httponly": "True",
    }
    assert "Set-Cookie" not in browser.client.get("/").headers


def test_a_session_that_was_there_before_is_not_kept(browser: Browser, people: People) -> None:
    before = browser.token("/manage/login")
    browser.log_in("morven@example.org")
    sent = {"csrf_token": before, "old": PASSWORD, "new": OTHER, "again": OTHER}
    response = browser.client.post("/manage/password", data=sent)
    assert (response.status_code, "too old to be sent" in response.text) == (400, True)


def test_a_session_ends_when_idle(browser: Browser, people: People, clock: Any) -> None:
    browser.log_in("morven@example.org")
    clock.move(minutes=29)
    assert browser.client.get("/manage/").status_code == 200
    clock.move(minutes=29)
    assert browser.client.get("/manage/").status_code == 200
    clock.move(minutes=30)
    assert browser.client.get("/manage/").status_code == 303


def test_a_session_ends_after_ten_hours_whatever_is_done(
    browser: Browser, people: People, clock: Any
) -> None:
    browser.log_in("morven@example.org")
    for _ in range(29):
        clock.move(minutes=20)
        assert browser.client.get("/manage/").status_code == 200
    clock.move(minutes=20)
    assert browser.client.get("/manage/").status_code == 303


def test_logging_out_ends_a_copied_cookie_too(app: Flask, browser: Browser, people: People) -> None:
    browser.log_in("morven@example.org")
    copied = browser.client.get_cookie("postcheck_console", path="/manage")
    thief = app.test_client()
    thief.set_cookie("postcheck_console", copied.value, path="/manage")
    assert thief.get("/manage/").status_code == 200
    browser.post("/manage/logout")
    assert browser.client.get("/manage/").status_code == 303
    assert thief.get("/manage/").status_code == 303


def test_who_is_deactivated_is_out_at_once(browser: Browser, people: People, store: Store) -> None:
    browser.log_in("morven@example.org")
    change_manager(
        store,
        people[Role.MANAGER].id,
        name="M",
        role=Role.MANAGER,
        active=False,
        was=mark_of(people[Role.MANAGER]),
        by=people[Role.ADMINISTRATOR],
    )
    assert browser.client.get("/manage/").status_code == 303


def test_one_comes_back_to_the_page_that_was_wanted(browser: Browser, people: People) -> None:
    assert browser.client.get("/manage/people").headers["Location"] == (
        "/manage/login?to=/manage/people"
    )
    sent = {
        "csrf_token": browser.token("/manage/login"),
        "email": "aileen@example.org",
        "password": PASSWORD,
    }
    response = browser.client.post("/manage/login?to=/manage/people", data=sent)
    assert response.headers["Location"] == "/manage/people"


@pytest.mark.parametrize(
    "to", ["https://example.org/", "//example.org", "/manage//example.org", "/", "/manage\\x"]
)
def test_nobody_is_led_elsewhere(browser: Browser, people: People, to: str) -> None:
    sent = {
        "csrf_token": browser.token("/manage/login"),
        "email": "aileen@example.org",
        "password": PASSWORD,
    }
    response = browser.client.post("/manage/login", query_string={"to": to}, data=sent)
    assert response.headers["Location"] == "/manage/"


def test_a_password_is_changed_and_the_session_goes_on(
    app: Flask, browser: Browser, people: People
) -> None:
    browser.log_in("morven@example.org")
    status, _ = browser.post("/manage/password", old=PASSWORD, new=OTHER, again=OTHER)
    assert (status, browser.client.get("/manage/").status_code) == (303, 200)
    assert browser.post("/manage/logout")[0] == 303
    assert browser.log_in("morven@example.org", PASSWORD) == 400
    assert browser.log_in("morven@example.org", OTHER) == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": OTHER, "new": OTHER, "again": OTHER}, "old: Your present password is not right."),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "new: Use 12 to 200 characters."),
        (
            {"old": PASSWORD, "new": OTHER, "again": "x"},
            "again: The two new passwords are not the same.",
        ),
    ],
)
def test_a_password_that_will_not_do_is_told_by_its_field(
    browser: Browser, people: People, fields: dict[str, str], sentence: str
) -> None:
    browser.log_in("morven@example.org")
    status, page = browser.post("/manage/password", **fields)
    name, _, said = sentence.partition(": ")
    assert (status, said in words(page.select_one(f"#{name}-problem"))) == (400, True)


def test_an_administrator_adds_somebody_who_chooses_a_password(
    app: Flask, administrator: Browser, store: Store
) -> None:
    status, page = administrator.post(
        "/manage/people", name="Cat Ross", email="Cat@example.org", role="approver"
    )
    given = page.select_one("main code").text
    assert (status, len(given)) == (200, 16)
    assert given not in str(administrator.get("/manage/people"))

    newcomer = type(administrator)(app.test_client())
    assert newcomer.log_in("cat@example.org", given) == 303
    assert newcomer.client.get("/manage/").headers["Location"] == "/manage/password"
    newcomer.post("/manage/password", old=given, new=OTHER, again=OTHER)
    assert "Logged in as Cat Ross" in words(newcomer.get("/manage/"))
    assert [event.what for event in read_events(store, begins="manager.added")] == ["manager.added"]


def test_what_is_wrong_with_a_new_account_is_told_and_kept(administrator: Browser) -> None:
    status, page = administrator.post(
        "/manage/people", name="<b>Bruce</b>", email="bruce@example.org", role="approver"
    )
    told = page.select_one("#email-problem")
    assert (status, "an account for bruce@example.org already" in words(told)) == (400, True)
    assert page.select_one("#name")["value"] == "<b>Bruce</b>"
    assert page.select_one("#role-approver").has_attr("checked")


def test_an_administrator_changes_and_resets_an_account(
    app: Flask, administrator: Browser, people: People, store: Store
) -> None:
    number = people[Role.MANAGER].id
    box = administrator.get(f"/manage/people/{number}").select_one("#active")
    assert box is not None
    assert box.has_attr("checked")
    path = f"/manage/people/{number}"
    changed = {"name": "Morven R", "role": "approver"}
    status, _ = administrator.post(path, was="manager active Morven Reid", **changed)
    account = get_manager(store, number)
    assert (status, account.name, account.role) == (303, "Morven R", Role.APPROVER)
    # A box that is not ticked is not sent.
    assert not account.active
    back = {"name": "Morven R", "role": "manager", "active": "y"}
    assert administrator.post(path, was="approver stopped Morven R", **back)[0] == 303
    _, page = administrator.post(f"/manage/people/{number}/reset")
    other = type(administrator)(app.test_client())
    assert other.log_in("morven@example.org", page.select_one("main code").text) == 303


def test_an_account_that_somebody_else_changed_meanwhile_is_not_overwritten(
    administrator: Browser, people: People, store: Store
) -> None:
    number = people[Role.MANAGER].id
    path, old = f"/manage/people/{number}", "manager active Morven Reid"
    assert administrator.get(path).select_one("input[name=was]")["value"] == old
    theirs = {"was": old, "name": "Morven R", "role": "approver", "active": "y"}
    assert administrator.post(path, **theirs)[0] == 303
    # What is wrong is put right first, and the form is still made from what its author had read.
    mine = {"was": old, "name": "", "role": "manager", "active": "y"}
    status, page = administrator.post(path, **mine)
    assert (status, page.select_one("input[name=was]")["value"]) == (400, old)
    mine["name"] = "Morven Ann"
    status, page = administrator.post(path, **mine)
    assert (status, "Somebody else has changed this account meanwhile" in words(page)) == (
        400,
        True,
    )
    assert page.select_one("#name")["value"] == "Morven Ann"
    now = [words(one) for one in page.select("#saved-now + ul li")]
    assert now == ["Morven R", "Approver – may also approve what others publish", "Can log in"]
    assert get_manager(store, number).name == "Morven R"
    mine["was"] = page.select_one("input[name=was]")["value"]
    assert administrator.post(path, **mine)[0] == 303
    assert get_manager(store, number).name == "Morven Ann"


def test_a_form_that_does_not_say_what_it_was_made_from_is_refused(
    administrator: Browser, people: People, store: Store
) -> None:
    path = f"/manage/people/{people[Role.MANAGER].id}"
    for page, sent in (
        (path, {"name": "Mine", "role": "manager", "active": "y"}),
        ("/manage/teams/council", {"name": "Mine"}),
        ("/manage/at/council/local", {"units": "Rowan"}),
        ("/manage/at/council/strictness", {"personal": "3", "service": "5"}),
    ):
        status, answer = administrator.post(page, **sent)
        told = "did not say what was saved when it was opened" in words(answer)
        assert (page, status, told) == (page, 400, True)
    assert get_manager(store, people[Role.MANAGER].id).name == "Morven Reid"


def test_the_last_administrator_is_told_why_not(administrator: Browser, people: People) -> None:
    number = people[Role.ADMINISTRATOR].id
    sent = {"was": "administrator active Aileen Moore", "name": "A", "role": "manager"}
    status, page = administrator.post(f"/manage/people/{number}", **sent)
    assert (status, "make another administrator first" in words(page)) == (400, True)


def test_somebody_who_is_not_there_is_not_found(administrator: Browser) -> None:
    assert administrator.client.get("/manage/people/999").status_code == 404


def test_a_key_is_made_once_and_is_its_owners(
    app: Flask, browser: Browser, make_app: Callable[..., Flask], settings: Settings
) -> None:
    key = Path(settings.instance) / "secret-key"
    browser.client.get("/")
    assert not key.exists()
    browser.client.get("/manage/login")
    made = key.read_text("ascii")
    assert (len(made), key.stat().st_mode & 0o777) == (64, 0o600)
    make_app().test_client().get("/manage/login")
    assert key.read_text("ascii") == made


def test_a_key_that_is_set_is_used(make_app: Callable[..., Flask], settings: Settings) -> None:
    app = make_app(secret_key="0123456789abcdef")
    app.test_client().get("/manage/login")
    assert app.secret_key == "0123456789abcdef"
    assert not (Path(settings.instance) / "secret-key").exists()


PROXY = {"login_header": "X-Signed-In-As", "login_proxies": "10.0.0.5, 10.1.0.0/16"}


def ask_through_proxy(app: Flask, sender: str, email: str) -> TestResponse:
    """Return the answer to somebody whom the proxy at `sender` names, on a page for few."""
    return app.test_client().get(
        "/manage/people",
        headers={"X-Signed-In-As": email},
        environ_base={"REMOTE_ADDR": sender},
    )


@pytest.mark.parametrize(
    ("sender", "email", "status"),
    [
        ("10.0.0.5", "Aileen@example.org", 200),
        ("10.1.2.3", "aileen@example.org", 200),
        ("10.0.0.6", "aileen@example.org", 303),
        ("10.0.0.5", "nobody@example.org", 403),
        ("10.0.0.5", "", 303),
    ],
)
def test_a_trusted_proxy_says_who_it_is(
    make_app: Callable[..., Flask], people: People, sender: str, email: str, status: int
) -> None:
    assert ask_through_proxy(make_app(**PROXY), sender, email).status_code == status


@pytest.mark.parametrize(
    ("email", "heading", "button"),
    [
        ("nobody@example.org", "There is no account for you here", "Check a post"),
        ("morven@example.org", "You cannot open this page", "Back to the first page"),
    ],
    ids=["no account", "no right"],
)
def test_whom_a_proxy_names_is_told_what_is_missing(
    make_app: Callable[..., Flask], people: People, email: str, heading: str, button: str
) -> None:
    response = ask_through_proxy(make_app(**PROXY), "10.0.0.5", email)
    page = BeautifulSoup(response.text, "html.parser")
    said = [words(page.select_one(one)) for one in ("h1", "a.ds_button")]
    assert (response.status_code, said) == (403, [heading, button])


def test_without_the_setting_nobody_is_trusted(browser: Browser, people: People) -> None:
    response = browser.client.get("/manage/", headers={"X-Signed-In-As": "aileen@example.org"})
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"login_header": "X-Me"}, "needs login_proxies"),
        ({"login_header": "X Me", "login_proxies": "10.0.0.5"}, "login_header must be"),
        ({"login_header": "X-Me", "login_proxies": "proxy.local"}, "login_proxies must be"),
    ],
)
def test_a_proxy_that_is_not_named_well_is_refused(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence):
        Settings(**settings)


def test_the_dashboard_shows_what_waits_and_what_happened(administrator: Browser) -> None:
    page = administrator.get("/manage/")
    assert [title.text for title in page.select("main section h2")] == [
        "Waiting for approval",
        "Reports from staff",
        "Review of the policy",
        "The last four weeks",
        "What happened last",
        "How Postcheck is",
    ]
    assert "Logged in" in words(page)
    assert "manager.logged-in" not in words(page)
    assert "Nobody has said yet when the policy is reviewed." in words(page)
    assert page.find("button", string="Reviewed, nothing changed") is not None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/manage/reports/99999999999999999999999", 404),
        ("/manage/people/99999999999999999999999", 404),
        ("/manage/log?before=99999999999999999999999", 200),
        ("/manage/log?before=5", 200),
    ],
)
def test_a_number_that_no_row_can_have(administrator: Browser, path: str, status: int) -> None:
    assert administrator.client.get(path).status_code == status
