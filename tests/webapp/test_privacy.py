"""A draft leaves no trace: not in the log, not on an error page, not in a file."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from checker.correction import Correction, Says
from webapp import BODY_LIMIT
from webapp.form import read_form
from webapp.logs import places
from webapp.serving import server_options
from webapp.settings import Settings

# A word that stands nowhere else.
MARKED = "zyxwvcallum"

Fail = Callable[[Exception], None]


@pytest.fixture(autouse=True)
def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Return what reads all that was logged: messages, arguments and tracebacks."""
    return lambda: caplog.text + "".join(repr(vars(record)) for record in caplog.records)


def test_the_log_says_method_page_status_and_time(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/", data={"text": MARKED})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "webapp.logs"]
    start, number, unit = line.rsplit(" ", 2)
    assert (start, number.isdigit(), unit) == ("POST / 200", True, "ms")


def test_a_draft_that_is_checked_is_not_logged(
    client: FlaskClient, logged: Callable[[], str]
) -> None:
    client.post("/", data={"text": MARKED})
    client.post("/api/v1/check", json={"text": MARKED})
    assert "POST /api/v1/check 200" in logged()
    assert MARKED not in logged()


def test_when_the_page_fails_neither_it_nor_the_log_tells_the_draft(
    client: FlaskClient, fail_with: Fail, logged: Callable[[], str]
) -> None:
    fail_with(RuntimeError(f"cannot read {MARKED}"))
    response = client.post("/", data={"text": MARKED})
    assert response.status_code == 500
    assert MARKED not in response.text
    assert MARKED not in logged()


def test_when_the_api_fails_neither_it_nor_the_log_tells_the_draft(
    client: FlaskClient, fail_with: Fail, logged: Callable[[], str]
) -> None:
    fail_with(KeyError(MARKED))
    response = client.post("/api/v1/check", json={"text": MARKED})
    assert response.status_code == 500
    assert MARKED not in response.text
    assert MARKED not in logged()


def test_the_log_of_a_failure_says_what_and_where(
    client: FlaskClient, fail_with: Fail, caplog: pytest.LogCaptureFixture
) -> None:
    fail_with(KeyError(MARKED))
    client.post("/", data={"text": MARKED})
    (line,) = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert line.startswith("KeyError at ")
    assert "webapp.pages:" in line


def test_an_endless_recursion_fills_one_line_and_no_more() -> None:
    def fall(depth: int) -> None:
        return fall(depth + 1)

    trail = None
    try:
        fall(0)
    except RecursionError:
        trail = sys.exc_info()[2]
    assert places(trail).count(">") == 14


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f'{{"text": "{MARKED}', id="cut off"),
        pytest.param(f'{{"{MARKED}": "x"}}', id="as a key"),
        pytest.param(f'{{"text": "x", "account": "{MARKED}"}}', id="as an answer"),
        pytest.param(f'{{"text": ["{MARKED}"]}}', id="in a list"),
    ],
)
def test_a_body_that_is_refused_is_not_told_again(
    client: FlaskClient, logged: Callable[[], str], body: str
) -> None:
    response = client.post("/api/v1/check", data=body, content_type="application/json")
    assert response.status_code == 400
    assert MARKED not in response.text
    assert MARKED not in logged()


@pytest.mark.parametrize(
    "path", ["/{}", "/?text={}", "/api/v1/{}", "/static/{}", "/policy?q={}", "/about?q={}"]
)
def test_a_draft_in_an_address_is_not_logged_and_not_shown(
    client: FlaskClient, logged: Callable[[], str], path: str
) -> None:
    response = client.get(path.format(MARKED))
    assert MARKED not in response.text
    assert MARKED not in logged()


def test_a_method_that_is_a_draft_is_not_logged(
    client: FlaskClient, logged: Callable[[], str]
) -> None:
    client.open("/", method=MARKED.upper())
    assert "OTHER" in logged()
    assert MARKED.upper() not in logged()


def test_the_form_does_not_show_what_it_holds() -> None:
    said = Correction(Says.OWN_FAMILY, (MARKED,)).value
    sent = {"text": MARKED, "before": MARKED, "correction": said}
    assert MARKED not in repr(read_form(MultiDict({"text": MARKED, "photo": MARKED})))
    form = read_form(MultiDict(sent))
    assert (form.before, len(form.corrections)) == ((MARKED,), 1)
    assert MARKED not in repr(form)


def test_the_draft_is_only_in_the_answer_to_the_one_who_sent_it(client: FlaskClient) -> None:
    assert MARKED in client.post("/", data={"text": MARKED}).text
    assert MARKED not in client.get("/").text


def test_no_request_or_answer_is_large_enough_for_a_temporary_file() -> None:
    options = server_options("127.0.0.1", 8000, Settings())
    assert options["max_request_body_size"] < options["inbuf_overflow"]  # type: ignore[operator]
    assert options["outbuf_overflow"] > 100 * BODY_LIMIT  # type: ignore[operator]
