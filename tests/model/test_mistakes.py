"""Mistakes are all listed, worst first, with what the checker went by."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker.engine import Checker
from checker.errors import ClassifierError
from checker.finding import Similar
from checker.verdict import Category, Verdict
from model.answers import Answer
from model.dataset import Labelled
from model.mistakes import Mistake, describe, find_mistakes, list_mistakes

Make = Callable[..., Labelled]
O, R, S = Verdict.OK, Verdict.REVIEW, Verdict.STOP  # noqa: E741


def test_worst_mistakes_come_first(labelled: Make) -> None:
    told = [
        ("right", O, O, 0.9), ("mixed up", S, R, 0.1),
        ("surely missed review", R, O, 0.01), ("narrowly missed stop", S, O, 0.4),
        ("surely missed stop", S, O, 0.1), ("surely false review", O, R, 0.99),
        ("false stop", O, S, 0.6), ("worse false stop", O, S, 0.7),
    ]  # fmt: skip
    drafts = [labelled(verdict, name=name) for name, verdict, _, _ in told]
    answers = [Answer(given, frozenset(), breach) for _, _, given, breach in told]
    missed, alarms = find_mistakes(drafts, answers)
    assert [one.labelled.id for one in missed] == [
        "surely missed stop", "narrowly missed stop", "surely missed review",
    ]  # fmt: skip
    assert [one.labelled.id for one in alarms] == [
        "worse false stop", "false stop", "surely false review",
    ]  # fmt: skip


def test_a_mistake_in_words(labelled: Make) -> None:
    draft = replace(
        labelled(S, "off her meds\nagain", name="mine-1"),
        categories=frozenset({Category.CARE_DETAIL}),
        note="tells of medicine",
    )
    answer = Answer(
        O, frozenset(), 0.123, ("let go: care-detail.unnamed (review)",), ("care-detail 30 %",),
        lambda: (
            Similar("off his meds\nagain", S, "medicine"),
            Similar(draft.draft.text, S, ""),
            Similar("off to bed", O, ""),
        ),
    )  # fmt: skip
    assert describe(2, Mistake(draft, answer)).split("\n") == [
        "2. mine-1: labelled stop, given ok; probability of a breach 12.3 %",
        "    | off her meds",
        "    | again",
        "    label: care-detail (tells of medicine)",
        "    found: let go: care-detail.unnamed (review)",
        "    reader leans to: care-detail 30 %",
        "    near: stop: “off his meds again” (medicine)",
        "    near: ok: “off to bed”",
    ]


def test_nothing_found_is_said(labelled: Make) -> None:
    told = describe(1, Mistake(labelled(O), Answer(R, frozenset(), 0.7)))
    assert "label: no concern" in told and "found: nothing" in told


def test_the_whole_checker_is_asked_about_a_file(checker: Checker, tmp_path: Path) -> None:
    # Labelled the wrong way round, so that a right checker gets both wrong.
    cake = {"text": "cake for tea, nae icing", "verdict": "stop", "categories": ["image"],
            "spans": [{"quote": "cake", "kind": "care"}]}  # fmt: skip
    meds = {"text": "Our resident Quenby in room 4 is off her meds again", "verdict": "ok",
            "categories": [], "spans": []}  # fmt: skip
    path = tmp_path / "mine.jsonl"
    records = ({"id": name, "account": "personal", "note": "", **one}
               for name, one in (("cake", cake), ("meds", meds)))  # fmt: skip
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    counted, missed, counted_too, alarm = list_mistakes(checker, [path])
    assert counted.startswith("1 of 1 breaches were missed")
    assert counted_too.startswith("1 of 1 fine drafts were flagged")
    assert "cake for tea" in missed and missed.count("near: ") == 2
    assert "“Quenby”" in alarm and "given stop" in alarm


def test_a_checker_without_its_reader_has_no_list(rules_alone: Checker) -> None:
    with pytest.raises(ClassifierError, match="left out for this test"):
        list(list_mistakes(rules_alone))
