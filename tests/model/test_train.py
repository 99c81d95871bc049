"""What a training starts from, and how the manifest and the cache tell it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from checker.classifier import FOLDER, MANIFEST
from checker.encoder import MODEL
from checker.errors import ClassifierError
from model import train
from model.dataset import Labelled
from model.provenance import read_manifest
from model.split import SEED

EARLIER = {"id": "first", "encoder": "abc"}


class BegunError(Exception):
    """Raised in place of a training, which would take an hour."""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Return a folder with the shipped encoder, which went on from another."""
    shutil.copy(FOLDER / MODEL, tmp_path / MODEL)
    manifest = {**read_manifest(), "further than": [EARLIER]}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return tmp_path


def _begin(
    dataset: tuple[Labelled, ...], folder: Path, monkeypatch: pytest.MonkeyPatch, **how: bool
) -> dict[str, Any]:
    """Return what fine-tuning is asked for."""
    asked: dict[str, Any] = {}

    def stop(drafts: object, cache: Path, seed: int, **more: object) -> None:
        asked.update(cache=cache, seed=seed, **more)
        raise BegunError

    monkeypatch.setattr(train, "load_dataset", lambda: dataset[:40])
    monkeypatch.setattr(train, "fine_tune", stop)
    with pytest.raises(BegunError):
        train.train(folder, **how)
    return asked


def test_a_further_training_starts_from_what_is_shipped(
    dataset: tuple[Labelled, ...], shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = _begin(dataset, shipped, monkeypatch)
    further = _begin(dataset, shipped, monkeypatch, further=True)
    assert (anew["start"], anew["seed"]) == (None, SEED)
    # The third of its line: two networks went before.
    assert (further["start"], further["seed"]) == (shipped / MODEL, SEED + 2)
    assert anew["cache"] != further["cache"]


def test_versions_that_a_training_went_on_from_are_told(shipped: Path) -> None:
    manifest = read_manifest(shipped)
    last = {"id": manifest["id"], "encoder": manifest["files"][MODEL]}
    assert train.earlier_versions(shipped) == [EARLIER, last]


def test_nothing_to_go_on_from_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="There is no manifest in"):
        train.earlier_versions(tmp_path)


@pytest.mark.parametrize("broken", [b"another", None], ids=["another encoder", "none"])
def test_files_that_do_not_belong_together_are_told(broken: bytes | None, shipped: Path) -> None:
    (shipped / MODEL).unlink() if broken is None else (shipped / MODEL).write_bytes(broken)
    with pytest.raises(ClassifierError, match="not the network of the manifest beside it"):
        train.earlier_versions(shipped)


@pytest.mark.parametrize("other", [{"seed": 1}, {"held out": 0.2}], ids=["seed", "share"])
def test_a_network_of_another_split_may_have_learned_from_held_out_voices(
    other: dict[str, float], shipped: Path
) -> None:
    (shipped / MANIFEST).write_text(json.dumps({**read_manifest(), **other}), "utf-8")
    with pytest.raises(ClassifierError, match="another split of the voices: train it anew"):
        train.earlier_versions(shipped)


def test_a_manifest_that_does_not_tell_its_share_held_out_a_tenth(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = read_manifest(shipped)
    manifest.pop("held out", None)
    (shipped / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    assert len(train.earlier_versions(shipped)) == 2
    monkeypatch.setattr("model.provenance.HELD_OUT", 0.15)
    with pytest.raises(ClassifierError, match="another split of the voices"):
        train.earlier_versions(shipped)
