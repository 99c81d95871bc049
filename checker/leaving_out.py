"""Which sentence of a draft weighed most: the one without which the reader worries least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from checker.encoder import worry
from checker.finding import Kind, Span
from checker.reading import Reading

LABEL = "reader.weighed"
# In a longer draft the last sentences are left out together: each costs a run of the encoder.
MOST_SENTENCES = 12


def heaviest_sentence(
    reading: Reading, encode: Callable[[Sequence[str]], Sequence[np.ndarray]]
) -> Span | None:
    """Return the sentence that weighed most, as a span of the author's text; None for one alone.

    `encode` returns the draft logits of each text. Each sentence is left out in turn; the one
    whose absence takes most from the likelihood of a breach is what the verdict hangs on.
    """
    ranges = _sentences(reading)
    if len(ranges) < 2:
        return None
    text = reading.plain.text
    without = [text[:start] + text[end:] for start, end in ranges]
    left = [worry(logits) for logits in encode(without)]
    start, end = ranges[int(np.argmin(left))]
    there, until = reading.plain.back(start, end)
    quote = reading.draft.text[there:until]
    return Span(there, until, quote, Kind.REMARK, LABEL)


def _sentences(reading: Reading) -> list[tuple[int, int]]:
    """Return the characters of each sentence of the plain text that says something."""
    tokens = zip(reading.doc, reading.sentence_of, strict=True)
    ranges: list[tuple[int, int]] = []
    for _, group in groupby(tokens, key=lambda one: min(one[1], MOST_SENTENCES - 1)):
        words = [token for token, _ in group if not token.is_space]
        if any(word.text[:1].isalnum() for word in words):
            ranges.append((words[0].idx, words[-1].idx + len(words[-1].text)))
    return ranges
