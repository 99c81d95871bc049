"""Retrains the reader in a process of its own: `python -m webapp.retrain_worker`.

It takes what waits in the store, tells its progress there, and goes on where one that was stopped
had come to. No page waits for it, and it ends when nothing waits any more.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from typing import Any

from checker.draft import Draft
from checker.engine import Checker, load_checker
from checker.errors import ClassifierError, PostcheckError
from checker.fitting import FILE, Samples, load_samples
from checker.refitted import keep
from checker.refitting import Taught, read_taught, refit
from checker.trail import describe
from checker.verdict import Category
from webapp import instance
from webapp.retrained import name_of, reader_folder
from webapp.settings import PREFIX, Settings, read_settings
from webapp.store.database import OWNER_ONLY, Store
from webapp.store.examples import list_examples
from webapp.store.queue_tables import RetrainRun
from webapp.store.runs import end_run, report_progress, take_run
from webapp.store.schema import open_store

LOG = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
# A niceness: checks of posts come first.
BEHIND_CHECKS = 10
# Starts the process from one that ends at once, so that it is nobody's child here: a server that
# never waits for its children keeps each as a zombie.
LAUNCH = """
import subprocess, sys
nothing = subprocess.DEVNULL
process = subprocess.Popen(
    sys.argv[1:], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
)
print(process.pid)
"""
# What the process has to know of the settings.
PASSED_ON = ("instance", "database", "spacy_model")
# The fits are small: more threads would wait for each other, and take cores from checks of posts.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


class _Pulse:
    """How far a run is, told to the store at every beat as a sign of life."""

    def __init__(self, store: Store, run: RetrainRun) -> None:
        self._store, self._run = store, run
        self._at = (0, 0)

    def move(self, done: int, of: int) -> None:
        """Note that `done` of `of` steps are done, and tell it."""
        self._at = (done, of)
        self.beat()

    def beat(self) -> None:
        """Tell how far it is."""
        report_progress(self._store, self._run, *self._at)


def start(settings: Settings) -> int:
    """Start the process, do not wait for it, and return its number; it outlives this one."""
    told = {f"{PREFIX}{name.upper()}": str(getattr(settings, name)) for name in PASSED_ON}
    told[f"{PREFIX}INSTANCE"] = str(instance.folder(settings))
    given = {name: value for name, value in told.items() if value}
    environment = {**os.environ, **ONE_THREAD, **given}
    started = subprocess.run(  # noqa: S603 - every word of it is ours
        [sys.executable, "-c", LAUNCH, sys.executable, "-m", "webapp.retrain_worker"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(started.stdout)


def work_off(store: Store, folder: Path, load: Callable[[], Checker], material: Path = FILE) -> int:
    """Work off all that waits in `store`, and return how many runs that was.

    `folder` takes the retrained heads, `load` returns the checker as shipped.
    """
    number = 0
    while (run := take_run(store, RetrainRun)) is not None:
        with _beating(store, run) as pulse:
            _work(store, run, pulse, lambda: _retrain(store, run, pulse, (folder, load, material)))
        number += 1
    return number


def _work(
    store: Store, run: RetrainRun, pulse: _Pulse, retrain: Callable[[], dict[str, Any]]
) -> None:
    pulse.beat()
    try:
        result = retrain()
    except PostcheckError as error:
        end_run(store, run, {"error": str(error)}, failed=True)
    except Exception as error:
        # Whatever it is, the page has to say that it ended. What it says can quote an example.
        LOG.error("A retraining failed: %s", describe(error))
        end_run(store, run, {"error": "It broke off. Nothing has changed."}, failed=True)
    else:
        end_run(store, run, result)


def _retrain(
    store: Store, run: RetrainRun, pulse: _Pulse, parts: tuple[Path, Callable[[], Checker], Path]
) -> dict[str, Any]:
    folder, load, material = parts
    shipped, encoder = _read_material(material)
    one = load()
    if one.classifier is None or one.classifier.encoder_hash != encoder:
        raise ClassifierError(
            "What is shipped for retraining belongs to another reader: install Postcheck anew."
        )
    local = read_taught(one, _taught(store))
    steps = folder / f"run-{run.id}"
    steps.mkdir(mode=0o700, parents=True, exist_ok=True)
    compared = refit(shipped, local, one.classifier.thresholds, steps, pulse.move)
    path = folder / f"retrained-{run.id}.npz"
    heads = keep(compared.fitted, path, name=name_of(run), encoder=encoder)
    path.chmod(OWNER_ONLY)
    shutil.rmtree(steps)
    return {
        "before": asdict(compared.before),
        "after": asdict(compared.after),
        "heads": heads.as_dict(),
    }


def _read_material(path: Path) -> tuple[Samples, str]:
    """Return what is shipped for retraining, and the hash of the encoder that it is for."""
    try:
        samples, about = load_samples(path)
        return samples, about["encoder"]
    except (OSError, ValueError, KeyError):
        raise ClassifierError(
            "What is shipped for retraining is missing or torn: install Postcheck anew, or run "
            "“python -m model material” in its source."
        ) from None


def _taught(store: Store) -> list[Taught]:
    return [
        Taught(
            Draft(row.masked, row.account),
            row.verdict,
            tuple(Category(each) for each in row.categories),
        )
        for row in list_examples(store)[::-1]
    ]


@contextmanager
def _beating(store: Store, run: RetrainRun) -> Iterator[_Pulse]:
    """Give a sign of life every few seconds, since one step can take longer than silence may."""
    pulse, ended = _Pulse(store, run), Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            pulse.beat()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield pulse
    finally:
        ended.set()
        thread.join()


def main() -> None:
    """Work off what waits in the store of this installation."""
    os.nice(BEHIND_CHECKS)
    settings = read_settings(os.environ)
    store = open_store(instance.store_address(settings))
    model = settings.spacy_model or None
    try:
        work_off(store, reader_folder(instance.folder(settings)), lambda: load_checker(model))
    finally:
        store.close()


if __name__ == "__main__":
    main()
