"""axe-core finds no fault on any page in any state, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faults import faults
from playwright.sync_api import Page
from steps import FINE, MANY, STOP, button, check, go_to_result, problems, unfold

from checker.verdict import Verdict

Open = Callable[..., Page]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/policy",
        "/policy/sign-off",
        "/practice",
        "/about",
        "/privacy",
        "/accessibility",
        "/offline",
        "/nowhere",
    ],
)
def test_axe_finds_nothing_on_a_page(open_page: Open, path: str) -> None:
    assert faults(open_page(path, width=360)) == []


@pytest.mark.parametrize(
    ("text", "verdict", "width"),
    [
        pytest.param(STOP, Verdict.STOP, 360, id="do not post, on a phone"),
        pytest.param(STOP, Verdict.STOP, 1280, id="do not post, on a desktop"),
        pytest.param(MANY, Verdict.STOP, 360, id="many things to look at, on a phone"),
        pytest.param(FINE, Verdict.OK, 360, id="nothing found, on a phone"),
    ],
)
def test_axe_finds_nothing_in_an_answer(
    open_page: Open, text: str, verdict: Verdict, width: int
) -> None:
    page = open_page(width=width)
    check(page, text, verdict)
    unfold(page)
    assert faults(page) == []


def test_axe_finds_nothing_where_something_is_wrong(open_page: Open) -> None:
    page = open_page()
    button(page).click()
    problems(page).wait_for()
    assert faults(page) == []


def test_axe_finds_a_fault_that_is_there(open_page: Open) -> None:
    page = open_page("/privacy")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/icon.svg>'")
    assert any("image-alt" in fault for fault in faults(page))


def test_axe_finds_nothing_in_practice(open_page: Open) -> None:
    page = open_page("/practice", width=360)
    page.get_by_role("button", name="Begin").click()
    found = faults(page)
    page.get_by_role("button", name="See the answer").click()
    found += faults(page)
    page.get_by_label("No, I would not post it").check()
    page.get_by_role("button", name="See the answer").click()
    found += faults(page)
    page.get_by_role("button", name="Next post").click()
    go_to_result(page)
    assert found + faults(page) == []
