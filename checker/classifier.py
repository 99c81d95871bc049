"""The learned reader: loads its trained files, refuses what it cannot trust, and gives opinions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import sklearn

from checker.encoder import MODEL, Encoded, Encoder
from checker.errors import ClassifierError
from checker.evidence import Evidence
from checker.features import Example, FeatureMaker
from checker.finding import Similar, Span
from checker.judge import Thresholds
from checker.opinion import Opinion
from checker.verdict import Category, Verdict

Array = np.ndarray[Any, Any]

FOLDER = Path(__file__).parent / "trained"
MANIFEST = "manifest.json"
HEADS = "reader.joblib"
RETRAIN = "train it anew with “python -m model train”"
NEAREST = 2


@dataclass(frozen=True, slots=True)
class Heads:
    """What training leaves behind: features, the two calibrated heads, and the labelled drafts.

    `verdict_head` and `category_head` map a feature matrix to probabilities, columns in the
    order of `Verdict` and `Category`. `neighbours` holds unit rows, one for each of `drafts`.
    """

    features: FeatureMaker
    verdict_head: Any
    category_head: Any
    neighbours: Any = field(repr=False)
    drafts: tuple[Similar, ...] = field(repr=False)

    def nearest(self, examples: Sequence[Example]) -> list[tuple[Similar, ...]]:
        """Return for each example the labelled drafts with the likest words."""
        likeness = self.features.read_words(examples) @ self.neighbours.T
        best = np.argsort(-likeness.toarray(), axis=1)[:, :NEAREST]
        return [tuple(self.drafts[at] for at in row) for row in best]


class Classifier:
    """Gives an opinion on drafts that were read and checked against the rules."""

    def __init__(
        self, heads: Heads, encoder: Encoder | None, thresholds: Thresholds, version: str
    ) -> None:
        self._heads = heads
        self._encoder = encoder
        self.thresholds = thresholds
        self.version = version

    def opine(self, drafts: Sequence[tuple[Evidence, Example]]) -> list[Opinion]:
        """Return the opinion on each draft, all computed in one batch."""
        encoder = self._encoder
        encoded = [encoder.encode(evidence) for evidence, _ in drafts] if encoder else None
        examples = [example for _, example in drafts]
        logits = np.vstack([one.logits for one in encoded]) if encoded else None
        features = self._heads.features.transform(examples, logits)
        verdicts = blend(self._heads.verdict_head.predict_proba(features), logits)
        categories = self._heads.category_head.predict_proba(features)
        likes = self._heads.nearest(examples)
        return [
            Opinion(
                verdicts=dict(zip(Verdict, map(float, verdicts[row]), strict=True)),
                categories=dict(zip(Category, map(float, categories[row]), strict=True)),
                marks=self._marks(drafts[row][0], encoded[row] if encoded else None),
                similar=likes[row],
            )
            for row in range(len(drafts))
        ]

    def _marks(self, evidence: Evidence, encoded: Encoded | None) -> tuple[Span, ...]:
        """Return the words that the encoder marked, as spans of the author's text."""
        reading = evidence.reading
        spans = []
        for start, end, kind in encoded.marked if encoded else ():
            there, until = reading.plain.back(start, end)
            quote = reading.draft.text[there:until]
            spans.append(Span(there, until, quote, kind, "reader.marked"))
        return tuple(spans)


def blend(verdicts: Array, logits: Array | None) -> Array:
    """Return the heads' verdict probabilities, averaged with the encoder's own where it is used.

    The heads are fitted on networks that read half of the drafts each, and trust them less
    than the network that read them all deserves.
    """
    if logits is None:
        return verdicts
    raised = np.exp(logits[:, : len(Verdict)] - logits[:, : len(Verdict)].max(1, keepdims=True))
    mean: Array = (verdicts + raised / raised.sum(1, keepdims=True)) / 2
    return mean


def load_classifier(folder: Path = FOLDER) -> Classifier:
    """Load the learned reader from `folder`.

    Raises `ClassifierError`, one clear sentence, where a file is missing, was changed, or was made
    with another version of scikit-learn. joblib files can run code: only a file whose SHA-256
    stands in the manifest is opened.
    """
    manifest = _manifest(folder)
    try:
        made_with = manifest["versions"]["scikit-learn"]
        files: dict[str, str] = manifest["files"]
        thresholds = Thresholds(**manifest["thresholds"])
        version = str(manifest["id"])
    except (KeyError, TypeError):
        raise ClassifierError(
            f"The learned reader's manifest is of another kind: {RETRAIN}."
        ) from None
    if made_with != sklearn.__version__:
        raise ClassifierError(
            f"The learned reader was made with scikit-learn {made_with} "
            f"and {sklearn.__version__} is installed: {RETRAIN}."
        )
    for name, expected in files.items():
        if _sha256(folder / name) != expected:
            raise ClassifierError(f"The learned reader's file {name} was changed: {RETRAIN}.")
    encoder = Encoder(folder) if MODEL in files else None
    return Classifier(joblib.load(folder / HEADS), encoder, thresholds, version)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise ClassifierError(f"The learned reader has not been trained: {RETRAIN}.")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise ClassifierError(f"The learned reader's file {path.name} is missing: {RETRAIN}.")
    return hashlib.sha256(path.read_bytes()).hexdigest()
