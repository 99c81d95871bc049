"""The interval of a share is Wilson's, and says more the more was counted."""

from __future__ import annotations

import pytest

from webapp.interval import wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # z² is 3.8415: of none in ten the upper end is 3.8415 / 13.8415.
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (500, 1000, 0.469, 0.531),
    ],
)
def test_the_interval(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))
