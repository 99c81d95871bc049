"""Serve the application with waitress, without ever writing a request or an answer to disk."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from typing import Any

import waitress
from flask import Flask, Response
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask
from werkzeug.exceptions import HTTPException

from checker.errors import PostcheckError
from webapp import create_app
from webapp.failures import API, answer_failure, place_of
from webapp.pages import LARGEST_FORM
from webapp.settings import Settings
from webapp.site import site_of

# Waitress moves what is larger than its buffers to a temporary file, and no draft may be in a
# file. Nothing that it takes in is larger than this …
LARGEST_REQUEST = LARGEST_FORM + 64 * 1024
# … and no page that holds a draft, its findings and their quotes comes near this.
LARGEST_ANSWER = 64 * 1024 * 1024


STYLES = Path(__file__).parent / "static" / "design-system.css"


class StylesError(PostcheckError):
    """The style sheet was not built; says how to."""


def serve(host: str, port: int, settings: Settings) -> None:
    """Serve until stopped; raises `PostcheckError` at once when the checker cannot be loaded."""
    if not STYLES.exists():
        raise StylesError("The style sheet of the pages is missing: run make setup.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    app = create_app(settings)
    # As init systems stop it. Otherwise Python ends at once: without writing down what was counted,
    # and with processes left behind that measure or try rules.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # Better to fail now than at the first visitor, who would also have to wait for the model.
    site_of(app).checker.health()
    waitress.serve(app, _server=make_server, **server_options(host, port, settings))


def server_options(host: str, port: int, settings: Settings) -> dict[str, str | int | None]:
    """Return what waitress is told."""
    return {
        "host": host,
        "port": port,
        "threads": settings.threads,
        "max_request_body_size": LARGEST_REQUEST,
        "inbuf_overflow": LARGEST_REQUEST + 1,
        "outbuf_overflow": LARGEST_ANSWER,
        # Nobody needs to know what serves this.
        "ident": None,
    }


def make_server(app: Flask, **options: Any) -> Any:
    """Return waitress's server for `app`, which refuses in the words of `app` too.

    What waitress refuses by itself (a request that is too large, or no HTTP) never reaches the
    application, and its own answer is a line in English of another kind.
    """
    sockets: dict[int, Any] = {}
    server = waitress.create_server(app, map=sockets, **options)
    task = type("OwnErrorTask", (_OwnErrorTask,), {"app": app})
    channel = type("OwnChannel", (HTTPChannel,), {"error_task_class": task})
    # A name like localhost may have two addresses, and each has its socket.
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = channel
    return server


class _OwnErrorTask(ErrorTask):  # type: ignore[misc]
    """Answers what waitress refuses with the page, or the JSON, of the application."""

    app: Flask

    def execute(self) -> None:
        """Write the answer and close the connection: the rest of the request was not read."""
        response = refuse(self.app, str(self.request.path or "/"), self.request.error.code)
        body = response.get_data()
        self.status = response.status
        hop_by_hop = ("connection", "content-length")
        self.response_headers.extend(
            (name, value) for name, value in response.headers if name.lower() not in hop_by_hop
        )
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def refuse(app: Flask, path: str, code: int) -> Response:
    """Return what `app` answers at `path` to a request that failed with `code`."""
    error = HTTPException()
    error.code = code
    # Nothing of the request is taken along but who asked: a program, a manager, or staff.
    place = API if path.startswith(API) else place_of(app, path) or "/"
    with app.test_request_context(place):
        return app.process_response(answer_failure(error))
