"""Bad input gets one clear sentence; the text stays in the box, and nothing of it runs or is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from checker.draft import LONGEST, Draft
from checker.finding import Finding, Kind, Span
from checker.report import Report
from webapp.pages import LARGEST_FORM

Post = Callable[..., BeautifulSoup]

DOCUMENT = "1.\tAims\r\n\u2022 Item one\u00a0\u2013 \u201cquoted\u201d\r\n\r\n" * 300


def box(page: BeautifulSoup) -> str:
    """Return what is in the text box, without the line break that a browser drops."""
    return page.select("#text")[0].get_text().removeprefix("\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "The draft is empty", id="empty"),
        pytest.param(" \n\t ", "The draft is empty", id="blank"),
        pytest.param("a" * (LONGEST + 1), "20,001 characters long", id="one too many"),
        pytest.param("word " * 1_000_000, "5,000,000 characters long", id="five million"),
    ],
)
def test_what_cannot_be_checked_is_told_and_stays_in_the_box(
    post: Post, checked: list[Draft], text: str, sentence: str
) -> None:
    page = post(status=400, text=text)
    (problem,) = page.select(".errors a")
    assert sentence in problem.get_text()
    assert box(page) == text
    assert checked == []


def test_our_script_gets_the_same_page_as_a_success(client: FlaskClient) -> None:
    plain = client.post("/", data={"text": ""})
    in_place = client.post("/", data={"text": ""}, headers={"In-Place": "yes"})
    assert (plain.status_code, in_place.status_code) == (400, 200)
    assert plain.text == in_place.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\x00b\x07c\x1b[31md\x7f", id="control characters"),
        pytest.param(DOCUMENT, id="a pasted document"),
        pytest.param("<script>alert(1)</script></textarea><img src=x onerror=y>", id="script"),
        pytest.param("Room \u202e6 moor\u202c ab\u2067cd", id="right to left"),
        pytest.param("{{ 7 * 7 }} {% raw %} &amp; %s", id="template"),
    ],
)
def test_odd_text_is_checked_and_stays_as_it_was(
    post: Post,
    checked: list[Draft],
    answer_with: Callable[[Report], None],
    flagged: Report,
    finding: Finding,
    text: str,
) -> None:
    typed = text.replace("\r\n", "\n")
    whole = Span(0, len(typed), typed, Kind.REMARK, "")
    about = replace(finding, spans=(whole,), message=f"“{typed}” is odd.")
    answer_with(replace(flagged, findings=(about,)))
    page = post(text=text)
    assert (checked[0].text, box(page)) == (typed, typed)
    assert "".join(script.get_text() for script in page.select("script")) == ""
    assert page.select("main img, [onerror]") == []
    assert page.select(".draft mark")[0].get_text() == typed


def test_what_is_larger_still_is_refused_kindly(client: FlaskClient) -> None:
    response = client.post("/", data={"text": "a" * LARGEST_FORM})
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, page.h1 and page.h1.get_text()) == (
        413,
        "That is too long to check",
    )


def test_nothing_of_it_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/", data={"text": "zyxwv " * 10_000})
    client.post("/", data={"text": "zyxwv", "correction": "zyxwv", "use": "zyxwv"})
    assert "POST / 400" in caplog.text
    assert "zyxwv" not in caplog.text


def test_a_browser_is_told_to_keep_none_of_it(client: FlaskClient) -> None:
    response = client.post("/", data={"text": "hello"})
    page = BeautifulSoup(response.text, "html.parser")
    assert response.headers["Cache-Control"] == "no-store"
    fields = page.select("form#check, textarea, input")
    assert [field for field in fields if field.get("autocomplete") != "off"] == []
