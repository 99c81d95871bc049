"""Measures the checker on labelled drafts, keeps the figures by version, and writes the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from checker.classifier import FOLDER as TRAINED
from checker.classifier import Classifier
from checker.engine import Checker
from checker.errors import ClassifierError
from model.answers import Answer, Way, ask, ask_held_out
from model.confusion import Share, confusion, verdict_shares
from model.dataset import Labelled, load_dataset
from model.evaluation_page import FOLDER, HELD_OUT, make_page
from model.held_out import find_held_out
from model.measures import calibration_error, category_figures, curve, reliability
from model.plots import draw_plots, refuse_without_matplotlib
from model.provenance import changed_files, read_manifest
from model.sample import Sampled, load_sample, names
from model.slices import fairness, slices
from model.stored import Evaluation, Part, WayFigures, fingerprint, load_before, save

DOCS = Path(__file__).parent.parent / "docs"
PAGE = "evaluation.md"


def evaluate(
    checker: Checker,
    files: Sequence[Path] = (),
    *,
    docs: Path = DOCS,
    drafts: Sequence[Labelled] | None = None,
    plots: bool = True,
) -> Path:
    """Measure, write page, figures and plots into `docs`, and return the page.

    Measures the shipped reader alone on the held-out voices among `drafts` (those in
    training_data/ unless told otherwise), and every way of checking on the drafts in `files`.
    Raises `DatasetError` for a draft that breaks the guide, `ClassifierError` for a checker without
    its reader or a network of another split, and `PlotError` where matplotlib is missing.
    """
    if plots:
        refuse_without_matplotlib()
    if checker.classifier is None:
        raise ClassifierError(checker.reader_problem)
    drafts = load_dataset() if drafts is None else drafts
    parts = (
        *_on_held_out(checker.classifier, drafts),
        *_on_files(checker, drafts, files),
    )
    made = checker.health()
    date = datetime.now(UTC).isoformat(timespec="seconds")
    evaluation = Evaluation(made["model"], date, made["postcheck"], made["rulebook"], parts)
    return _write(evaluation, docs, plots=plots)


def _write(evaluation: Evaluation, docs: Path, *, plots: bool) -> Path:
    folder = docs / FOLDER
    save(evaluation, folder)
    if plots:
        draw_plots(evaluation.parts, folder)
    page = docs / PAGE
    before = load_before(evaluation.model, folder)
    page.write_text(make_page(evaluation, before, plots=plots), encoding="utf-8")
    return page


def _on_held_out(classifier: Classifier, drafts: Sequence[Labelled]) -> tuple[Part, ...]:
    held = find_held_out(drafts)
    if not held:
        return ()
    answers = ask_held_out(TRAINED, held, classifier.thresholds)
    sample = [Sampled(one) for one in held]
    return (make_part(HELD_OUT, _about_held_out(held, len(drafts)), sample, {Way.READER: answers}),)


def _on_files(
    checker: Checker, drafts: Sequence[Labelled], files: Sequence[Path]
) -> tuple[Part, ...]:
    if not files:
        return ()
    sample = load_sample(files)
    answers = ask(checker, [one.labelled for one in sample])
    about = _about_files(sample, drafts, files)
    return (make_part(names(files), about, sample, answers),)


def make_part(
    name: str, about: str, sample: Sequence[Sampled], answers: Mapping[Way, Sequence[Answer]]
) -> Part:
    """Return the figures of `answers` on `sample`; the way that matters most comes first."""
    drafts = [one.labelled for one in sample]
    # The whole checker's answers carry the same probabilities as the reader's own.
    by_reader = answers[Way.READER]
    bins = reliability(drafts, by_reader)
    return Part(
        name=name,
        about=about,
        count=len(sample),
        fingerprint=fingerprint(drafts),
        ways=tuple(_figures(way, sample, given) for way, given in answers.items()),
        bins=bins,
        calibration_error=calibration_error(bins),
        curve=curve(drafts, by_reader),
    )


def _figures(way: Way, sample: Sequence[Sampled], answers: Sequence[Answer]) -> WayFigures:
    drafts = [one.labelled for one in sample]
    table = confusion(drafts, answers)
    categories = category_figures(drafts, answers)
    shares = {**verdict_shares(table), "category F1": Share(categories[-1].f1)}
    if way is Way.READER:
        shares["calibration error"] = Share(calibration_error(reliability(drafts, answers)))
    return WayFigures(
        way=str(way),
        shares=shares,
        confusion=tuple(tuple(row) for row in table.tolist()),
        categories=categories,
        slices=slices(sample, answers),
        fairness=fairness(drafts, answers),
    )


def _about_held_out(held: Sequence[Labelled], count: int) -> str:
    voices = len({one.voice for one in held})
    about = (
        f"{len(held):,} of the {count:,} labelled drafts, all those of {voices} voices "
        "(batches by one writer), which the shipped network never learned from. "
        "The heads that answered for a draft were fitted on other voices among them (grouped "
        "cross-validation). So these are figures of the **reader alone**, on writers new to it; "
        "rules count only as something that it looks at. Its thresholds are those that are "
        "shipped, and they were chosen on these same drafts, which flatters the figures a "
        "little."
    )
    if changed_files(read_manifest()):
        about += (
            " **The drafts have been changed since the shipped reader was trained**: what was "
            "added since, it has not learned from."
        )
    return about


def _about_files(
    sample: Sequence[Sampled], drafts: Sequence[Labelled], files: Sequence[Path]
) -> str:
    known = {one.draft.text for one in drafts}
    seen = sum(one.labelled.draft.text in known for one in sample)
    told = (
        f"**{seen} of them stand word for word in the training data, and flatter the figures.**"
        if seen
        else "None of them stands word for word in the training data."
    )
    return (
        f"{len(sample):,} labelled drafts from {names(files)}, checked by the **whole checker** as "
        "it is shipped and, to compare, by its rules alone and by its learned reader alone. "
        f"{told} Whether rules, words or thresholds were tuned on them, only those who did that "
        "can say."
    )
