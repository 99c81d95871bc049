"""Writes the page about an evaluation: every figure as a table, and what it was measured on."""

from __future__ import annotations

from collections.abc import Iterator

from checker.verdict import Verdict
from model.markdown import NONE, difference, join, percent, signed, table, with_interval
from model.plots import PRECISION_RECALL, RELIABILITY
from model.slices import FAIR, Gap
from model.stored import Evaluation, Headline, Part, Stored, WayFigures

HELD_OUT = "held-out voices"
FOLDER = "evaluation"
MEANINGS = """\
*Flagged*: of the drafts labelled review or stop, those not passed as ok. *Missed stop*: of the
drafts labelled stop, those passed as ok. *Stop recall*: of the drafts labelled stop, those given
stop. *False alarm*: of the drafts labelled ok, those flagged; *false stop*: those given stop.
*Macro F1*: the mean F1 of the three verdicts. *Category F1*: over all categories of all drafts
together. *Calibration error*: how far, on average, the probability of a breach lies from the
share of drafts that are one. In brackets: the 95 % interval of 300 bootstrap draws."""
NOT_MEASURED = """\
The held-out voices were not measured: none of the labelled drafts is by one of them."""
AXIS_TITLES = {"function": "what the draft does", "trait": "trait (a draft may have several)"}


def make_page(evaluation: Evaluation, before: Stored | None, *, plots: bool) -> str:
    """Return the page as Markdown; `before` are the figures of the reader before this one."""
    blocks = [
        "# Evaluation of the learned reader",
        f"Made by `python -m model evaluate` on {evaluation.date[:10]}: Postcheck "
        f"{evaluation.postcheck}, rulebook {evaluation.rulebook}, learned reader "
        f"{evaluation.model}. The same figures for programs: "
        f"[{evaluation.model}.json]({FOLDER}/{evaluation.model}.json).",
        MEANINGS,
        *_comparison(evaluation, before),
    ]
    if all(part.name != HELD_OUT for part in evaluation.parts):
        blocks.append(NOT_MEASURED)
    if plots:
        blocks += _plots()
    for part in evaluation.parts:
        blocks += _part(part)
    return join(blocks)


def _plots() -> Iterator[str]:
    yield "## Plots"
    yield "Their numbers stand in the tables below, under “how far the probability can be trusted”."
    yield f"![How often drafts with a given probability are a breach]({FOLDER}/{RELIABILITY})"
    yield f"![Precision against recall of the probability]({FOLDER}/{PRECISION_RECALL})"


def _comparison(evaluation: Evaluation, before: Stored | None) -> Iterator[str]:
    yield "## This version and the one before"
    if before is None:
        yield "There are no figures of an earlier reader to compare with."
        return
    yield f"This version: {evaluation.model}. The one before: {before.model} ({before.date[:10]})."
    for part in evaluation.parts:
        earlier = before.headlines.get(part.name)
        if earlier is None or earlier.way != part.ways[0].way:
            yield f"On {part.name}, the one before was not measured."
        else:
            yield from _beside(part, earlier)


def _beside(part: Part, earlier: Headline) -> Iterator[str]:
    yield f"On {part.name}, {earlier.way}:"
    rows = [("drafts", str(part.count), str(earlier.count), "")]
    for name, share in part.ways[0].shares.items():
        old = earlier.shares.get(name)
        value = old.value if old else None
        change = difference(share.value, value)
        rows.append((name, percent(share.value), percent(value), change))
    yield table(("figure", "this version", "the one before", "change in points"), rows)
    if part.fingerprint != earlier.fingerprint:
        yield "**The two were not measured on the same drafts**, so the change says little."


def _part(part: Part) -> Iterator[str]:
    yield f"## On {part.name}"
    yield part.about
    yield "### Verdicts"
    yield _verdicts(part)
    for way in part.ways:
        yield f"How the {way.way} judged the drafts (rows: as labelled; columns: as given):"
        yield _confusion(way)
    yield "### Categories"
    yield _categories(part)
    yield "### Kinds of draft"
    yield f"By the {part.ways[0].way}. {NONE} stands where there is no such draft to count."
    yield from _slices(part.ways[0])
    yield "### Fairness"
    yield from _fairness(part.ways[0])
    yield "### How far the probability can be trusted"
    yield from _probability(part)


def _verdicts(part: Part) -> str:
    heading = ("figure", *(way.way for way in part.ways))
    names = list(dict.fromkeys(name for way in part.ways for name in way.shares))
    return table(
        heading,
        ((name, *(with_interval(way.shares.get(name)) for way in part.ways)) for name in names),
    )


def _confusion(way: WayFigures) -> str:
    return table(
        ("labelled", *Verdict),
        ((name, *row) for name, row in zip(Verdict, way.confusion, strict=True)),
    )


def _categories(part: Part) -> str:
    first, *others = part.ways
    heading = ["category", "labelled", "given", "precision", "recall", "F1"]
    heading += [f"F1, {way.way}" for way in others]
    rows = []
    for at, one in enumerate(first.categories):
        shares = (one.precision, one.recall, one.f1, *(way.categories[at].f1 for way in others))
        rows.append((one.category, one.labelled, one.given, *map(percent, shares)))
    return table(heading, rows)


def _slices(way: WayFigures) -> Iterator[str]:
    for axis in dict.fromkeys(one.axis for one in way.slices):
        rows = [
            (
                one.name,
                one.count,
                percent(one.right),
                percent(one.flagged),
                percent(one.false_alarm),
            )
            for one in way.slices
            if one.axis == axis
        ]
        title = AXIS_TITLES.get(axis, axis)
        if axis != "file" or len(rows) > 1:
            yield table((title, "drafts", "right verdict", "flagged", "false alarm"), rows)


def _fairness(way: WayFigures) -> Iterator[str]:
    yield (
        f"False alarms by the {way.way} on each way of writing, beside those on standard English "
        f"(neither dialect nor textspeak). They should lie within {FAIR:.0f} points of each other. "
        "In brackets: the 95 % interval of the gap (Newcombe's)."
    )
    yield table(
        ("way of writing", "fine drafts", "false alarm", "standard English", "gap in points",
         f"within {FAIR:.0f} points"),
        map(_gap, way.fairness),
    )  # fmt: skip
    yield "The whole checker gives review to every draft in a language that it cannot read."


def _gap(gap: Gap) -> tuple[str, ...]:
    points = gap.points
    told = NONE
    if points.value is not None and points.low is not None and points.high is not None:
        told = f"{signed(points.value)} ({signed(points.low)} to {signed(points.high)})"
    beside = f"{percent(gap.standard_rate)} of {gap.standard_fine}"
    return gap.name, str(gap.fine), percent(gap.rate), beside, told, _fair(gap)


def _fair(gap: Gap) -> str:
    if gap.is_fair is None:
        return NONE
    told = "yes" if gap.is_fair else "**no**"
    return told if gap.is_sure else f"{told}, but too few drafts to be sure"


def _probability(part: Part) -> Iterator[str]:
    yield (
        "The learned reader's probability that a draft is a breach, in bins. The expected "
        f"calibration error is {percent(part.calibration_error)}."
    )
    yield table(
        ("probability", "drafts", "mean probability", "share that are a breach"),
        (
            (
                f"{one.low:.1f} to {one.high:.1f}",
                one.count,
                percent(one.mean),
                percent(one.breaches),
            )
            for one in part.bins
        ),
    )
    yield "If every draft from a given probability on were flagged:"
    yield table(
        ("from", "flagged drafts", "precision", "recall"),
        (
            (f"{one.cut:.2f}", one.flagged, percent(one.precision), percent(one.recall))
            for one in part.curve
        ),
    )
