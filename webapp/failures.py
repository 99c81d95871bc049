"""What is said when something goes wrong: a page for people, JSON for programs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from checker.draft import LONGEST
from webapp.store.errors import MissingRowError, StoreError

LOG = logging.getLogger(__name__)

API = "/api/"
PLACES = "postcheck-failure-pages"


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of failure is called, what a person can do, and what a program is told."""

    title: str
    advice: str
    sentence: str = ""


FAILURES = {
    400: Words(
        "We could not read that",
        "Something went wrong on the way here. Please try again.",
        "The request could not be read: send a JSON body as the API description says.",
    ),
    403: Words(
        "You cannot open this page",
        "Your account does not have the right to. Ask whoever looks after the accounts.",
        "You do not have the right to do this.",
    ),
    404: Words(
        "Page not found",
        "Check the address, or start again from the first page.",
        "There is nothing at this address: the check is at /api/v1/check.",
    ),
    405: Words(
        "That does not work here",
        "Please start again from the first page.",
        "This address does not take that method: send POST to /api/v1/check.",
    ),
    413: Words(
        "That is too long to check",
        f"We can check up to {LONGEST:,} characters at a time. Please check it in parts.",
        f"The request is too large: a draft can have up to {LONGEST:,} characters.",
    ),
    429: Words(
        "That was too often",
        "Please wait a minute and try again.",
        "That was too often: wait a minute and try again.",
    ),
    503: Words(
        "This part cannot be used just now",
        "Please try again later. You can still check a post. What is wrong is told at /health.",
        "This cannot be used just now: see /health.",
    ),
    500: Words(
        "Sorry, something went wrong",
        "Your post was not checked, and we did not keep it. Please try again later. "
        "If you are not sure about your post, ask your manager before you share it.",
        "The draft was not checked, because something went wrong: please try again later.",
    ),
}


def install(app: Flask) -> None:
    """Answer every failure of `app` in our own words."""
    # An error that nobody foresaw arrives here too, as a 500, after it was logged.
    app.register_error_handler(HTTPException, answer_failure)
    app.register_error_handler(StoreError, _answer_store_failure)
    app.register_error_handler(MissingRowError, _answer_missing_row)


def answer_below(app: Flask, place: str, page: Callable[[int], str]) -> None:
    """Let `page` make what people see of a failure of `app` at and below the address `place`."""
    app.extensions.setdefault(PLACES, {})[place] = page


def place_of(app: Flask, path: str) -> str:
    """Return the place of `app` with pages of its own that `path` is in, "" where there is none."""
    places: dict[str, object] = app.extensions.get(PLACES, {})
    return next((one for one in places if path == one or path.startswith(f"{one}/")), "")


def _answer_store_failure(error: StoreError) -> Response:
    LOG.error("%s", error)
    return answer_failure(ServiceUnavailable())


def _answer_missing_row(_: MissingRowError) -> Response:
    return answer_failure(NotFound())


def answer_failure(error: HTTPException) -> Response:
    """Return the page, or for the API the JSON, that tells of `error`; never its own message."""
    code = error.code or 500
    words = FAILURES.get(code, FAILURES[400 if code < 500 else 500])
    if request.path.startswith(API):
        response = jsonify(error=words.sentence)
    elif place := place_of(current_app, request.path):
        response = make_response(current_app.extensions[PLACES][place](code))
    else:
        response = make_response(render_template("error.html", words=words))
    response.status_code = code
    methods = getattr(error, "valid_methods", None)
    if methods:
        response.headers["Allow"] = ", ".join(sorted(methods))
    return response
