"""What the learned reader makes of a draft: calibrated probabilities with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.finding import Similar, Span
from checker.verdict import Category, Verdict


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities for each verdict (they add up to 1) and each category (each on its own).

    `marks` are the words that carry the concern as the reader sees it; `similar` are the
    nearest labelled drafts of our own.
    """

    verdicts: Mapping[Verdict, float]
    categories: Mapping[Category, float]
    marks: tuple[Span, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def breach(self) -> float:
        """Return the probability that the draft is not ok."""
        return 1.0 - self.verdicts[Verdict.OK]
