"""Drafts written in short lines become records, or every mistake in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.compose import compose
from model.dataset import DatasetError

GOOD = (
    '{"text":"wee Senga fell, poor Senga","v":"stop","c":["identifies-person"],'
    '"s":[["person","Senga",2]],"p":[["wee Senga","supported"]],"n":"names her","pair":7}'
)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "batch.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_short_line_becomes_a_record(tmp_path: Path) -> None:
    (record,) = compose(write(tmp_path, "# ten people", GOOD), sector="ld", voice="ld-9")
    assert record == {
        "id": "ld-9-001",
        "text": "wee Senga fell, poor Senga",
        "account": "personal",
        "verdict": "stop",
        "categories": ["identifies-person"],
        "spans": [{"quote": "Senga", "kind": "person", "nth": 2}],
        "people": [{"quote": "wee Senga", "role": "supported"}],
        "note": "names her",
        "sector": "ld",
        "voice": "ld-9",
        "traits": [],
        "pair": "ld-9-p7",
    }


def test_account_and_language_are_kept(tmp_path: Path) -> None:
    line = '{"text":"Dzień dobry wszystkim","v":"ok","a":"service","lang":"pl"}'
    (record,) = compose(write(tmp_path, line), sector="ld", voice="ld-9")
    assert (record["account"], record["language"]) == ("service", "pl")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param('{"text":"x y"', "batch.jsonl:2: not JSON", id="not JSON"),
        pytest.param('{"text":"x y"}', "batch.jsonl:2: not in the short form", id="no verdict"),
        pytest.param('{"text":"x","v":"ok","q":1}', "batch.jsonl:2: not in the", id="unknown key"),
        pytest.param(
            '{"text":"x","v":"ok","p":[["Agnes","self"]]}', "does not stand in", id="strange quote"
        ),
    ],
)
def test_every_mistake_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        compose(write(tmp_path, GOOD, line), sector="ld", voice="ld-9")


def test_a_batch_that_is_too_large_is_refused(tmp_path: Path) -> None:
    lines = ['{"text":"rain","v":"ok"}'] * 151
    with pytest.raises(DatasetError, match="151 drafts: a batch holds 150 at most"):
        compose(write(tmp_path, *lines), sector="ld", voice="ld-9")
