"""What the learned reader makes of a draft: calibrated probabilities with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checker.finding import Similar, Span
from checker.verdict import Category, Verdict


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities for each verdict (they add up to 1) and each category (each on its own).

    `marks` are the words that carry the concern as the reader sees it; `find_similar` looks up
    the nearest labelled drafts of our own, and `weigh` the sentence that weighed most, when a
    finding needs them as a reason.
    """

    verdicts: Mapping[Verdict, float]
    categories: Mapping[Category, float]
    marks: tuple[Span, ...] = ()
    find_similar: Callable[[], tuple[Similar, ...]] = tuple
    weigh: Callable[[], Span | None] = lambda: None

    @property
    def breach(self) -> float:
        """Return the probability that the draft is not ok."""
        return 1.0 - self.verdicts[Verdict.OK]
