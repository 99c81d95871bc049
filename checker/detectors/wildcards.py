"""Words with a star in them, such as "resus*": all are held against a word in one pass by RE2.

Finds   "resuscitated" for "resus*", "labour" for "lab*r"
Leaves  "label" for "lab*r": the whole word must fit
"""

from __future__ import annotations

from collections.abc import Sequence

import re2

from checker.errors import RulebookError

STAR = "*"
# What a star stands for within one token. Letters alone would make patterns of a thousand states.
ANYTHING = ".*"
# More than the patterns of a council's overlay and a service's can need (tested).
MOST_MEMORY = 64 * 1024 * 1024


class Wildcards:
    """Patterns of single words; the cost of asking does not grow with their number.

    Raises `RulebookError` where the patterns together are too large.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        options = re2.Options()
        options.max_mem = MOST_MEMORY
        options.log_errors = False
        self._set = re2.Set.FullMatchSet(options)
        for pattern in self._patterns:
            self._set.Add(ANYTHING.join(map(re2.escape, pattern.split(STAR))))
        try:
            self._set.Compile()
        except re2.error:
            raise RulebookError(
                f"{len(self._patterns):,} words with a * are too many: write some of them in full."
            ) from None

    def fitting(self, word: str) -> tuple[str, ...]:
        """Return the patterns that the lower-case `word` fits."""
        if not self._patterns:
            return ()
        # Half of a character pair has no UTF-8; a draft cannot hold one, a lemma might.
        found = self._set.Match(word.encode("utf-8", "replace"))
        return tuple(self._patterns[at] for at in found or ())
