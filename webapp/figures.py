"""How good the checker was when it was last measured, for the page /about.

The figures are those of `docs/accuracy.md`, which is not installed with the pages, so they are
kept in one small file beside them. After the accuracy was measured anew, run
`python -m webapp.figures docs/accuracy.md` to copy them; a test says when that was forgotten.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("accuracy.yaml")

COUNTS = re.compile(r"^(\d+) drafts: (\d+) ok, (\d+) review, (\d+) stop$", re.MULTILINE)
ROW = re.compile(r"^\| ([\w ]+?) \| ([\d.]+)% \|", re.MULTILINE)
MADE_WITH = re.compile(r"Postcheck\s+(\S+), rulebook (\S+), learned reader (\S+)\.\n")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, with what, and on how many drafts of each verdict.

    `percent` holds each figure under its name in `docs/accuracy.md`.
    """

    postcheck: str
    rulebook: str
    model: str
    drafts: int
    ok: int
    review: int
    stop: int
    percent: Mapping[str, float]

    def out_of_hundred(self, name: str) -> int:
        """Return a figure as a whole number out of a hundred, which more people can picture."""
        return round(self.percent[name])

    def fits(self, running: Mapping[str, str]) -> bool:
        """Tell whether what is `running` is what was measured."""
        return (running.get("rulebook"), running.get("model")) == (self.rulebook, self.model)


def load_figures(path: Path = FILE) -> Figures:
    """Return the figures in the data file."""
    return Figures(**yaml.safe_load(path.read_text("utf-8")))


def read_figures(page: str) -> Figures:
    """Return the figures that `docs/accuracy.md`, given as its text, holds.

    Raises `ValueError` when it does not look as it is known to look.
    """
    counts, made_with = COUNTS.search(page), MADE_WITH.search(page)
    if counts is None or made_with is None:
        raise ValueError("The page of accuracy does not say how many drafts or with what.")
    drafts, ok, review, stop = (int(count) for count in counts.groups())
    return Figures(
        postcheck=made_with[1],
        rulebook=made_with[2],
        model=made_with[3],
        drafts=drafts,
        ok=ok,
        review=review,
        stop=stop,
        percent={name: float(value) for name, value in ROW.findall(page)},
    )


def main(source: str) -> None:
    """Copy the figures from the page `source` to the data file."""
    figures = asdict(read_figures(Path(source).read_text("utf-8")))
    FILE.write_text(yaml.safe_dump(figures, sort_keys=False), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
