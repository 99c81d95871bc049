"""Measures one check of 50 words, the start to the first answer, and memory.

Run by `make benchmark`. Each figure is of a fresh process with everything on.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

# Fifty words of our own, with a name, care and a place, so that every part has work to do.
DRAFT = (
    "Long day but a good one. Our resident Nettie was off her food again so we tried the garden, "
    "and she told me about the shop she kept in Crieff before the war. Home now, feet up, telly "
    "on, and not moving till the morn. Night night all of you xx"
)
WARM_UP, ROUNDS = 20, 300

CHILD = """
import json, resource, sys, time
began = time.perf_counter()
from checker import Checker, Draft, load_checker
checker = load_checker()
checker.check(Draft(sys.argv[1]))
first = time.perf_counter() - began
times = []
for number in range(int(sys.argv[2]) + int(sys.argv[3])):
    at = time.perf_counter()
    checker.check(Draft(sys.argv[1]))
    times.append(time.perf_counter() - at)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"first": first, "times": times[int(sys.argv[2]):], "memory": memory}))
"""


def measure() -> dict[str, float]:
    """Return milliseconds at the middle and the 95th percentile, seconds to start, and MB."""
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, DRAFT, str(WARM_UP), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    found = json.loads(ran.stdout)
    milliseconds = sorted(1000 * seconds for seconds in found["times"])
    return {
        "p50 ms": round(statistics.median(milliseconds), 1),
        "p95 ms": round(milliseconds[int(0.95 * len(milliseconds))], 1),
        "first answer s": round(found["first"], 2),
        "memory MB": round(found["memory"]),
    }


def main() -> None:
    """Print the figures as a table."""
    began = time.perf_counter()
    figures = measure()
    for name, value in figures.items():
        print(f"{name:16} {value}")
    print(
        f"({ROUNDS} checks of {len(DRAFT.split())} words, "
        f"{time.perf_counter() - began:.0f} s in all)"
    )


if __name__ == "__main__":
    main()
