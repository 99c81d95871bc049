"""Agreement between two labellers, worked out by hand, and held against the stored drafts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.verdict import Verdict
from model.agreement import LEAST, Second, agreements, load_second_labels
from model.dataset import DatasetError, Labelled

Make = Callable[..., Labelled]
O, R, S = Verdict.OK, Verdict.REVIEW, Verdict.STOP  # noqa: E741


def test_agreement_by_hand(labelled: Make) -> None:
    drafts = [labelled(one, name=f"d{at}") for at, one in enumerate((O, O, S, S))]
    labels = [
        Second(f"d{at}", *three)
        for at, three in enumerate([(O, O, O), (O, R, O), (S, S, S), (S, S, S)])
    ]
    sector, whole = agreements(drafts, labels)
    assert (sector.sector, whole.sector, whole.count, whole.share) == ("s", "all", 4, 0.75)
    # Chance: 2/4 × 1/4 for ok, 2/4 × 2/4 for stop, 3/8 in all; (3/4 − 3/8) ÷ (1 − 3/8).
    assert whole.kappa == pytest.approx(0.6)


@pytest.mark.parametrize(
    "label",
    [
        pytest.param(Second("d0", O, S, S), id="the stored draft was not changed"),
        pytest.param(Second("d9", O, O, O), id="no such draft"),
    ],
)
def test_a_stray_label_is_refused(label: Second, labelled: Make) -> None:
    with pytest.raises(DatasetError, match=f"“{label.id}” is not the stored draft's label"):
        agreements([labelled(O, name="d0")], [label])


def test_enough_shipped_drafts_were_labelled_twice(dataset: tuple[Labelled, ...]) -> None:
    labels = load_second_labels()
    assert len(labels) >= LEAST * len(dataset)
    assert agreements(dataset, labels)[-1].kappa > 0.9


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "second-labels.jsonl"
    path.write_text('{"id": "d0"}\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="second-labels.jsonl:1: not a second label"):
        load_second_labels(path)
