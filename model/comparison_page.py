"""Runs the comparison of learned readers and writes its tables into docs/the-model.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from checker.classifier import FOLDER
from checker.encoder import MODEL
from checker.errors import PostcheckError
from checker.verdict import Verdict
from model import train
from model.comparison import FLAGGED_FINE, GIVEN, ROUNDS, Cost, Figures, Row, rows
from model.dataset import Labelled, load_dataset
from model.learning_curve import Step, count_voices, curve, fine_tune_parts
from model.markdown import NONE, join, percent, table
from model.provenance import read_manifest, refuse_other_split
from model.split import hold_out

PAGE = Path("docs") / "the-model.md"
# The markers between which each table stands; the words around them are written by hand.
CANDIDATES, CURVE = "candidates", "curve"
INTRODUCTION = """# The learned reader

Postcheck's rules find what can be put in words beforehand. The learned reader looks for the rest:
it has read the labelled drafts in `training_data/`, and says how likely a new draft is to be a
breach. The tables below compare kinds of reader, so that the choice can be checked and made
again.
"""
HEADING = (
    "candidate", "macro F1", "AUC", "flagged", "stops missed", "category F1 micro",
    "category F1 macro", "ms", "memory MB", "disk MB",
)  # fmt: skip
NOT_TRAINED = "not trained yet"
MEANING = f"""
*Macro F1* is over the verdicts ok, review and stop, each draft given its likeliest. *AUC* is the
chance that a breach is ranked above a fine draft. *Flagged* is the share of breaches flagged, and
*stops missed* that of stops passed, at the threshold that flags {FLAGGED_FINE * 100:.0f} %
of the fine drafts here, set for each candidate on these same drafts. *Category F1* counts a
category as given from a probability of {GIVEN} on; candidate 3 was trained for the verdict alone.
*ms* is the median of {ROUNDS} single readings of a draft of about 50 words, after warm-up, with
all that the candidate looks at. *Memory* is roughly what it adds to a process in which the
checker by rules alone is ready, so that spaCy and the detectors are not counted; *disk* is the
size of its own files.
"""
FAIRNESS = """
Read it with care. Hyperparameters were not tuned for each candidate beyond what the code shows:
for candidates 1 to 4 a few values of one constant each, on voices split off from those learned
from (`model/candidates.py`), and the libraries' own where there is none. More work went into
candidates 5 and 6: the constants of `model/finetune.py` and `model/heads.py` were chosen by
trials on held-out voices, perhaps some of these, and training varies the names and the spelling
of its drafts and learns from their spans and roles too. The heads of candidate 6 are fitted on
the held-out drafts of other voices: it alone learned from some of the drafts measured on, though
never from the voice that it was asked about. Its network is the shipped one, which learned from
soft labels too, may have been trained more than once, and may lack the newest drafts
([model-card.md](model-card.md) says). Candidates 1, 3 and 4 read a draft as it was typed,
2 with the marks of detectors and rules beside it, 5 and 6 with its disguises undone. One split
was measured, once: small differences are chance.
"""
CURVE_MEANING = """
Each candidate was fitted on a part of the voices and measured on the same held-out drafts. A larger
part holds the smaller ones. Whole voices are left out, as new drafts will come from new writers.
"""


class PageError(PostcheckError):
    """The page cannot take the table; says what to mend."""


def compare(page: Path = PAGE) -> str:
    """Compare all candidates, write the table into `page` and return what was written.

    Raises `DatasetError` for a draft that breaks the guide and `PageError` for a page whose
    markers are broken.
    """
    drafts = load_dataset()
    learn, asked = _sides(drafts)
    block = candidates_block(learn, asked, rows(learn, asked, _encoder()))
    put(page, CANDIDATES, block)
    return block


def draw_curve(page: Path = PAGE, *, with_network: bool = False) -> str:
    """Measure the learning curve, write its table into `page` and return what was written.

    `with_network` fine-tunes the network on each part too, which takes 2.5 hours on two cores.
    Raises as `compare` does.
    """
    drafts = load_dataset()
    learn, asked = _sides(drafts)
    cache = train.CACHE / train.cache_key(drafts)
    encoders = fine_tune_parts(learn, cache) if with_network else {}
    block = curve_block(learn, asked, curve(learn, asked, encoders))
    put(page, CURVE, block)
    return block


def _sides(drafts: Sequence[Labelled]) -> tuple[tuple[Labelled, ...], tuple[Labelled, ...]]:
    """Return the drafts to learn from and those to measure on, by other voices."""
    fold = hold_out(drafts)
    learn, asked = ([drafts[row] for row in rows] for rows in (fold.learn, fold.hold_out))
    return tuple(learn), tuple(asked)


def _encoder() -> Path | None:
    """Return the shipped encoder, which never learned from held-out voices; None before it."""
    if not (FOLDER / MODEL).exists():
        return None
    refuse_other_split(read_manifest())
    return FOLDER


def candidates_block(
    learn: Sequence[Labelled], asked: Sequence[Labelled], measured: Iterable[Row]
) -> str:
    """Return the table of the candidates with what it was measured on and how to read it."""
    lines = [(row.name, *_figures(row.figures), *_cost(row.cost)) for row in measured]
    told = _measured_on(learn, asked, "python -m model compare")
    return join((told, table(HEADING, lines), MEANING.strip(), FAIRNESS.strip())).rstrip()


def curve_block(learn: Sequence[Labelled], asked: Sequence[Labelled], steps: Iterable[Step]) -> str:
    """Return the table of the learning curve with what it was measured on."""
    lines = [
        (f"{step.voices} ({step.share * 100:.0f} %)", f"{step.drafts:,}", name, *_figures(one)[:4])
        for step in steps
        for name, one in step.figures.items()
    ]
    told = _measured_on(learn, asked, "python -m model curve")
    heading = ("voices", "drafts", *HEADING[:5])
    return join((told, table(heading, lines), CURVE_MEANING.strip())).rstrip()


def _measured_on(learn: Sequence[Labelled], asked: Sequence[Labelled], command: str) -> str:
    now = datetime.now(UTC)
    fine, review, stop = (sum(one.verdict is verdict for one in asked) for verdict in Verdict)
    return (
        f"Made by `{command}` on {now.day} {now:%B %Y}: learned from {len(learn):,} drafts by "
        f"{count_voices(learn)} voices, measured on {len(asked):,} drafts by {count_voices(asked)} "
        f"other voices ({fine} ok, {review} review, {stop} stop)."
    )


def _figures(figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return (NOT_TRAINED, *(NONE,) * 5)
    shares = (figures.flagged, figures.missed_stop)
    micro, macro = figures.category_micro, figures.category_macro
    return (
        *map(_three_places, (figures.macro_f1, figures.auc)),
        *map(percent, shares),
        *map(_three_places, (micro, macro)),
    )


def _three_places(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def _cost(cost: Cost | None) -> tuple[str, ...]:
    if cost is None:
        return (NONE,) * 3
    return f"{cost.milliseconds:.1f}", f"{cost.memory:.0f}", f"{cost.disk:.1f}"


def put(page: Path, marker: str, block: str) -> None:
    """Write `block` between the two comments named `marker`; all else in `page` stays as it is.

    A page that is missing is begun, and markers that are missing go to its end. Raises
    `PageError` where only one of them is there.
    """
    begin, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    whole = page.read_text(encoding="utf-8") if page.exists() else INTRODUCTION
    if begin not in whole and end not in whole:
        whole = f"{whole.rstrip()}\n\n{begin}\n{end}\n"
    before, opened, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not (opened and closed):
        raise PageError(f"{page}: one of “{begin}” and “{end}” is missing: put it back.")
    page.write_text(f"{before}{begin}\n{block}\n{end}{after}", encoding="utf-8")
