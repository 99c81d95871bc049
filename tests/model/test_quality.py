"""The training data as a whole: no near-copies, no worn names, no numbers of real people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.gazetteers import load_names
from checker.verdict import Verdict
from model.dataset import KEPT_APART, Labelled, load_dataset
from model.inspection import BEGIN, DATASHEET, END, inspect, write_tables
from model.quality import (
    MOST_IN_BATCH,
    copied,
    large_batches,
    near_duplicates,
    real_contacts,
    real_numbers,
    runs,
    worn_names,
)

Make = Callable[..., Labelled]
EVAL = Path(__file__).parent.parent.parent.parent / "shared" / "eval"
# Two runs are six words: "got a friend request from a" is chance, seven are not.
CHANCE = 2


@pytest.fixture(scope="module")
def apart() -> tuple[Labelled, ...]:
    """Return the drafts that are kept apart for measuring."""
    return load_dataset(KEPT_APART)


@pytest.fixture(scope="module")
def copies(
    dataset: tuple[Labelled, ...], apart: tuple[Labelled, ...]
) -> list[tuple[Labelled, Labelled]]:
    """Return the near-copies among the drafts for training and those kept apart together."""
    return [(one, other) for one, other, _ in near_duplicates((*dataset, *apart))]


LONG = "the bus was late again so I walked home in the rain with two bags and no hat"


@pytest.mark.parametrize(
    ("pair", "found"),
    [pytest.param(None, 1, id="strangers"), pytest.param("p1", 0, id="a minimal pair")],
)
def test_near_copies_are_found_outside_pairs(pair: str | None, found: int, labelled: Make) -> None:
    texts = (LONG, LONG.replace("hat", "cap"))
    both = [labelled(Verdict.OK, text, pair=pair) for text in texts]
    assert len(list(near_duplicates(both))) == found


def test_no_two_shipped_drafts_are_near_copies(
    dataset: tuple[Labelled, ...], copies: list[tuple[Labelled, Labelled]]
) -> None:
    names = {one.id for one in dataset}
    assert [(one.id, other.id) for one, other in copies if {one.id, other.id} <= names] == []


def test_no_name_is_worn_out(dataset: tuple[Labelled, ...]) -> None:
    assert worn_names(dataset, load_names()) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("ring 0141 221 3456 the night", ["0141 221 3456"], id="a real range"),
        pytest.param("ring 0141 496 0123 the night", [], id="kept for fiction"),
        pytest.param("write to jo@gmail.com", ["jo@gmail.com"], id="a real domain"),
        pytest.param("write to jo@example.org", [], id="a domain for examples"),
    ],
)
def test_contacts_are_for_fiction(text: str, found: list[str], labelled: Make) -> None:
    draft = labelled(Verdict.OK, text)
    assert [contact for _, contact in real_contacts([draft])] == found


def test_no_shipped_contact_could_be_somebodys(dataset: tuple[Labelled, ...]) -> None:
    assert [(one.id, contact) for one, contact in real_contacts(dataset)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("CHI 0101501237 again", [], id="check digit fails"),
        pytest.param("NHS 943 476 5919", ["943 476 5919"], id="check digit holds"),
        pytest.param("QQ 12 34 56 C", [], id="National Insurance for examples"),
        pytest.param("ni is AB123456C", ["AB123456C"], id="National Insurance of somebody"),
    ],
)
def test_numbers_are_nobodys(text: str, found: list[str], labelled: Make) -> None:
    draft = labelled(Verdict.OK, text)
    assert [number for _, number in real_numbers([draft])] == found


def test_no_shipped_number_could_be_somebodys(
    dataset: tuple[Labelled, ...], apart: tuple[Labelled, ...]
) -> None:
    both = (*dataset, *apart)
    assert [(one.id, number) for one, number in real_numbers(both)] == []


def test_a_batch_is_not_too_large(labelled: Make) -> None:
    drafts = [labelled(Verdict.OK, LONG)] * (MOST_IN_BATCH + 1)
    assert large_batches(drafts) == {drafts[0].voice: MOST_IN_BATCH + 1}
    assert large_batches(drafts[1:]) == {}


def test_runs_are_of_five_words() -> None:
    assert runs("One two, three four five six") == {
        ("one", "two", "three", "four", "five"),
        ("two", "three", "four", "five", "six"),
    }


def test_a_copied_phrase_is_found(labelled: Make) -> None:
    draft = labelled(Verdict.OK, LONG)
    assert list(copied([draft], ["she said the bus was late again so I walked"], CHANCE))
    assert not list(copied([draft], ["the bus was late again though"], CHANCE))


@pytest.mark.skipif(not EVAL.is_dir(), reason="the development drafts are not beside the project")
def test_nothing_is_copied_from_the_development_drafts(
    dataset: tuple[Labelled, ...], apart: tuple[Labelled, ...]
) -> None:
    texts = [
        json.loads(line)["text"]
        for path in sorted(EVAL.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    both = (*dataset, *apart)
    assert [one.id for one in copied(both, texts, CHANCE)] == []


def test_the_datasheet_shows_the_tables_of_the_shipped_drafts() -> None:
    tables, faults = inspect()
    assert faults == ()
    assert tables in DATASHEET.read_text(encoding="utf-8")


def test_tables_are_written_between_the_marks(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}old\n{END} after\n", encoding="utf-8")
    write_tables("| new |", path)
    assert path.read_text(encoding="utf-8") == f"before\n{BEGIN}\n| new |\n\n{END} after\n"


def test_the_drafts_kept_apart_share_no_voice_and_no_copy(
    dataset: tuple[Labelled, ...],
    apart: tuple[Labelled, ...],
    copies: list[tuple[Labelled, Labelled]],
) -> None:
    assert {one.voice for one in apart}.isdisjoint(one.voice for one in dataset)
    names = {one.id for one in apart}
    crossing = [(one.id, other.id) for one, other in copies if one.id in names or other.id in names]
    assert crossing == []
