"""Measures what a lexicon costs against its size: one pass over a draft, 100 to 10,000 phrases.

Run by `make benchmark`.
"""

from __future__ import annotations

import statistics
import time

from benchmarks.check import DRAFT
from checker.detectors.lexicon import LexiconDetector
from checker.draft import Draft
from checker.engine import load_checker
from checker.language import load_pipeline

SIZES = (100, 1000, 10_000)
ROUNDS = 300


def measure() -> dict[int, float]:
    """Return milliseconds at the middle for one draft of 50 words, by number of phrases."""
    checker = load_checker(with_reader=False)
    ((evidence, _),) = checker.gather([Draft(DRAFT)])
    entries = checker.rulebook.entries
    tokenizer = load_pipeline().tokenizer
    found = {}
    for size in SIZES:
        detector = LexiconDetector(
            tuple(entries[:: max(1, len(entries) // size)][:size]), tokenizer
        )
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            list(detector.find(evidence.reading))
            times.append(1000 * (time.perf_counter() - began))
        found[size] = round(statistics.median(times), 3)
    return found


def main() -> None:
    """Print the figures as a table."""
    for size, milliseconds in measure().items():
        print(f"{size:6} phrases: {milliseconds} ms a draft")


if __name__ == "__main__":
    main()
