"""How readily the learned reader raises a draft: a factor on the odds, within what was measured."""

from __future__ import annotations

from checker.judge import Thresholds

# Times as readily as shipped.
LEAST, MOST = 0.2, 5.0
# Thresholds outside these would be guesses: the evaluation has hardly any drafts beyond them.
LOWEST, HIGHEST = 0.05, 0.95


def stricter(thresholds: Thresholds, factor: float) -> Thresholds:
    """Return thresholds at which the odds of a breach need be only 1/`factor` of the shipped ones.

    1 leaves them as they are; 2 raises about what is half as likely to be a breach; ½ is milder.
    """
    if factor == 1.0:
        return thresholds
    return Thresholds(
        raise_review=_move(thresholds.raise_review, factor),
        raise_stop=_move(thresholds.raise_stop, factor),
        clear=_move(thresholds.clear, factor),
    )


def _move(probability: float, factor: float) -> float:
    moved = probability / (probability + (1 - probability) * factor)
    return min(max(moved, LOWEST), HIGHEST)
