"""What the log says: method, page, status and time; of an error, its type and place. No words."""

from __future__ import annotations

import logging
import time
import traceback
from http import HTTPMethod
from types import TracebackType

from flask import Flask, Response, g, request

LOG = logging.getLogger(__name__)

# Enough to find the place; an endless recursion would fill the log with a thousand.
DEEPEST = 15


class QuietFlask(Flask):
    """Flask that logs where an error happened and never what it said.

    The message of an error can quote what was typed, and so can the local variables.
    """

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]
    ) -> None:
        """Log the type of the error and the lines it passed through."""
        kind, _, trail = exc_info
        LOG.error("%s at %s", kind.__name__ if kind else "error", places(trail))


def places(trail: TracebackType | None) -> str:
    """Return the modules and lines that an error passed through, outermost first."""
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in traceback.walk_tb(trail)
    ]
    return " > ".join(frames[-DEEPEST:]) or "an unknown place"


def install(app: Flask) -> None:
    """Log one line for each answer of `app`."""
    app.before_request(_start_clock)
    app.after_request(_log_answer)


def _start_clock() -> None:
    g.started = time.perf_counter()


def _log_answer(response: Response) -> Response:
    spent = (time.perf_counter() - g.started) * 1000 if "started" in g else 0.0
    LOG.info("%s %s %s %.0f ms", _method(), _page(), response.status_code, spent)
    return response


def _method() -> str:
    """Return the method when it is one of HTTP's, because a client may send any word there."""
    return request.method if request.method in list(HTTPMethod) else "OTHER"


def _page() -> str:
    """Return the path as the application knows it: a path that was typed can hold a name."""
    return request.url_rule.rule if request.url_rule else "(no such page)"
