"""Measures a retraining with twenty local examples upon all that is shipped for it.

Run as `python -m benchmarks.retrain`; the process of the console is slowed in the same way.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checker.draft import make_draft
from checker.engine import load_checker
from checker.fitting import load_samples
from checker.refitting import Taught, read_taught, refit
from checker.verdict import Category, Verdict
from webapp.retrain_worker import ONE_THREAD

# Made up; what the places between brackets would hold is masked in reports from staff.
EXAMPLES = (
    ("we planted bulb number {} by the gate", Verdict.OK, ()),
    ("[name] would not settle the night, visit {}", Verdict.REVIEW, (Category.CARE_DETAIL,)),
    ("[name] in room [number] fell again on shift {}", Verdict.STOP, (Category.CARE_DETAIL,)),
    ("lovely cakes at the fete, table {}", Verdict.OK, ()),
)
COUNT = 20
PART = "POSTCHECK_BENCHMARK_PART"


def taught() -> list[Taught]:
    """Return the local examples."""
    return [
        Taught(make_draft(text.format(at)), verdict, categories)
        for at in range(COUNT)
        for text, verdict, categories in [EXAMPLES[at % len(EXAMPLES)]]
    ]


def measure() -> None:
    """Print how long each part takes."""
    began = time.perf_counter()

    def tell(part: str) -> None:
        seconds = time.perf_counter() - began
        print(
            f"{part:8} {seconds:5.1f} s, of them {time.process_time():5.1f} s at work", flush=True
        )

    one = load_checker()
    assert one.classifier is not None
    tell("loaded")
    local, (shipped, _) = read_taught(one, taught()), load_samples()
    tell("read")
    with tempfile.TemporaryDirectory() as folder:
        found = refit(shipped, local, one.classifier.thresholds, Path(folder), lambda *_: None)
    tell("fitted")
    print(f"before: {found.before}\nafter:  {found.after}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure in a process with as many threads as the console's has."""
    if PART in os.environ:
        measure()
        return
    environment = {**os.environ, **ONE_THREAD, PART: "1"}
    subprocess.run([sys.executable, "-m", "benchmarks.retrain"], env=environment, check=True)


if __name__ == "__main__":
    main()
