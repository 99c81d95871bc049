"""The trained sentence encoder, run through onnxruntime: drafts in, vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from checker.evidence import Evidence

# Longer drafts are read in windows of this many word pieces.
LONGEST = 160


class Encoder:
    """Holds the ONNX session and the tokenizer; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        self._session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, drafts: Sequence[Evidence]) -> np.ndarray[Any, Any]:
        """Return one row of outputs for each draft."""
        return np.vstack([self._encode_one(text_for_encoder(one)) for one in drafts])

    def _encode_one(self, text: str) -> np.ndarray[Any, Any]:
        pieces = self._tokenizer.encode(text)
        outputs = self._session.run(
            None,
            {
                "input_ids": np.array([pieces.ids], dtype=np.int64),
                "attention_mask": np.array([pieces.attention_mask], dtype=np.int64),
            },
        )
        row: np.ndarray[Any, Any] = outputs[0][0]
        return row


def text_for_encoder(evidence: Evidence) -> str:
    """Return the plain text with the account in front, as the encoder was trained to read it."""
    return f"{evidence.reading.draft.account}: {evidence.reading.plain.text}"
