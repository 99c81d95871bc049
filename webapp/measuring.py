"""Measures each strictness in a process of its own, once for each model and shipped rulebook."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from checker.errors import PostcheckError
from webapp import instance
from webapp.retrained import with_promoted
from webapp.settings import Settings
from webapp.storage import opened

if TYPE_CHECKING:
    from checker.engine import Checker
    from checker.preview.examples import Example

PROGRESS, NAME = "strictness-progress", "strictness"
# Whoever gave no sign of life for so long is gone: the power failed, or the process was ended.
BEAT_SECONDS, SILENT_SECONDS = 5.0, 30
FAILED = "failed"
# Staff who check a post go first.
NICENESS = 10


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measurement is; `total` is 0 while the model is loaded.

    One that `is_silent` was broken off: it goes on where it was when it is started again.
    """

    done: int = 0
    total: int = 0
    has_failed: bool = False
    is_silent: bool = False


def start(folder: Path, settings: Settings) -> bool:
    """Set a process to work on the figures in `folder`; False when one is at work already.

    It ends with the web server, and when it is started again it need not read anew what it read.
    """
    if (now := progress_in(folder)) and not (now.has_failed or now.is_silent):
        return False
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / PROGRESS
    path.unlink(missing_ok=True)
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        # Another worker of the web server was pressed for it in the same moment.
        return False
    # Not forked: the locks of the web server's threads would stay taken in the copy.
    process = get_context("spawn").Process(
        target=work, args=(folder, settings), daemon=True, name=NAME
    )
    process.start()
    return True


def progress_in(folder: Path) -> Progress | None:
    """Return how far the process is, or was, that works in `folder`; None when none was begun."""
    path = folder / PROGRESS
    try:
        words, age = path.read_text("ascii").split(), time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return None
    if words == [FAILED]:
        return Progress(has_failed=True)
    done, total = map(int, words) if len(words) == 2 else (0, 0)
    return Progress(done, total, is_silent=age > SILENT_SECONDS)


def measure(one: Checker, folder: Path, shipped: Sequence[Example] | None = None) -> None:
    """Measure with `one` and keep the figures in `folder`; raises what the measuring raises."""
    from checker.preview.curve import strictness_curve

    path = folder / PROGRESS

    def tell(done: int, total: int) -> None:
        _write(path, f"{done} {total}")

    strictness_curve(one, folder, shipped=shipped, progress=tell)
    path.unlink(missing_ok=True)


def work(folder: Path, settings: Settings) -> None:
    """Measure by the shipped rules with the reader that is in use, which a retraining may be.

    A failure is written down for the page to tell.
    """
    os.nice(NICENESS)
    _write(folder / PROGRESS, "0 0")
    try:
        with _beating(folder / PROGRESS):
            measure(_load(settings), folder)
    except (PostcheckError, ValueError, OSError) as error:
        _write(folder / PROGRESS, FAILED)
        raise SystemExit(f"The strictness could not be measured: {error}") from None


@contextmanager
def _beating(path: Path) -> Iterator[None]:
    """Give a sign of life every few seconds: loading can take longer than silence may."""
    over = Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            # It is gone once all is measured.
            with suppress(FileNotFoundError):
                os.utime(path)

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _load(settings: Settings) -> Checker:
    from checker.engine import load_checker

    with opened(settings) as store:
        loaded = load_checker(settings.spacy_model or None)
        return with_promoted(loaded, store, instance.folder(settings))


def _write(path: Path, words: str) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_text(words, encoding="ascii")
    beside.replace(path)
