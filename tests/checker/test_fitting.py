"""Heads are fitted on samples, kept as plain numbers, and refused where they do not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checker.classifier import load_manifest
from checker.draft import Account, Draft
from checker.encoder import MODEL
from checker.engine import Checker
from checker.errors import ClassifierError
from checker.fitting import (
    FILE,
    Samples,
    cut_by_voice,
    fit,
    load_fitted,
    load_samples,
    save_fitted,
    save_samples,
)
from checker.heads import Decision
from checker.judge import Thresholds
from checker.refitted import Refitted, keep, with_refitted
from checker.refitting import Figures, Taught, read_taught, refit
from checker.verdict import Category, Verdict

AT = {account: Thresholds(0.5, 0.5, 0.2) for account in Account}


def samples(count: int = 120, *, voices: int = 6, seed: int = 1) -> Samples:
    """Return drafts whose first logit tells how grave they are, and every category in some."""
    draw = np.random.default_rng(seed)
    verdicts = np.arange(count) % 3
    logits = draw.normal(0, 0.1, (count, 16)) + np.eye(16)[verdicts] * 3
    marks = tuple({f"rule:{verdict}": 1.0, "length": 0.5} for verdict in verdicts)
    categories = np.array([[int(row % 13 == at) for at in range(13)] for row in range(count)])
    return Samples(
        logits=logits,
        marks=marks,
        verdicts=verdicts,
        categories=categories * (verdicts[:, None] > 0),
        groups=np.arange(count) // 3 % voices,
        accounts=(Account.PERSONAL,) * count,
        weights=np.ones(count),
    )


def test_samples_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "held-out.npz"
    made = samples()
    save_samples(made, {"encoder": "abc"}, path)
    again, about = load_samples(path)
    assert (about, again.marks, again.accounts) == ({"encoder": "abc"}, made.marks, made.accounts)
    assert np.array_equal(again.verdicts, made.verdicts)
    assert np.array_equal(again.categories, made.categories)
    assert np.allclose(again.logits, made.logits, atol=0.005)


def test_no_voice_stands_on_both_sides() -> None:
    made = samples()
    folds = list(cut_by_voice(made))
    assert len(folds) == 6
    for learn, test in folds:
        assert set(made.groups[learn]) & set(made.groups[test]) == set()


def test_heads_come_back_from_plain_numbers_and_say_the_same(tmp_path: Path) -> None:
    made = samples()
    fitted = fit(made)
    save_fitted(fitted, tmp_path / "heads.npz")
    chances = []
    for each in (fitted, load_fitted(tmp_path / "heads.npz")):
        heads = each.beside(_no_drafts())
        rows = heads.features(made.logits, made.marks)
        chances.append(Decision(heads).probabilities(rows))
    assert np.array_equal(chances[0][0], chances[1][0])
    assert np.array_equal(chances[0][1], chances[1][1])
    assert np.array_equal(chances[0][0].argmax(1), made.verdicts)


def _no_drafts() -> object:
    from types import SimpleNamespace

    return SimpleNamespace(vectors=np.zeros((0, 1)), drafts=())


def local(verdict: int, count: int = 8) -> Samples:
    """Return local examples of a word that the shipped drafts do not know."""
    logits = np.zeros((count, 16))
    logits[:, 0] = 3
    return Samples(
        logits=logits,
        marks=({"clue:local": 5.0},) * count,
        verdicts=np.full(count, verdict),
        categories=np.eye(13, dtype=int)[[2] * count],
        groups=np.arange(count),
        accounts=(Account.PERSONAL,) * count,
        weights=np.full(count, 5.0),
    )


def test_local_examples_are_learnt_and_the_others_not_forgotten(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = refit(samples(), local(2), AT, tmp_path, lambda *at: told.append(at))
    assert found.before == Figures(80, 80, 40, 0, 40, 0, local=8, right=0)
    assert found.after == Figures(80, 80, 40, 0, 40, 0, local=8, right=8)
    assert told[0] == (0, 13)
    assert told[-1] == (13, 13)


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    def stop(done: int, _of: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refit(samples(), local(2), AT, tmp_path, stop)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(kept) == 5
    found = refit(samples(), local(2), AT, tmp_path, lambda *_: None)
    assert found.after.right == 8
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert len(list(tmp_path.iterdir())) == 12


def test_examples_are_read_as_drafts_are(checker: Checker) -> None:
    taught = [
        Taught(
            Draft("our resident [name] was off her meds"), Verdict.STOP, (Category.CARE_DETAIL,)
        ),
        Taught(Draft("lovely concert", Account.SERVICE), Verdict.OK, ()),
    ]
    made = read_taught(checker, taught)
    assert made.logits.shape == (2, 16)
    assert (made.verdicts.tolist(), made.categories.sum(1).tolist()) == ([2, 0], [1, 0])
    assert made.marks[0]["account:personal"] == made.marks[1]["account:service"]
    assert any(name.startswith("clue:") for name in made.marks[0])
    with pytest.raises(ClassifierError, match="no learned reader"):
        read_taught(checker.without_reader("off"), taught)


def test_retrained_heads_are_used_where_they_fit(checker: Checker, tmp_path: Path) -> None:
    assert checker.classifier is not None
    known = checker.classifier.encoder_hash
    heads = keep(fit(samples()), tmp_path / "heads.npz", name="retrained 1", encoder=known)
    other = with_refitted(checker, heads)
    draft = Draft("lovely concert")
    assert other.check(draft).checked_with.model == f"{checker.classifier.version}, retrained 1"
    assert checker.check(draft).checked_with.model == checker.classifier.version


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"encoder": "another"}, "for an earlier Postcheck"),
        ({"sha256": "another"}, "was changed"),
        ({"path": Path("/nowhere")}, "cannot be read"),
    ],
)
def test_retrained_heads_that_do_not_fit_are_refused(
    checker: Checker, tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    assert checker.classifier is not None
    known = checker.classifier.encoder_hash
    heads = keep(fit(samples()), tmp_path / "heads.npz", name="retrained 1", encoder=known)
    with pytest.raises(ClassifierError, match=sentence):
        with_refitted(checker, replace(heads, **change))  # type: ignore[arg-type]


def test_a_file_of_another_kind_is_refused(checker: Checker, tmp_path: Path) -> None:
    import hashlib

    assert checker.classifier is not None
    path = tmp_path / "heads.npz"
    path.write_bytes(b"import os")
    sha256 = hashlib.sha256(b"import os").hexdigest()
    heads = Refitted("retrained 1", path, sha256, checker.classifier.encoder_hash)
    with pytest.raises(ClassifierError, match="cannot be read"):
        with_refitted(checker, heads)


def test_what_is_shipped_for_retraining_fits_the_shipped_encoder() -> None:
    samples, about = load_samples()
    assert about["encoder"] == load_manifest().files[MODEL]
    assert FILE.stat().st_size < 2 * 2**20
    assert len(set(samples.groups.tolist())) >= 6
    assert samples.categories.any(0).all()
