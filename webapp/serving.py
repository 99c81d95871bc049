"""Serve the application with waitress, without ever writing a request or an answer to disk."""

from __future__ import annotations

import logging
from pathlib import Path

import waitress

from checker.errors import PostcheckError
from webapp import create_app
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
    # Better to fail now than at the first visitor, who would also have to wait for the model.
    site_of(app).checker.health()
    waitress.serve(app, **server_options(host, port, settings))


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
