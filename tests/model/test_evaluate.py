"""Figures of an evaluation worked out by hand, and the page, file and plots that come of them."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checker.classifier import FOLDER, MANIFEST
from checker.draft import Account, Draft
from checker.engine import Checker
from checker.errors import ClassifierError
from checker.judge import Thresholds
from checker.verdict import Category, Verdict
from model import figures
from model.answers import Answer, Way, ask, ask_held_out
from model.confusion import Share, confusion, verdict_shares
from model.dataset import DatasetError, Labelled
from model.evaluate import evaluate, make_part
from model.evaluation_page import HELD_OUT, NOT_MEASURED, make_page
from model.held_out import find_held_out
from model.markdown import difference, join, percent, signed, table, with_interval
from model.measures import ALL, Bin, Point, calibration_error, category_figures, curve, reliability
from model.plots import PRECISION_RECALL, RELIABILITY, STYLES, PlotError, draw_plots
from model.provenance import read_manifest
from model.sample import Sampled, load_sample
from model.slices import Gap, Slice, fairness, length, slices
from model.stored import Evaluation, Part, fingerprint, load_before, load_stored, save

Make = Callable[..., Labelled]
O, R, S = Verdict.OK, Verdict.REVIEW, Verdict.STOP  # noqa: E741
WHO, CARE, IMAGE = Category.IDENTIFIES_PERSON, Category.CARE_DETAIL, Category.IMAGE
WANTED, GIVEN = (O, O, O, O, R, R, S, S), (O, O, R, S, R, O, S, O)


def answered(*verdicts: Verdict, breach: float | None = None) -> list[Answer]:
    return [Answer(one, frozenset(), breach) for one in verdicts]


def likely(*probabilities: float) -> list[Answer]:
    return [Answer(O, frozenset(), one) for one in probabilities]


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def record(name: str, text: str, verdict: str = "ok", **more: Any) -> dict[str, Any]:
    """Return a record as the labelling guide has it; a breach points at its whole text."""
    is_breach = verdict != "ok"
    return {
        "id": name, "text": text, "account": "personal", "verdict": verdict, "note": "",
        "categories": ["care-detail"] if is_breach else [],
        "spans": [{"quote": text, "kind": "care"}] if is_breach else [], **more,
    }  # fmt: skip


@pytest.fixture
def learned(dataset: tuple[Labelled, ...]) -> tuple[Labelled, ...]:
    """Return three drafts by a voice that is not held out, so that reading them takes no minute."""
    held = {one.id for one in find_held_out(dataset)}
    return tuple([one for one in dataset if one.id not in held][:3])


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """Return a file of four drafts that stand nowhere else."""
    return write(
        tmp_path / "invented.jsonl",
        record("a", "Our resident Quenby in room 4 is off her meds again", "stop", function="vent"),
        record("b", "scones came out flat, blaming the oven", function="praise", sector="elc"),
        record("c", "One of my ladies had a wee greet about her sister", "review"),
        record("d", "Training day at the hall went well, thanks all", function="praise"),
    )


# Shares of verdicts


def test_shares_by_hand(labelled: Make) -> None:
    counts = confusion([labelled(one) for one in WANTED], answered(*GIVEN))
    assert counts.tolist() == [[2, 1, 1], [1, 1, 0], [1, 0, 1]]
    found = {name: one.value for name, one in verdict_shares(counts).items()}
    # F1 of each verdict is twice the right ones over labelled and given: 4/8, 2/4 and 2/4.
    assert found == {
        "flagged": 0.5, "missed stop": 0.5, "stop recall": 0.5, "false alarm": 0.5,
        "false stop": 0.25, "macro F1": 0.5,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_shares_are_those_of_training(seed: int, labelled: Make) -> None:
    chance = np.random.default_rng(seed)
    wanted, got = chance.integers(0, 3, 60), chance.integers(0, 3, 60)
    order = tuple(Verdict)
    drafts = [labelled(order[one]) for one in wanted]
    found = verdict_shares(confusion(drafts, answered(*(order[one] for one in got))))
    assert {name: one.value for name, one in found.items()} == figures.shares(wanted, got)


def test_intervals_hold_the_share_and_narrow_with_more_drafts() -> None:
    few = np.array([[20, 5, 5], [5, 10, 5], [5, 5, 20]])
    widths = []
    for counts in (few, 25 * few):
        for share in verdict_shares(counts).values():
            assert share.low < share.value < share.high
        alarm = verdict_shares(counts)["false alarm"]
        widths.append(alarm.high - alarm.low)
    # 25 times the drafts make the interval a fifth as wide, about.
    assert widths[1] == pytest.approx(widths[0] / 5, rel=0.3)
    assert verdict_shares(few) == verdict_shares(few)


def test_everyday_drafts_alone_have_false_alarms_and_nothing_else() -> None:
    found = verdict_shares(np.array([[3, 1, 0], [0, 0, 0], [0, 0, 0]]))
    assert found["false alarm"].value == 0.25
    assert found["missed stop"] == found["flagged"] == Share(None)


def test_no_draft_at_all_has_no_shares() -> None:
    assert set(verdict_shares(np.zeros((3, 3), dtype=int)).values()) == {Share(None)}


# Categories and probabilities


def test_categories_by_hand(labelled: Make) -> None:
    drafts = [
        replace(labelled(S), categories=frozenset(one)) for one in ({WHO, CARE}, {CARE}, {CARE})
    ]
    answers = [Answer(S, frozenset(one)) for one in ({WHO}, {CARE, WHO}, {CARE})]
    found = {one.category: one for one in category_figures(drafts, answers)}
    assert (found[WHO].labelled, found[WHO].given) == (1, 2)
    assert (found[WHO].precision, found[WHO].recall, found[WHO].f1) == (0.5, 1.0, 0.6667)
    assert (found[CARE].precision, found[CARE].recall, found[CARE].f1) == (1.0, 0.6667, 0.8)
    assert (found[IMAGE].precision, found[IMAGE].recall, found[IMAGE].f1) == (None, None, None)
    # Three of four given are right, and three of four labelled are found.
    assert (found[ALL].precision, found[ALL].recall, found[ALL].f1) == (0.75, 0.75, 0.75)


def test_bins_by_hand(labelled: Make) -> None:
    drafts = [labelled(one) for one in (O, R, S, S)]
    bins = reliability(drafts, likely(0.02, 0.08, 0.75, 1.0))
    assert bins == (
        Bin(0.0, 0.1, 2, 0.05, 0.5), Bin(0.7, 0.8, 1, 0.75, 1.0), Bin(0.9, 1.0, 1, 1.0, 1.0)
    )  # fmt: skip
    # (2 × 0.45 + 0.25 + 0) ÷ 4
    assert calibration_error(bins) == 0.2875


def test_calibration_error_is_that_of_training(labelled: Make) -> None:
    chance = np.random.default_rng(3)
    drafts = [labelled(tuple(Verdict)[one]) for one in chance.integers(0, 3, 200)]
    breach = chance.random(200)
    verdicts = np.column_stack([1 - breach, breach / 2, breach / 2])
    found = calibration_error(reliability(drafts, likely(*breach)))
    assert found == pytest.approx(figures.calibration(drafts, verdicts), abs=2e-4)


def test_drafts_that_no_reader_was_asked_about_have_no_bins(labelled: Make) -> None:
    assert reliability([labelled(S)], answered(S)) == ()
    assert calibration_error(()) is None


def test_curve_by_hand(labelled: Make) -> None:
    drafts = [labelled(one) for one in (O, R, O, S)]
    points = {one.cut: one for one in curve(drafts, likely(0.01, 0.3, 0.5, 0.9))}
    assert points[0.01] == Point(0.01, 4, 0.5, 1.0)
    assert points[0.3] == Point(0.3, 3, 0.6667, 1.0)
    assert points[0.5] == Point(0.5, 2, 0.5, 0.5)
    assert points[0.95] == Point(0.95, 0, None, 0.0)
    assert all(one.flagged >= other.flagged for one, other in pairwise(points.values()))


# Slices and fairness


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (7, "under 8 words"),
        (8, "8 to 30 words"),
        (30, "8 to 30 words"),
        (31, "31 to 100 words"),
        (100, "31 to 100 words"),
        (101, "over 100 words"),
    ],
)
def test_lengths_at_their_ends(words: int, name: str, labelled: Make) -> None:
    assert length(labelled(O, "eh " * words)) == name


def test_slices_by_hand(labelled: Make) -> None:
    sample = [
        Sampled(replace(labelled(O), traits=frozenset({"dialect", "plain"})), "praise", "f.jsonl"),
        Sampled(replace(labelled(S), draft=Draft("x", Account.SERVICE)), "", "f.jsonl"),
        Sampled(replace(labelled(R), traits=frozenset({"dialect"}), sector="", language="gd")),
    ]
    found = {(one.axis, one.name): one for one in slices(sample, answered(R, S, O))}
    assert found["trait", "dialect"] == Slice("trait", "dialect", 2, 0.0, 0.0, 1.0)
    assert found["trait", "plain"] == Slice("trait", "plain", 1, 0.0, None, 1.0)
    assert found["account", "service"] == Slice("account", "service", 1, 1.0, 1.0, None)
    assert found["account", "personal"] == Slice("account", "personal", 2, 0.0, 0.0, 1.0)
    assert found["sector", "s"].count == found["file", "f.jsonl"].count == 2
    assert found["language", "gd"].count == found["function", "praise"].count == 1
    assert ("function", "") not in found and ("sector", "") not in found


def test_fairness_by_hand(labelled: Make) -> None:
    plain, dialect = labelled(O), replace(labelled(O), traits=frozenset({"dialect"}))
    breach = replace(labelled(S), traits=frozenset({"dialect"}))
    drafts = [*[plain] * 80, *[dialect] * 70, breach]
    answers = answered(*[R] * 48, *[O] * 32, *[S] * 56, *[O] * 14, S)
    found = {one.name: one for one in fairness(drafts, answers)}
    # 56 of 70 beside 48 of 80 is Newcombe's own first example, 1998: 0.0524 to 0.3339.
    assert found["dialect"] == Gap("dialect", 70, 0.8, 80, 0.6, Share(20.0, 5.24, 33.39))
    assert (found["dialect"].is_fair, found["dialect"].is_sure) == (False, True)
    assert found["textspeak"] == Gap("textspeak", 0, None, 80, 0.6, Share(None))
    assert (found["textspeak"].is_fair, found["textspeak"].is_sure) == (None, False)


@pytest.mark.parametrize(
    ("points", "fair", "sure"),
    [
        (Share(1.0, -2.0, 2.9), True, True),
        (Share(-3.0, -9.0, 2.0), True, False),
        (Share(-4.0, -6.0, -3.5), False, True),
        (Share(4.0, -1.0, 9.0), False, False),
    ],
)
def test_whether_a_gap_is_fair(points: Share, fair: bool, sure: bool) -> None:
    gap = Gap("dialect", 1, 0.0, 1, 0.0, points)
    assert (gap.is_fair, gap.is_sure) == (fair, sure)


# Labelled drafts from a file


def test_a_file_as_the_guide_has_it(invented: Path) -> None:
    first, second, *_ = load_sample([invented])
    assert (first.labelled.verdict, first.labelled.categories) == (S, {CARE})
    assert (first.function, second.labelled.sector, second.file) == ("vent", "elc", invented.name)


def test_a_function_may_be_null_and_training_data_may_be_read(tmp_path: Path) -> None:
    told = record("a", "tea", function=None, traits=["dialect"], voice="v", people=[])
    (one,) = load_sample([write(tmp_path / "a.jsonl", told)])
    assert (one.function, one.labelled.traits, one.labelled.voice) == ("", {"dialect"}, "v")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param('{"id": ', "f.jsonl:1: not JSON", id="half a line"),
        pytest.param("[]", "f.jsonl:1: .*not a labelled draft|is missing", id="a list"),
        pytest.param("3", "f.jsonl:1: not a labelled draft", id="a number"),
        pytest.param('{"id": "a"}', "f.jsonl:1: the key “text” is missing", id="no text"),
        pytest.param(
            json.dumps(record("a", "tea", verdit="ok")), "unknown key “verdit”", id="a wrong key"
        ),
        pytest.param(
            json.dumps(record("a", "tea", "stop") | {"spans": [{"kind": "care"}]}),
            "f.jsonl:1: not a labelled draft",
            id="a span without its quote",
        ),
        pytest.param("\n", "There is no draft in f.jsonl", id="nothing"),
    ],
)
def test_what_is_not_a_labelled_draft_is_named(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DatasetError, match=told):
        load_sample([path])


def test_an_id_in_two_files_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, record("a", "tea")) for name in ("1.jsonl", "2.jsonl")]
    with pytest.raises(DatasetError, match="2.jsonl: the id “a” stands twice"):
        load_sample(paths)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(DatasetError, match="f.jsonl cannot be read"):
        load_sample([tmp_path / "f.jsonl"])


# Asking


def test_each_way_answers_for_itself(invented: Path, checker: Checker) -> None:
    drafts = [one.labelled for one in load_sample([invented])]
    answers = ask(checker, drafts)
    assert tuple(answers) == (Way.WHOLE, Way.RULES, Way.READER)
    reports = checker.check_all([one.draft for one in drafts])
    assert [one.verdict for one in answers[Way.WHOLE]] == [one.verdict for one in reports]
    first, cakes = answers[Way.WHOLE][:2]
    assert first.verdict is S and any("“Quenby”" in line for line in first.found)
    assert 0 <= cakes.breach < first.breach <= 1
    assert len(first.find_nearest()) == len(first.leanings) == 2
    assert [one.breach for one in answers[Way.RULES]] == [None] * 4
    assert [one.breach for one in answers[Way.READER]] == [one.breach for one in answers[Way.WHOLE]]
    for given in answers[Way.READER]:
        assert bool(given.categories) is (given.verdict is not O)


def test_a_checker_without_its_reader_is_not_measured(rules_alone: Checker, tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="left out for this test"):
        ask(rules_alone, [])
    with pytest.raises(ClassifierError, match="left out for this test"):
        evaluate(rules_alone, docs=tmp_path, plots=False)


# Few drafts hold few categories, which scikit-learn remarks on.
@pytest.mark.filterwarnings("ignore:Label not")
def test_held_out_drafts_are_read_by_an_encoder_from_a_folder(
    dataset: tuple[Labelled, ...],
) -> None:
    drafts = _three_voices(dataset)
    answers = ask_held_out(FOLDER, drafts, dict.fromkeys(Account, Thresholds(0.5, 0.5)))
    assert len(answers) == len(drafts)
    texts = {one.draft.text: one.voice for one in drafts}
    for one, answer in zip(drafts, answers, strict=True):
        assert (answer.verdict is not O) is (answer.breach >= 0.5)
        assert bool(answer.categories) is (answer.verdict is not O)
        assert one.voice not in {texts[like.text] for like in answer.find_nearest()}


def _three_voices(drafts: Sequence[Labelled], each: int = 2) -> list[Labelled]:
    """Return `each` drafts of every verdict from each of the first three voices."""
    voices = sorted({one.voice for one in drafts})[:3]
    return [
        one
        for voice in voices
        for verdict in Verdict
        for one in [d for d in drafts if d.voice == voice and d.verdict is verdict][:each]
    ]


# The whole command


def test_an_evaluation_writes_page_and_figures(
    invented: Path, checker: Checker, learned: tuple[Labelled, ...], tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    page = evaluate(checker, [invented], docs=docs, drafts=learned, plots=False)
    text = page.read_text("utf-8")
    assert page == docs / "evaluation.md"
    assert text.startswith("# Evaluation of the learned reader\n")
    assert "## On invented.jsonl" in text and "There are no figures of an earlier" in text
    assert "None of them stands word for word in the training data" in " ".join(text.split())
    assert " ".join(NOT_MEASURED.split()) in " ".join(text.split())
    assert "| figure | whole checker | rules alone | reader alone |" in text
    assert "| praise | 2 |" in text and ".png" not in text
    assert not re.search(r"\bnan\b|\| None \|", text)
    (file,) = (docs / "evaluation").iterdir()
    assert file.name == f"{checker.health()['model']}.json"
    kept = json.loads(file.read_text("utf-8"))
    assert kept["rulebook"] == checker.rulebook.hash
    assert [part["count"] for part in kept["parts"]] == [4]


def test_drafts_that_were_trained_on_are_told(
    checker: Checker, learned: tuple[Labelled, ...], tmp_path: Path
) -> None:
    known = learned[0].draft.text
    path = write(tmp_path / "known.jsonl", record("a", known), record("b", "scones, flat again"))
    page = evaluate(checker, [path], docs=tmp_path, drafts=learned, plots=False)
    text = " ".join(page.read_text("utf-8").split())
    assert "**1 of them stand word for word in the training data" in text


def test_held_out_voices_are_no_others(dataset: tuple[Labelled, ...]) -> None:
    held = find_held_out(dataset)
    ids = {one.id for one in held}
    rest = {one.voice for one in dataset if one.id not in ids}
    assert ids and not rest & {one.voice for one in held}


def test_held_out_voices_are_measured_by_the_reader_alone(
    checker: Checker, dataset: tuple[Labelled, ...], tmp_path: Path
) -> None:
    by_voice: dict[str, list[Labelled]] = {}
    for one in find_held_out(dataset):
        by_voice.setdefault(one.voice, []).append(one)
    few = [one for drafts in by_voice.values() for one in drafts[:14]]
    page = evaluate(checker, docs=tmp_path, drafts=few, plots=False)
    (file,) = (tmp_path / "evaluation").iterdir()
    (part,) = json.loads(file.read_text("utf-8"))["parts"]
    assert (part["count"], len(part["ways"])) == (len(few), 1)
    text = " ".join(page.read_text("utf-8").split())
    assert f"all those of {len(by_voice)} voices" in text and "never learned from" in text


def test_a_network_of_another_split_is_not_measured(
    dataset: tuple[Labelled, ...], tmp_path: Path
) -> None:
    manifest = {**read_manifest(), "seed": 1}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ClassifierError, match="another split of the voices: train it anew"):
        find_held_out(dataset, tmp_path)


# Figures kept by version


def make_evaluation(model: str, date: str, *parts: Part) -> Evaluation:
    return Evaluation(model, date, "0.1.0", "rules", parts)


@pytest.fixture
def part(labelled: Make) -> Callable[..., Part]:
    """Return a function that makes a part out of eight drafts and the verdicts given to them."""

    def make(*given: Verdict, text: str = "x") -> Part:
        sample = [Sampled(labelled(one, text)) for one in WANTED]
        answers = [Answer(one, frozenset(), one.severity / 2) for one in given]
        return make_part(HELD_OUT, "Eight drafts.", sample, {Way.READER: answers})

    return make


def test_the_one_before_is_the_newest_of_another_reader(
    tmp_path: Path, part: Callable[..., Part]
) -> None:
    # Their names do not follow their dates.
    for model, date in (("a", "2026-03-01"), ("b", "2026-01-01"), ("c", "2026-02-01")):
        save(make_evaluation(model, date, part(*GIVEN)), tmp_path)
    assert load_before("a", tmp_path).model == "c"
    assert load_before("b", tmp_path).model == "a"
    assert load_stored("b", tmp_path).date == "2026-01-01"
    assert load_stored("d", tmp_path) is None


def test_the_page_sets_this_version_beside_the_one_before(
    tmp_path: Path, part: Callable[..., Part]
) -> None:
    save(make_evaluation("old", "2026-01-01", part(*GIVEN)), tmp_path)
    now = make_evaluation("new", "2026-02-01", part(*WANTED))
    text = make_page(now, load_before("new", tmp_path), plots=False)
    assert "This version: new. The one before: old (2026-01-01)." in text
    assert "| flagged | 100.0 % | 50.0 % | +50.0 |" in text
    assert "| false alarm | 0.0 % | 50.0 % | −50.0 |" in text
    assert "not measured on the same drafts" not in text
    other = make_evaluation("new", "2026-02-01", part(*WANTED, text="y"))
    assert "not measured on the same drafts" in make_page(
        other, load_before("new", tmp_path), plots=False
    )


def test_a_part_that_was_not_measured_before_is_told(
    tmp_path: Path, part: Callable[..., Part]
) -> None:
    save(make_evaluation("old", "2026-01-01"), tmp_path)
    now = make_evaluation("new", "2026-02-01", part(*GIVEN))
    text = make_page(now, load_before("new", tmp_path), plots=False)
    assert f"On {HELD_OUT}, the one before was not measured." in text


def test_a_fingerprint_changes_with_text_and_label(labelled: Make) -> None:
    drafts = [labelled(O, "tea"), labelled(S, "tea"), labelled(O, "pie")]
    assert len({fingerprint([one]) for one in drafts}) == 3
    assert fingerprint(drafts) == fingerprint(list(drafts))


# Words and plots


def test_figures_in_words() -> None:
    assert percent(0.0) == "0.0 %" and percent(None) == "–"
    assert with_interval(Share(0.5, 0.25, 1.0)) == "50.0 % (25.0–100.0)"
    assert with_interval(Share(0.5)) == "50.0 %" and with_interval(None) == "–"
    assert (difference(0.5, 0.625), difference(None, 0.5)) == ("−12.5", "–")
    assert (signed(2.04), signed(-0.04)) == ("+2.0", "0.0")
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"
    long, rows = "word " * 40, f"| {'cell ' * 40} |"
    assert max(map(len, join([long]).splitlines())) <= 110
    assert join([rows]) == f"{rows}\n"


def test_plots_are_drawn_alike_every_time(tmp_path: Path, part: Callable[..., Part]) -> None:
    pytest.importorskip("matplotlib")
    parts = (part(*GIVEN), replace(part(*GIVEN), name="mine.jsonl"))
    drawn = []
    for folder in (tmp_path / "1", tmp_path / "2"):
        draw_plots(parts, folder)
        assert {one.name for one in folder.iterdir()} == {RELIABILITY, PRECISION_RECALL}
        drawn.append([(folder / name).read_bytes() for name in (RELIABILITY, PRECISION_RECALL)])
    assert drawn[0] == drawn[1] and drawn[0][0].startswith(b"\x89PNG")


def test_plots_tell_parts_apart_without_colour() -> None:
    for key in ("marker", "linestyle"):
        assert len({style[key] for style in STYLES}) == len(STYLES)


def test_plots_without_matplotlib_say_what_to_do(
    monkeypatch: pytest.MonkeyPatch, checker: Checker, tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(PlotError, match="leave them out with --no-plots"):
        evaluate(checker, docs=tmp_path)


def test_the_page_shows_plots_where_there_are_some(part: Callable[..., Part]) -> None:
    text = make_page(make_evaluation("new", "2026-02-01", part(*GIVEN)), None, plots=True)
    assert f"(evaluation/{RELIABILITY})" in text and f"(evaluation/{PRECISION_RECALL})" in text
