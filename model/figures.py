"""The figures by which a checker is judged: breaches flagged, stops missed, false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from checker.draft import Account
from checker.judge import Thresholds
from model.dataset import Labelled
from model.heads import decide, verdict_numbers

Array = np.ndarray[Any, Any]


def verdict_figures(
    drafts: Sequence[Labelled],
    verdicts: Array,
    categories: Array,
    thresholds: dict[Account, Thresholds],
) -> dict[str, float]:
    """Return the figures of the reader's probabilities under `thresholds`."""
    got = decide(drafts, verdicts, categories, thresholds)
    return {
        **shares(verdict_numbers(drafts), got),
        "calibration error": calibration(drafts, verdicts),
    }


def shares(wanted: Array, got: Array) -> dict[str, float]:
    """Return the shares that the labelling guide names, for verdicts as 0 ok, 1 review, 2 stop."""
    fine, breach, stop = wanted == 0, wanted > 0, wanted == 2
    found = {
        "flagged": np.mean(got[breach] > 0),
        "missed stop": np.mean(got[stop] == 0),
        "stop recall": np.mean(got[stop] == 2),
        "false alarm": np.mean(got[fine] > 0),
        "false stop": np.mean(got[fine] == 2),
        "macro F1": f1_score(wanted, got, average="macro"),
    }
    return {name: round(float(value), 4) for name, value in found.items()}


def calibration(drafts: Sequence[Labelled], verdicts: Array, bins: int = 10) -> float:
    """Return the expected calibration error of the probability of a breach, over equal bins."""
    wanted = verdict_numbers(drafts) > 0
    breach = 1 - verdicts[:, 0]
    places = np.minimum((breach * bins).astype(int), bins - 1)
    errors = [
        np.mean(places == place)
        * abs(np.mean(breach[places == place]) - np.mean(wanted[places == place]))
        for place in range(bins)
        if np.any(places == place)
    ]
    return round(float(sum(errors)), 4)
