"""Measures a preview of 6,000 labelled drafts, read for the first time and again from what is kept.

Run as `python -m benchmarks.preview`; it takes a minute or two.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from checker.engine import Checker, load_checker
from checker.overlay.applied import apply_overlay
from checker.overlay.document import read_overlay
from checker.preview.run import preview

OVERLAY = """
rules:
  - id: garden
    name: The walled garden
    category: service-detail
    verdict: review
    state: "on"
    words: [walled garden, greenhous*]
    message: "“{words}” is not public yet."
    advice: Wait until it is announced.
    clauses: [council.confidentiality]
    examples: {flag: [the walled garden, the greenhouse], pass: [a garden, a house]}
"""


def measure(before: Checker, after: Checker, folder: Path) -> str:
    """Return how long a preview took, by the clock and of both cores."""
    wall, cores = time.perf_counter(), time.process_time()
    found = preview(before, after, folder=folder)
    wall, cores = time.perf_counter() - wall, time.process_time() - cores
    return f"{wall:.1f} s ({cores:.1f} s of processor time): {found.sentence}"


def main() -> None:
    """Print the figures."""
    before = load_checker()
    overlay = read_overlay(OVERLAY)
    began = time.perf_counter()
    after = before.with_rulebook(apply_overlay(before.rulebook, overlay))
    print(f"swap:  {1000 * (time.perf_counter() - began):.0f} ms")
    softer = replace(overlay, rules=(replace(overlay.rules[0], words=("the garden",)),))
    again = before.with_rulebook(apply_overlay(before.rulebook, softer))
    with tempfile.TemporaryDirectory() as folder:
        print("first:", measure(before, after, Path(folder)))
        print("again:", measure(before, again, Path(folder)))


if __name__ == "__main__":
    main()
