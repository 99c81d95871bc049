"""How sure a share is that was counted on few: the interval of Wilson's."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

# In nineteen of twenty cases the true share is within.
SURE = 0.95


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the least and the greatest share that `hits` out of `of` speak for.

    `of` is one or more.
    """
    z = NormalDist().inv_cdf((1 + SURE) / 2)
    share, extra = hits / of, z * z / of
    middle = share + extra / 2
    reach = z * sqrt((share * (1 - share) + extra / 4) / of)
    return max(0.0, (middle - reach) / (1 + extra)), min(1.0, (middle + reach) / (1 + extra))
