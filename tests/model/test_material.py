"""What heads are fitted on is written without words, and only beside the encoder it belongs to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from checker.encoder import MODEL
from checker.fitting import FILE, load_samples
from model.dataset import Labelled
from model.heads import Material, samples_of
from model.material import write_material


@pytest.fixture
def material(dataset: tuple[Labelled, ...]) -> Material:
    drafts = dataset[:40]
    marks = tuple({"rule:x": 1.0, "length": 0.5} for _ in drafts)
    return Material(drafts, np.zeros((40, 16)), marks)


def test_material_is_written_with_its_encoder_and_without_words(
    material: Material, tmp_path: Path
) -> None:
    (tmp_path / MODEL).write_bytes(b"an encoder")
    path = tmp_path / "held-out.npz"
    told = write_material(material, "abc", tmp_path, path)
    samples, about = load_samples(path)
    assert told == "40 held-out drafts, 0.0 MB, in held-out.npz"
    encoder = hashlib.sha256(b"an encoder").hexdigest()
    assert about == {"encoder": encoder, "rulebook": "abc"}
    assert samples.verdicts.tolist() == [one.verdict.severity for one in material.drafts]
    assert np.array_equal(samples.categories, samples_of(material).categories)
    assert material.drafts[0].draft.text.encode() not in path.read_bytes()


def test_nothing_is_written_for_another_encoder(material: Material, tmp_path: Path) -> None:
    before = FILE.read_bytes()
    (tmp_path / MODEL).write_bytes(b"an encoder")
    assert write_material(material, "abc", tmp_path).startswith("Nothing was written")
    assert FILE.read_bytes() == before
