"""When something goes wrong in the console: a manager's words, the menu, and what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.webapp.console.conftest import Browser
from webapp.pages import LARGEST_FORM
from webapp.store.errors import StoreError
from webapp.store.tables import Role

YAML = "/manage/at/council/rules/yaml"
STAFF_WORDS = ("draft", "Your post", "Check a post", "ask your manager")


@pytest.fixture
def manager(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.MANAGER)


def read(page: BeautifulSoup) -> tuple[str, bool, list[str]]:
    """Return the heading, whether the menu is there, and what of it is said to staff alone."""
    assert page.h1 is not None
    main = page.select_one("main")
    assert main is not None
    said = main.get_text(" ")
    menu = page.select('nav[aria-label="Console"] a')
    return page.h1.get_text(), bool(menu), [one for one in STAFF_WORDS if one in said]


def texts(page: BeautifulSoup) -> list[str]:
    return [one.get_text().removeprefix("\n") for one in page.select("pre.masked")]


def break_page(app: Flask, endpoint: str, error: Exception) -> None:
    """Let a page fail, with what declares its rights left as it is."""
    view = app.view_functions[endpoint]

    def fail(**_: object) -> str:
        raise error

    fail.__dict__.update(view.__dict__)
    app.view_functions[endpoint] = fail


def test_an_error_that_nobody_foresaw_keeps_the_menu_and_what_was_typed(
    app: Flask, manager: Browser
) -> None:
    break_page(app, "console.import_yaml", RuntimeError("the garden"))
    status, page = manager.post(YAML, YAML, how="add", yaml="rules: []  # the garden")
    assert (status, read(page)) == (500, ("Sorry, something went wrong", True, []))
    assert texts(page) == ["add", "rules: []  # the garden"]


def test_the_same_error_on_the_staff_page_keeps_its_own_words(
    manager: Browser, fail_with: Callable[[Exception], None]
) -> None:
    fail_with(RuntimeError("the garden"))
    response = manager.client.post("/", data={"text": "hello"})
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, read(page)[1]) == (500, False)
    assert "Your post was not checked" in page.get_text()


def test_a_form_that_is_too_large_keeps_the_menu(manager: Browser) -> None:
    status, page = manager.post(YAML, YAML, how="add", yaml="a" * LARGEST_FORM)
    assert (status, read(page)) == (413, ("That is too large to send", True, []))


@pytest.mark.parametrize("path", ["/manage/nothing", "/manage/at/nobody/rules"])
def test_a_page_that_is_not_there_keeps_the_menu(manager: Browser, path: str) -> None:
    response = manager.client.get(path)
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, read(page)) == (404, ("Page not found", True, []))
    # A team that is no more has no pages for the menu to lead to.
    links = [str(one["href"]) for one in page.select('nav[aria-label="Console"] a')]
    assert [one for one in links if "/at/" in one and "/at/council/" not in one] == []
    assert manager.client.get(links[1]).status_code == 200


def test_somebody_who_is_not_logged_in_sees_no_menu(browser: Browser) -> None:
    page = browser.get("/manage/nothing")
    assert read(page) == ("Page not found", False, [])


def test_without_a_store_the_page_says_where_to_look(app: Flask, manager: Browser) -> None:
    break_page(app, "console.import_yaml", StoreError("The store is away."))
    status, page = manager.post(YAML, YAML, how="add", yaml="rules: []")
    assert (status, read(page)[0]) == (503, "The console cannot be used just now")
    assert texts(page) == ["add", "rules: []"]


def test_too_many_log_ins_keep_what_another_form_carried(make_app: Callable[..., Flask]) -> None:
    browser = Browser(make_app().test_client())
    sent = {"email": "x@example.org", "password": "no such password", "typed.yaml": "my rules"}
    for _ in range(20):
        browser.post("/manage/login", "/manage/login", **sent)
    status, page = browser.post("/manage/login", "/manage/login", **sent)
    assert (status, read(page)) == (429, ("That was too often", False, []))
    assert texts(page) == ["my rules"]
    assert "no such password" not in str(page)


def test_the_yaml_of_a_large_text_is_kept_and_told_beside_its_field(manager: Browser) -> None:
    text = "# " + "garden " * 300_000
    status, page = manager.post(YAML, YAML, how="add", yaml=text)
    box = page.select_one("textarea#yaml")
    told = page.select_one("#yaml-problem")
    assert (status, box and box.get_text().removeprefix("\n") == text) == (400, True)
    assert told is not None
    assert told.get_text() == (
        "Error: The text is longer than 2,000,000 characters: leave out what is not used."
    )


def test_the_yaml_of_a_text_that_was_too_large_before_is_taken_in(manager: Browser) -> None:
    text = "# " + "garden " * 100_000 + "\nlocal:\n  units: [Rowan]\n"
    status, _ = manager.post(YAML, YAML, how="replace", yaml=text, revision="0")
    assert (status, "Rowan" in manager.get(YAML).get_text()) == (303, True)
