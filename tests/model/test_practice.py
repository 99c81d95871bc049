"""The drafts for practice are those that were chosen, and a wrong choice is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from checker.verdict import Verdict
from model.dataset import DatasetError, Labelled
from model.practice import CHOSEN, SECOND, TARGET, choose_records, read_agreed, write_practice


@pytest.fixture(scope="module")
def chosen() -> dict[str, dict[str, str]]:
    return yaml.safe_load(CHOSEN.read_text("utf-8"))


@pytest.fixture(scope="module")
def agreed() -> frozenset[str]:
    return read_agreed(SECOND)


def test_the_stored_drafts_are_those_that_are_chosen(tmp_path: Path) -> None:
    # When this fails: python -m model practice
    made = tmp_path / "practice.jsonl"
    assert write_practice(made) == 255
    assert made.read_text("utf-8") == TARGET.read_text("utf-8")


def test_a_record_is_the_draft_with_the_reason_that_was_written(
    dataset: tuple[Labelled, ...], chosen: dict[str, dict[str, str]], agreed: frozenset[str]
) -> None:
    (first, *_) = choose_records(dataset, {"justice": chosen["justice"]}, agreed)
    assert (first["id"], first["verdict"], first["categories"]) == ("justice-2-095", "ok", [])
    assert first["note"] == chosen["justice"]["justice-2-095"]


def test_an_unknown_draft_is_named(dataset: tuple[Labelled, ...], agreed: frozenset[str]) -> None:
    with pytest.raises(DatasetError, match="justice: “mh-1-083” is no draft of this sector"):
        choose_records(dataset, {"justice": {"mh-1-083": "why"}}, agreed)


def test_a_draft_on_which_labellers_differ_is_named(dataset: tuple[Labelled, ...]) -> None:
    with pytest.raises(DatasetError, match="mh: “mh-1-083” was not judged alike"):
        choose_records(dataset, {"mh": {"mh-1-083": "why"}}, frozenset())


def test_too_few_of_a_verdict_are_named(
    dataset: tuple[Labelled, ...], chosen: dict[str, dict[str, str]], agreed: frozenset[str]
) -> None:
    fewer = dict(list(chosen["mh"].items())[1:])
    with pytest.raises(DatasetError, match="mh has 4 drafts to ok: choose 5 of each verdict"):
        choose_records(dataset, {"mh": fewer}, agreed)


def test_a_draft_that_is_judged_anew_is_found_out(
    dataset: tuple[Labelled, ...], chosen: dict[str, dict[str, str]], agreed: frozenset[str]
) -> None:
    changed = [
        replace(one, verdict=Verdict.STOP) if one.id == "mh-1-083" else one for one in dataset
    ]
    with pytest.raises(DatasetError, match="mh has 4 drafts to review"):
        choose_records(changed, {"mh": chosen["mh"]}, agreed)
