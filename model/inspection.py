"""Looks the training data over: the tables of the datasheet, and every fault in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.gazetteers import load_names
from model.agreement import LEAST, agreement_table, agreements, load_second_labels
from model.coverage import floors, table
from model.dataset import Labelled, load_dataset
from model.quality import (
    MOST_IN_BATCH,
    MOST_NAMED,
    large_batches,
    near_duplicates,
    real_contacts,
    real_numbers,
    worn_names,
)

DATASHEET = Path(__file__).parent.parent / "training_data" / "README.md"
BEGIN, END = "<!-- tables: written by make data -->\n", "<!-- end of tables -->"


def write_tables(tables: str, path: Path = DATASHEET) -> None:
    """Put `tables` between the two marks in the datasheet at `path`."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{tables}\n\n{END}{after}", encoding="utf-8")


def inspect() -> tuple[str, tuple[str, ...]]:
    """Return the tables as Markdown, and the faults, a sentence each.

    Raises `DatasetError` where a stored record itself breaks the guide.
    """
    drafts = load_dataset()
    labels = load_second_labels()
    tables = f"{table(drafts)}\n\n{agreement_table(agreements(drafts, labels))}"
    return tables, (*_short(drafts, len(labels)), *_faults(drafts))


def _short(drafts: Sequence[Labelled], twice: int) -> Iterator[str]:
    """Yield a sentence for every floor that is not reached."""
    for floor in floors(drafts):
        if not floor.is_reached:
            yield f"{floor.name}: there are {floor.count}, and it takes {floor.least}."
    if twice < LEAST * len(drafts):
        yield f"labelled twice: there are {twice}, and it takes {LEAST:.0%} of {len(drafts)}."


def _faults(drafts: Sequence[Labelled]) -> Iterator[str]:
    for one, other, alike in near_duplicates(drafts):
        yield f"{one.id} and {other.id} are {alike:.0%} alike: drop one, or join them in a pair."
    for name, share in worn_names(drafts, load_names()).items():
        yield f"“{name}” stands in {share:.1%} of the drafts: {MOST_NAMED:.0%} at most."
    for one, contact in real_contacts(drafts):
        yield f"{one.id}: “{contact}” could be somebody's: use one kept for fiction."
    for one, number in real_numbers(drafts):
        yield f"{one.id}: “{number}” could be somebody's: let its check digit fail."
    for voice, count in large_batches(drafts).items():
        yield f"{voice} has {count} drafts: {MOST_IN_BATCH} at most."
