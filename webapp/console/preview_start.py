"""Starts the process that previews run in, one at a time for each worker of the web server."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import cast

from flask import Flask, current_app

from webapp.settings import Settings

KEY = "postcheck-preview"


class PreviewStarter:
    """Starts a process that works off what waits, unless the last one is still at it.

    It ends with the web server: what it was at goes on when somebody looks at it again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: BaseProcess | None = None
        self._lock = Lock()

    def __call__(self) -> None:
        """Start the process where none is running."""
        from webapp.console.preview_work import serve_runs

        with self._lock:
            if self._process is not None and self._process.is_alive():
                return
            # Not forked: the threads of the web server would be missing in the copy, and their
            # locks would stay taken.
            process = get_context("spawn").Process(
                target=serve_runs, args=(self._settings,), daemon=True, name="preview"
            )
            process.start()
            self._process = process


def install(app: Flask, settings: Settings) -> None:
    """Give `app` what starts its previews."""
    app.extensions[KEY] = PreviewStarter(settings)


def start_previews() -> None:
    """Have the runs that wait worked off, away from this request."""
    cast("Callable[[], None]", current_app.extensions[KEY])()
