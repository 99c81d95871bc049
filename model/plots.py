"""Draws the reliability plot and the precision–recall curve, to be read in grey too."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker.errors import PostcheckError
from model.stored import Part

RELIABILITY, PRECISION_RECALL = "reliability.png", "precision-recall.png"
SIZE, DOTS = (6.0, 5.0), 120
# Each part has a marker and a kind of line of its own: nothing is told by colour.
STYLES = (
    {"marker": "o", "linestyle": "-", "color": "black"},
    {"marker": "s", "linestyle": "--", "color": "dimgrey", "markerfacecolor": "white"},
)


class PlotError(PostcheckError):
    """Plots are wanted and cannot be drawn; says what to install."""


def refuse_without_matplotlib() -> None:
    """Raise `PlotError` where matplotlib, which only training needs, is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        raise PlotError(
            "Plots need matplotlib: install it with “pip install postcheck[train]”, "
            "or leave them out with --no-plots."
        )


def draw_plots(parts: Sequence[Part], folder: Path) -> None:
    """Write both plots of all `parts` into `folder`; raises `PlotError` without matplotlib."""
    refuse_without_matplotlib()
    folder.mkdir(parents=True, exist_ok=True)
    _draw_reliability(parts, folder / RELIABILITY)
    _draw_curve(parts, folder / PRECISION_RECALL)


def _draw_reliability(parts: Sequence[Part], path: Path) -> None:
    figure, axes = _canvas("Reliability of the probability of a breach")
    axes.plot((0, 1), (0, 1), linestyle=":", color="grey", label="as it should be")
    for part, style in zip(parts, STYLES, strict=False):
        means, breaches = [one.mean for one in part.bins], [one.breaches for one in part.bins]
        axes.plot(means, breaches, label=part.name, **style)
    axes.set_xlabel("probability that the learned reader gives (mean of the bin)")
    axes.set_ylabel("share of drafts that are a breach")
    axes.legend(loc="upper left")
    _save(figure, path)


def _draw_curve(parts: Sequence[Part], path: Path) -> None:
    figure, axes = _canvas("Precision and recall of the probability of a breach")
    for part, style in zip(parts, STYLES, strict=False):
        points = [one for one in part.curve if None not in (one.precision, one.recall)]
        recalls = [one.recall for one in points]
        axes.plot(recalls, [one.precision for one in points], label=part.name, **style)
    axes.set_xlabel("recall: share of breaches that would be flagged")
    axes.set_ylabel("precision: share of flagged drafts that are a breach")
    axes.legend(loc="lower left")
    _save(figure, path)


def _canvas(title: str) -> tuple[Any, Any]:
    """Return a figure and its axes from 0 to 1, without pyplot, which keeps state."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots()
    axes.set_title(title)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    axes.grid(color="lightgrey", linewidth=0.6)
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    # Without the version of matplotlib in it, the same figures make the same file.
    figure.savefig(path, dpi=DOTS, metadata={"Software": None})
