"""Measures the candidates on the same held-out voices: how well they read, and at what cost."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from checker.draft import Draft
from model import columns
from model.candidates import (
    FITTED,
    Candidate,
    Chances,
    FineTuned,
    WithHeads,
    chances,
)
from model.dataset import Labelled
from model.heads import category_matrix, fit_heads, held_out, verdict_numbers
from model.train import look

Array = np.ndarray[Any, Any]

STORED = Path("build") / "candidates"
ENCODER, HEADED = "5. fine-tuned MiniLM alone", "6. fine-tuned MiniLM, heads on logits and marks"
# Candidates are compared where each flags this share of the fine drafts.
FLAGGED_FINE = 0.15
# A category is given from this probability on, by every candidate.
GIVEN = 0.5
WARM_UP, ROUNDS = 20, 100
# About fifty words of our own, with a name, care and a place, so that every part has work to do.
FIFTY_WORDS = (
    "Back on the early shift and the kettle is my best pal. Our Elspeth would not take her tablets "
    "till her sister was on the phone from Peterhead, then she sang to the whole lounge. Bacon "
    "roll at ten, bus at three, and I am off to my bed. Roll on the weekend."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a candidate reads drafts that it never saw, as shares from 0 to 1.

    `auc` ranks breaches above fine drafts. `flagged` is the share of breaches flagged, and
    `missed_stop` that of stops passed, where `FLAGGED_FINE` of the fine drafts are flagged. The
    F1 over categories is None where a candidate gives none.
    """

    macro_f1: float
    auc: float
    flagged: float
    missed_stop: float
    category_micro: float | None = None
    category_macro: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a candidate costs: milliseconds a draft, and megabytes of memory and of disk.

    Memory is what it adds to a process in which the checker by rules alone is ready.
    """

    milliseconds: float
    memory: float
    disk: float


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate by name, with its figures and its cost; None where it is not trained yet."""

    name: str
    figures: Figures | None = None
    cost: Cost | None = None


def rows(
    learn: Sequence[Labelled], asked: Sequence[Labelled], encoder: Path | None
) -> Iterator[Row]:
    """Yield a row for each candidate, fitted on `learn` and measured on `asked`.

    `encoder` is the folder of a fine-tuned encoder that never saw `asked`, None where there is
    none.
    """
    for name, fit in FITTED.items():
        reader = fit(learn)
        yield _row(name, asked, reader.read([one.draft for one in asked]), reader)
    if encoder is None:
        yield from (Row(ENCODER), Row(HEADED))
        return
    material, _ = look(encoder, asked)
    yield _row(ENCODER, asked, chances(material.logits), FineTuned(encoder))
    # Measured with heads that never saw a draft's voice, weighed with heads fitted on them all.
    heads = fit_heads(material, (), np.zeros((0, 1)))
    yield _row(HEADED, asked, Chances(*held_out(material)), WithHeads(encoder, heads))


def _row(name: str, asked: Sequence[Labelled], found: Chances, reader: Candidate) -> Row:
    return Row(name, figures(asked, found), cost(reader, STORED / f"{name[0]}.joblib"))


def figures(drafts: Sequence[Labelled], found: Chances) -> Figures:
    """Return how well the probabilities `found` fit the labels of `drafts`."""
    wanted = verdict_numbers(drafts)
    breach = 1 - found.verdicts[:, 0]
    flagged = breach > threshold(breach[wanted == 0])
    micro, macro = (None, None)
    if found.categories is not None:
        micro, macro = _category_f1(category_matrix(drafts), found.categories >= GIVEN)
    return Figures(
        macro_f1=float(f1_score(wanted, found.verdicts.argmax(1), average="macro")),
        auc=float(roc_auc_score(wanted > 0, breach)),
        flagged=float(np.mean(flagged[wanted > 0])),
        missed_stop=float(np.mean(~flagged[wanted == 2])),
        category_micro=micro,
        category_macro=macro,
    )


def threshold(fine: Array) -> float:
    """Return the probability above which at most `FLAGGED_FINE` of the `fine` drafts lie."""
    return float(np.quantile(fine, 1 - FLAGGED_FINE, method="higher"))


def _category_f1(wanted: Array, given: Array) -> tuple[float, float]:
    micro, macro = (
        float(f1_score(wanted, given, average=average, zero_division=0))
        for average in ("micro", "macro")
    )
    return micro, macro


def cost(reader: Candidate, stored: Path) -> Cost:
    """Store `reader` at `stored` and return what it costs in a process of its own."""
    stored.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(reader, stored, compress=("zlib", 3))
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        milliseconds, memory = fresh.submit(weigh, stored).result()
    disk = sum(path.stat().st_size for path in (stored, *reader.beside))
    return Cost(milliseconds, memory, disk / 1e6)


def weigh(stored: Path) -> tuple[float, float]:
    """Return milliseconds a draft and megabytes added by the candidate at `stored`.

    For a fresh process: whatever was loaded before is not counted.
    """
    columns.rules_alone().check(Draft(FIFTY_WORDS))
    before = _resident()
    reader: Candidate = joblib.load(stored)
    times = [_timed(reader) for _ in range(WARM_UP + ROUNDS)]
    return statistics.median(times[WARM_UP:]), _resident() - before


def _timed(reader: Candidate) -> float:
    began = time.perf_counter()
    reader.read([Draft(FIFTY_WORDS)])
    return 1000 * (time.perf_counter() - began)


def _resident() -> float:
    """Return the megabytes of memory that this process holds, as Linux counts them."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
