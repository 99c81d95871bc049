"""The trained encoder, run through onnxruntime: what it makes of a draft and of each word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from checker.draft import Account
from checker.evidence import Evidence
from checker.finding import Kind
from checker.verdict import Verdict

Array = np.ndarray[Any, Any]

MODEL, TOKENIZER = "encoder.onnx", "tokenizer.json"
# Word pieces read at once: about 190 words. Longer drafts are read in windows that share
# this many pieces, so that nothing falls between two.
LONGEST = 256
SHARED = 48
# Pieces that the encoder marks with at least this probability belong to a concern.
MARKED = 0.5


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of a draft.

    `logits` holds the verdict logits, then the category logits; `marked` the ranges of the
    plain text that carry a concern, each with its kind.
    """

    logits: Array = field(repr=False)
    marked: tuple[tuple[int, int, Kind], ...]


class Encoder:
    """Holds the ONNX session and the tokenizer; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / MODEL), options)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST, stride=SHARED)

    def encode(self, evidence: Evidence) -> Encoded:
        """Return what the encoder makes of one draft: the most worrying window decides."""
        reading = evidence.reading
        text = with_account(reading.draft.account, reading.plain.text)
        ahead = len(text) - len(reading.plain.text)
        encoding = self._tokenizer.encode(text)
        windows = [encoding, *encoding.overflowing]
        read = [self._run(window) for window in windows]
        worst = max((logits for logits, _ in read), key=_worry)
        marked = sorted(
            {
                _whole_words(mark, reading.plain.text)
                for window, (_, pieces) in zip(windows, read, strict=True)
                for mark in _marks(window, pieces, ahead)
            }
        )
        return Encoded(worst, tuple(_joined(marked)))

    def _run(self, window: Encoding) -> tuple[Array, Array]:
        """Return the draft's logits and the probability of each kind for each piece."""
        logits, pieces = self._session.run(
            None,
            {
                "input_ids": np.array([window.ids], dtype=np.int64),
                "attention_mask": np.array([window.attention_mask], dtype=np.int64),
            },
        )
        return logits[0], 1 / (1 + np.exp(-pieces[0][:, : len(Kind)]))


def with_account(account: Account, text: str) -> str:
    """Return `text` with the account in front, as the encoder was trained to read it."""
    return f"{account}: {text}"


def _worry(logits: Array) -> float:
    """Return how far a window's verdict leans away from ok."""
    ok = tuple(Verdict).index(Verdict.OK)
    return float(np.logaddexp.reduce(np.delete(logits[: len(Verdict)], ok)) - logits[ok])


def _marks(window: Encoding, pieces: Array, ahead: int) -> Iterator[tuple[int, int, Kind]]:
    for (start, end), row in zip(window.offsets, pieces, strict=True):
        if start >= ahead and end > start and row.max() >= MARKED:
            yield start - ahead, end - ahead, tuple(Kind)[int(row.argmax())]


def _whole_words(mark: tuple[int, int, Kind], text: str) -> tuple[int, int, Kind]:
    """Widen a mark on part of a word to the whole word."""
    start, end, kind = mark
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end, kind


def _joined(marks: list[tuple[int, int, Kind]]) -> Iterator[tuple[int, int, Kind]]:
    """Join marks of one kind that touch, or that one character parts."""
    current: tuple[int, int, Kind] | None = None
    for start, end, kind in marks:
        if current and kind is current[2] and start - current[1] <= 1:
            current = (current[0], max(end, current[1]), kind)
            continue
        if current:
            yield current
        current = (start, end, kind)
    if current:
        yield current
