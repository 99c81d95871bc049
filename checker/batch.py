"""Many drafts at once: checked in chunks, by one process or several, and written in order."""

from __future__ import annotations

import importlib
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joblib import Parallel, delayed, parallel_config

from checker.errors import PostcheckError
from checker.lines import Line, read_lines
from checker.results import Answer, ResultsError, Tally, make_answer, read_kept
from checker.source import cannot_open
from checker.trail import describe

if TYPE_CHECKING:
    from checker.draft import Draft
    from checker.engine import Checker
    from checker.report import Report

# Enough for spaCy and the learned reader to work in batches; few enough that a run which is
# stopped loses about a second of work.
CHUNK = 16
# A scheduler that has not answered after so many seconds will not.
PATIENCE = 15


class BatchError(PostcheckError):
    """A batch cannot be run in the way it was asked for; says what to do."""


class Backend(StrEnum):
    """What runs the workers: processes on this machine, or a Dask cluster."""

    LOKY = "loky"
    DASK = "dask"


class Start(StrEnum):
    """What is done with a file of answers that is there already."""

    REFUSE = "refuse"
    REPLACE = "replace"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Workers:
    """How many workers check at the same time, and where; `scheduler` is Dask's address."""

    jobs: int = 1
    backend: Backend = Backend.LOKY
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of drafts, the file for the answers, and how to go about it.

    `load` gives the checker; each worker calls it for every chunk, so it must keep what it loads.
    """

    source: Path
    target: Path
    load: Callable[[], Checker]
    start: Start = Start.REFUSE
    workers: Workers = Workers()


def run(batch: Batch, advance: Callable[[int], object]) -> Tally:
    """Write an answer to each draft, in order, and return their tally.

    `advance` is told how many more answers are in the file. Whenever this is stopped, the file
    holds whole answers but for the last line, and `Start.RESUME` goes on from there. Raises
    `PostcheckError` for files that cannot be used and a checker that cannot be loaded.
    """
    refuse_unusable(batch)
    lines = read_lines(batch.source)
    is_resumed = batch.start is Start.RESUME and batch.target.exists()
    tally = read_kept(batch.target, lines) if is_resumed else Tally()
    advance(tally.outcomes.total())
    chunks = answer_all(lines, batch.workers, batch.load)
    # The first answers come before the file is made: a checker that cannot be loaded leaves none.
    first = next(chunks, [])
    try:
        for answers in _write(batch, tally.size, chain([first], chunks)):
            tally.add(answers)
            advance(len(answers))
    except OSError as error:
        raise ResultsError(cannot_open(batch.target, error)) from None
    return tally


def refuse_unusable(batch: Batch) -> None:
    """Raise `ResultsError` where writing the answers would fail, or destroy something."""
    source, target = batch.source, batch.target
    if not target.parent.is_dir():
        raise ResultsError(f"There is no folder “{target.parent}”: make it first.")
    if not target.exists():
        return
    if source.exists() and target.samefile(source):
        raise ResultsError(f"“{target}” holds the drafts: give another name for the answers.")
    if not target.is_file():
        raise ResultsError(f"“{target}” is not a file: give the name of one with -o.")
    if batch.start is Start.REFUSE:
        raise ResultsError(
            f"“{target}” is there already: go on with --resume, replace it with --force, "
            "or give another name with -o."
        )


def _write(batch: Batch, size: int, chunks: Iterable[list[Answer]]) -> Iterator[list[Answer]]:
    """Yield each chunk of answers when it is in the file, after the first `size` bytes."""
    mode = {Start.REFUSE: "xb", Start.REPLACE: "wb", Start.RESUME: "ab"}[batch.start]
    with batch.target.open(mode) as file:
        file.truncate(size)
        for answers in chunks:
            file.write(b"".join(answer.written for answer in answers))
            file.flush()
            os.fsync(file.fileno())
            yield answers


def answer_all(
    lines: Iterator[Line], workers: Workers, load: Callable[[], Checker]
) -> Iterator[list[Answer]]:
    """Yield the answers to `lines`, in order, a chunk at a time."""
    chunks = iter(lambda: list(islice(lines, CHUNK)), [])
    if workers.backend is Backend.LOKY and workers.jobs == 1:
        for chunk in chunks:
            yield check_chunk(chunk, load)
        return
    with _backend(workers), warnings.catch_warnings():
        # Being stopped with work under way is nothing to warn of.
        warnings.filterwarnings("ignore", "[0-9]+ tasks (which were|have been)")
        # One chunk at a time to a worker, so that answers are written as they come.
        parallel = Parallel(return_as="generator", batch_size=1)
        try:
            yield from parallel(delayed(check_chunk)(chunk, load) for chunk in chunks)
        except BrokenProcessPool:
            raise BatchError(
                "A worker ended before its time, perhaps for lack of memory: go on with --resume "
                "and a smaller --jobs."
            ) from None


def check_chunk(lines: Sequence[Line], load: Callable[[], Checker]) -> list[Answer]:
    """Return the answer to each of `lines`; raises `PostcheckError` when nothing can be loaded."""
    drafts = [line.draft for line in lines if line.draft is not None]
    results = iter(_check(drafts, load()) if drafts else [])
    return [make_answer(line, next(results) if line.draft else line.error) for line in lines]


def _check(drafts: Sequence[Draft], checker: Checker) -> list[Report | str]:
    """Return a report on each draft, or where checking it failed."""
    try:
        return list(checker.check_all(drafts))
    except Exception as error:
        if len(drafts) == 1:
            return [
                f"Something went wrong inside Postcheck, so this was not checked: {describe(error)}"
            ]
    # One of them did it: the others must not go without an answer.
    return [result for draft in drafts for result in _check([draft], checker)]


@contextmanager
def _backend(workers: Workers) -> Iterator[None]:
    if workers.backend is Backend.LOKY:
        # Nothing large enough to be passed on through a file on disk may be: drafts are private.
        with parallel_config(
            "loky",
            n_jobs=workers.jobs,
            max_nbytes=None,
            initializer=begin_worker,
            initargs=(os.getpid(),),
        ):
            yield
        return
    with _dask_client(workers), parallel_config("dask", n_jobs=-1):
        yield


def begin_worker(parent: int) -> None:
    """Make a worker process leave Ctrl-C to its `parent`, and end when that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # A main process that was killed cannot say so, and its workers hold a loaded engine each.
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _dask_client(workers: Workers) -> AbstractContextManager[Any]:
    try:
        dask, distributed = map(importlib.import_module, ("dask", "distributed"))
    except ImportError:
        raise BatchError(
            "The backend dask needs the package distributed: install it with "
            "“pip install 'postcheck[dask]'”, or use --backend loky."
        ) from None
    if not workers.scheduler:
        # A worker that is short of memory must not put drafts on disk.
        dask.config.set({"distributed.worker.memory.spill": False})
        dask.config.set({"distributed.worker.memory.target": False})
        return _local_dask(distributed.Client, workers.jobs)
    try:
        client: AbstractContextManager[Any] = distributed.Client(
            workers.scheduler, timeout=PATIENCE
        )
    except (OSError, ValueError):
        raise BatchError(
            f"There is no Dask scheduler at “{workers.scheduler}”: start one, or give its "
            "address like tcp://10.0.0.5:8786."
        ) from None
    return client


def _local_dask(
    make_client: Callable[..., AbstractContextManager[Any]], jobs: int
) -> AbstractContextManager[Any]:
    # What is ignored now stays so in the processes that this starts: Ctrl-C is not for them.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return make_client(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
    finally:
        signal.signal(signal.SIGINT, before)
