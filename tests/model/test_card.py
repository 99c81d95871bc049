"""The model card says what the reader is for, what made it and how far to trust it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import ClassifierError
from checker.verdict import Verdict
from model import soft_labels
from model.answers import Answer, Way
from model.card import CardError, make_card, write_card
from model.dataset import FOLDER as DRAFTS
from model.dataset import Labelled
from model.evaluate import make_part
from model.evaluation_page import HELD_OUT
from model.provenance import changed_files, read_manifest
from model.sample import Sampled
from model.stored import Evaluation, Stored, load_stored, save

Make = Callable[..., Labelled]


@pytest.fixture
def docs(tmp_path: Path, labelled: Make) -> Path:
    """Return a folder with figures of the shipped reader: one stop of two was found."""
    sample = [Sampled(labelled(Verdict.STOP)), Sampled(labelled(Verdict.STOP))]
    given = [Answer(one, frozenset(), 0.5) for one in (Verdict.STOP, Verdict.OK)]
    part = make_part(HELD_OUT, "Two drafts of two voices.", sample, {Way.READER: given})
    model = read_manifest()["id"]
    save(Evaluation(model, "2026-01-02T03:04:05", "0.1.0", "r", (part,)), tmp_path / "evaluation")
    return tmp_path


def test_the_card_of_the_shipped_reader(docs: Path, dataset: tuple[Labelled, ...]) -> None:
    page = write_card(docs)
    assert page == docs / "model-card.md"
    lines = page.read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("## ")] == [
        "## What it is for",
        "## What it is not for",
        "## What it was trained on",
        "## How it was built",
        "## How good it is",
        "## Limits",
        "## Ethics and privacy",
        "## Licence",
        "## How to train it again",
    ]
    text, manifest = " ".join(" ".join(lines).split()), read_manifest()
    assert f"Version {manifest['id']}" in text and "figures of 2026-01-02" in text
    assert f"trained on {manifest['data']['drafts']:,} drafts" in text
    assert "Two drafts of two voices." in text and "| missed stop | 50.0 %" in text
    assert "written and labelled by language models" in text and "Apache License 2.0" in text
    assert not re.search(r"\bnan\b|\| None \|", text)
    for verdict in Verdict:
        count = sum(one.verdict is verdict for one in dataset)
        assert f"| {verdict} | {count:,} | {count / len(dataset):.1%}".replace("%", " %") in text


def test_a_card_without_figures_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="run “python -m model evaluate” first"):
        write_card(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_reader_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="There is no manifest in"):
        write_card(tmp_path, tmp_path)


def test_changed_added_and_dropped_files_are_named(tmp_path: Path) -> None:
    for name in ("same", "changed", "added"):
        (tmp_path / f"{name}.jsonl").write_text(name, encoding="utf-8")
    then = {f"{name}.jsonl": hashlib.sha256(name.encode()).hexdigest() for name in ("same", "gone")}
    manifest = {"data": {"files": {**then, "changed.jsonl": "0"}}}
    assert changed_files(manifest, tmp_path) == ("added.jsonl", "changed.jsonl", "gone.jsonl")


@pytest.mark.parametrize("stale", [False, True], ids=["as trained", "changed since"])
def test_the_card_says_when_drafts_were_changed(
    stale: bool, docs: Path, dataset: tuple[Labelled, ...]
) -> None:
    manifest = read_manifest()
    paths = [*DRAFTS.glob("*.jsonl"), soft_labels.FILE]
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    manifest["data"]["files"] = {} if stale else hashes
    stored = load_stored(manifest["id"], docs / "evaluation")
    assert isinstance(stored, Stored)
    text = make_card(manifest, {"reader.joblib": 2_000_000}, dataset, stored)
    assert ("have been changed since" in text) is stale
    assert "`reader.joblib` 2.0 MB" in text


@pytest.mark.parametrize("earlier", [(), ("first", "second")], ids=["anew", "further"])
def test_the_card_names_what_the_network_went_on_from(
    earlier: tuple[str, ...], docs: Path, dataset: tuple[Labelled, ...]
) -> None:
    manifest = {**read_manifest(), "training seed": 3}
    manifest["further than"] = [{"id": name, "encoder": "abc"} for name in earlier]
    stored = load_stored(manifest["id"], docs / "evaluation")
    assert isinstance(stored, Stored)
    text = " ".join(make_card(manifest, {}, dataset, stored).split())
    assert ("went on from `first`, `second`, as shipped then" in text) is bool(earlier)
    assert ("with the seed 3 for order" in text) is bool(earlier)


@pytest.mark.parametrize(("now", "changed"), [(b"as then", ()), (b"anew", ("soft-labels.npz",))])
def test_soft_labels_count_as_well(now: bytes, changed: tuple[str, ...], tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    (tmp_path / "soft-labels.npz").write_bytes(now)
    manifest = {"data": {"files": {"soft-labels.npz": hashlib.sha256(b"as then").hexdigest()}}}
    assert changed_files(manifest, drafts) == changed
