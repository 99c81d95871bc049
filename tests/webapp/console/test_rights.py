"""Every page of the console is refused or shown to each role as it is written down here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checker.draft import Account
from checker.verdict import Verdict
from webapp import create_app
from webapp.console.blueprint import console
from webapp.console.rights import allow, right_of
from webapp.settings import Settings
from webapp.store.database import Store
from webapp.store.examples import add_example
from webapp.store.feedback import Complaining, add_feedback
from webapp.store.queue_tables import Complaint
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

# The least role for each page, None for anybody. A page that is missing here fails a test.
PAGES: dict[str, Role | None] = {
    "console.log_in": None,
    "console.leave": Role.MANAGER,
    "console.change_own_password": Role.MANAGER,
    "console.show_dashboard": Role.MANAGER,
    "console.list_reports": Role.MANAGER,
    "console.show_report": Role.MANAGER,
    "console.accept_report": Role.MANAGER,
    "console.close_report": Role.MANAGER,
    "console.mark_report_turned": Role.MANAGER,
    "console.delete_report": Role.MANAGER,
    "console.show_examples": Role.MANAGER,
    "console.export_examples": Role.MANAGER,
    "console.edit_example": Role.MANAGER,
    "console.remove_example": Role.MANAGER,
    "console.show_retraining": Role.MANAGER,
    "console.start_retraining": Role.MANAGER,
    "console.promote_reader": Role.APPROVER,
    "console.drop_reader": Role.APPROVER,
    "console.roll_reader_back": Role.APPROVER,
    "console.show_figures": Role.MANAGER,
    "console.export_figures": Role.MANAGER,
    "console.list_rules": Role.MANAGER,
    "console.add_rule": Role.MANAGER,
    "console.edit_rule": Role.MANAGER,
    "console.change_shipped": Role.MANAGER,
    "console.show_yaml": Role.MANAGER,
    "console.export_yaml": Role.MANAGER,
    "console.import_yaml": Role.MANAGER,
    "console.try_it": Role.MANAGER,
    "console.show_preview": Role.MANAGER,
    "console.start_preview": Role.MANAGER,
    "console.tell_progress": Role.MANAGER,
    "console.show_publish": Role.MANAGER,
    "console.show_history": Role.MANAGER,
    "console.approve_version": Role.APPROVER,
    "console.decline_version": Role.APPROVER,
    "console.restore_version": Role.MANAGER,
    "console.show_log": Role.MANAGER,
    "console.export_log": Role.MANAGER,
    "console.show_people": Role.ADMINISTRATOR,
    "console.change_person": Role.ADMINISTRATOR,
    "console.reset_person": Role.ADMINISTRATOR,
    "console.show_teams": Role.ADMINISTRATOR,
    "console.change_team": Role.ADMINISTRATOR,
    "console.shut_team": Role.ADMINISTRATOR,
    "console.open_team_again": Role.ADMINISTRATOR,
    "console.edit_local": Role.MANAGER,
    "console.import_local": Role.MANAGER,
    "console.export_local": Role.MANAGER,
    "console.edit_contact": Role.MANAGER,
    "console.edit_strictness": Role.MANAGER,
    "console.measure_strictness": Role.MANAGER,
    "console.edit_policy": Role.MANAGER,
    "console.edit_clause": Role.MANAGER,
    "console.change_clause": Role.MANAGER,
    "console.review_policy": Role.MANAGER,
}
ROLES = (None, *Role)
# What stands in addresses; anything else there is a 1, which nothing is called.
NAMES: dict[str, str | int] = {"team": "council", "slug": "council", "part": "all"}


class Client(Protocol):
    """What a browser sends with."""

    def open(self, path: str, *, method: str, data: dict[str, str]) -> TestResponse:
        """Send a request."""


class Browser(Protocol):
    """Somebody's browser."""

    client: Client

    def token(self, path: str = ...) -> str:
        """Return a token for a form."""


BrowserOf = Callable[[Role | None], Browser]


def pages(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and a path of each page under /manage, whoever registered it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/manage"):
            values = {name: NAMES.get(name, 1) for name in rule.arguments}
            path = adapter.build(rule.endpoint, values)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, path


def test_each_page_is_written_down_and_declares_the_same(app: Flask) -> None:
    declared = {endpoint: right_of(app, endpoint) for endpoint, _, _ in pages(app)}
    assert {name: right.least for name, right in declared.items() if right} == PAGES
    assert set(declared) == set(PAGES)


WALKED = list(pages(create_app(Settings(), None)))


@pytest.fixture
def _something_there(store: Store, people: dict[Role, Manager]) -> None:
    """Keep a report and an example, so that the pages about the first of each are there."""
    sent = Complaining(Complaint.WRONG, "hello", "", Account.PERSONAL, Verdict.REVIEW, ())
    add_feedback(store, sent, days=1)
    add_example(
        store,
        find_team(store).id,
        "hello",
        account=Account.PERSONAL,
        verdict=Verdict.OK,
        categories=(),
        origin="typed",
        by=people[Role.MANAGER],
    )


@pytest.mark.usefixtures("_something_there")
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "anonymous")
@pytest.mark.parametrize(("endpoint", "method", "path"), WALKED)
def test_each_page_lets_in_whom_it_should(
    browser_of: BrowserOf, endpoint: str, method: str, path: str, role: Role | None
) -> None:
    browser = browser_of(role)
    token = browser.token("/manage/login" if role is None else "/manage/password")
    response = browser.client.open(path, method=method, data={"csrf_token": token})
    least = PAGES[endpoint]
    to_login = response.headers.get("Location", "").startswith("/manage/login")
    if least is None or (role is not None and role.rank >= least.rank):
        # 400 tells of an empty form, 404 of something that is not there: the page was reached.
        assert response.status_code in (200, 303, 400, 404)
        assert "too old to be sent" not in response.text
        assert not to_login or endpoint == "console.leave"
    elif role is None:
        assert (response.status_code, to_login) == (303, True)
    else:
        assert (response.status_code, "You cannot open this page" in response.text) == (403, True)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("endpoint", "method", "path"), [page for page in WALKED if page[1] != "GET"]
)
def test_each_form_needs_its_token(
    browser_of: BrowserOf, endpoint: str, method: str, path: str
) -> None:
    browser = browser_of(None if PAGES[endpoint] is None else Role.ADMINISTRATOR)
    for token in ({}, {"csrf_token": "forged"}):
        response = browser.client.open(path, method=method, data=token)
        assert (response.status_code, "too old to be sent" in response.text) == (400, True)


def test_a_page_that_declares_nothing_is_refused(
    app: Flask, browser_of: BrowserOf, people: dict[Role, Manager]
) -> None:
    app.add_url_rule("/manage/new", "console.new", lambda: "secret")
    browser = browser_of(Role.ADMINISTRATOR)
    response = browser.client.open("/manage/new", method="GET", data={})
    assert (response.status_code, "secret" in response.text) == (403, False)


def test_a_page_that_declares_its_right_is_shown_and_in_the_navigation(
    app: Flask, browser_of: BrowserOf
) -> None:
    view = allow(Role.APPROVER, menu="New page")(lambda: "for approvers")
    app.add_url_rule("/manage/new", f"{console.name}.new", view)
    # The list stands twice, once folded for a narrow window; a browser shows one of the two.
    for role, status, count in ((Role.MANAGER, 403, 0), (Role.APPROVER, 200, 2)):
        browser = browser_of(role)
        assert browser.client.open("/manage/new", method="GET", data={}).status_code == status
        page = browser.client.open("/manage/", method="GET", data={}).text
        assert page.count('href="/manage/new"') == count
