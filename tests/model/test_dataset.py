"""The labelled drafts are what the guide asks for, and each mistake in one is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model.dataset import DatasetError, Labelled, load_dataset, parse_labelled
from model.split import folds

GOOD: dict[str, Any] = {
    "id": "x-1",
    "text": "our Senga was off her food, poor Senga",
    "account": "personal",
    "verdict": "stop",
    "categories": ["identifies-person"],
    "spans": [{"quote": "Senga", "kind": "person", "nth": 2}],
    "people": [{"quote": "our Senga", "role": "supported"}],
    "note": "",
    "sector": "care-home",
    "voice": "v",
}


def test_every_shipped_draft_holds_to_the_guide(dataset: tuple[Labelled, ...]) -> None:
    assert len(dataset) >= 300


def test_quotes_stand_where_they_say(dataset: tuple[Labelled, ...]) -> None:
    quotes = [(one.draft.text, quote) for one in dataset for quote in (*one.spans, *one.people)]
    assert all(text[quote.start : quote.end] == quote.quote for text, quote in quotes)


def test_the_nth_quote_is_meant() -> None:
    assert parse_labelled("f:1", GOOD).spans[0].start == 33


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        pytest.param("then he laughed", "he", 5, id="a word of its own"),
        pytest.param("#GoSenga", "Senga", 3, id="only inside a hashtag"),
    ],
)
def test_a_quote_is_a_word_of_its_own_where_it_can_be(text: str, quote: str, start: int) -> None:
    people = [{"quote": quote, "role": "supported"}]
    spans = [{"quote": quote, "kind": "person"}]
    labelled = parse_labelled("f:1", GOOD | {"text": text, "spans": spans, "people": people})
    assert (labelled.people[0].start, labelled.spans[0].start) == (start, start)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"verdict": "halt"}, "The verdict must be one of", id="verdict"),
        pytest.param({"categories": []}, "categories belong on a breach", id="no category"),
        pytest.param({"spans": []}, "spans belong on a breach", id="no span"),
        pytest.param({"verdict": "ok"}, "categories belong on a breach", id="ok with category"),
        pytest.param({"traits": ["scots"]}, "unknown trait “scots”", id="trait"),
        pytest.param({"colour": 1}, "unknown key “colour”", id="key"),
        pytest.param(
            {"people": [{"quote": "Agnes", "role": "self"}]}, "does not stand in", id="quote"
        ),
        pytest.param(
            {"people": [{"quote": "Senga", "role": "unknown"}]}, "cannot be “unknown”", id="role"
        ),
        pytest.param({"text": " "}, "The draft is empty", id="empty"),
    ],
)
def test_a_mistake_is_named_with_its_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DatasetError) as caught:
        parse_labelled("care-home.jsonl:7", {**GOOD, **change})
    assert "care-home.jsonl:7: " in str(caught.value)
    assert message in str(caught.value)


def test_a_text_that_stands_twice_is_refused(tmp_path: Path) -> None:
    lines = [json.dumps(GOOD), json.dumps({**GOOD, "id": "x-2"})]
    (tmp_path / "care-home.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DatasetError, match=r"care-home.jsonl:2: .* stands twice"):
        load_dataset(tmp_path)


def test_no_voice_stands_on_both_sides(dataset: tuple[Labelled, ...]) -> None:
    for fold in folds(dataset):
        learn = {dataset[row].voice for row in fold.learn}
        assert learn.isdisjoint(dataset[row].voice for row in fold.hold_out)


def test_every_draft_is_held_out_once(dataset: tuple[Labelled, ...]) -> None:
    rows = [row for fold in folds(dataset) for row in fold.hold_out]
    assert sorted(rows) == list(range(len(dataset)))


def test_pairs_stay_together(dataset: tuple[Labelled, ...]) -> None:
    voices: dict[str, set[str]] = {}
    for one in dataset:
        if one.pair:
            voices.setdefault(one.pair, set()).add(one.voice)
    assert {len(names) for names in voices.values()} == {1}
