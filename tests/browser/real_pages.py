"""The real application on a free port, and Debian's Chromium to look at it with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, Playwright
from waitress.server import create_server

from checker.engine import Checker
from webapp import create_app
from webapp.engine import EngineChecker
from webapp.serving import server_options
from webapp.settings import Settings

NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "There is no Chromium to test the pages with: apt-get install chromium."
SETTINGS = Settings(
    service_name="Glen Check",
    contact_name="Aileen Moore",
    contact_email="aileen.moore@example.org",
    contact_phone="01632 960155",
)


def find_chromium() -> str | None:
    """Return the path of the browser, or None on a machine without."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """Return the browser at `path`, started; a container's root cannot use its sandbox."""
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@contextmanager
def serve(checker: Checker) -> Iterator[str]:
    """Serve the pages with `checker` on a free port of this machine; gives their address."""
    with serve_app(create_app(SETTINGS, EngineChecker(checker))) as address:
        yield address


@contextmanager
def serve_app(app: Flask) -> Iterator[str]:
    """Serve `app` on a free port of this machine; gives its address."""
    server = create_server(app, **server_options("127.0.0.1", 0, SETTINGS))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: server.close())
        thread.join(timeout=5)
