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

from checker.encoder import Encoder
from checker.errors import ClassifierError
from checker.evidence import Evidence
from checker.features import Example, FeatureMaker
from checker.finding import Similar
from checker.judge import Thresholds
from checker.opinion import Opinion
from checker.verdict import Category, Verdict

FOLDER = Path(__file__).parent / "trained"
MANIFEST = "manifest.json"
HEADS = "reader.joblib"
RETRAIN = "train it anew with “python -m model train”"
NEAREST = 2


@dataclass(frozen=True, slots=True)
class Heads:
    """What training leaves behind: features, the two calibrated heads, and the labelled drafts.

    `verdict_head` and `category_head` map a feature matrix to probabilities, columns in the order of
    `Verdict` and `Category`. `neighbours` holds unit rows, one for each of `drafts`.
    """

    features: FeatureMaker
    verdict_head: Any
    category_head: Any
    neighbours: Any = field(repr=False)
    drafts: tuple[Similar, ...] = field(repr=False)


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
        vectors = self._vectors([evidence for evidence, _ in drafts])
        examples = [example for _, example in drafts]
        features = self._heads.features.transform(examples, vectors)
        verdicts = self._heads.verdict_head.predict_proba(features)
        categories = self._heads.category_head.predict_proba(features)
        return [
            self._opinion(drafts[row][0], verdicts[row], categories[row], features[row], vectors)
            for row in range(len(drafts))
        ]

    def _vectors(self, evidence: list[Evidence]) -> np.ndarray[Any, Any] | None:
        if self._encoder is None:
            return None
        return self._encoder.encode(evidence)

    def _opinion(
        self,
        evidence: Evidence,
        verdicts: np.ndarray[Any, Any],
        categories: np.ndarray[Any, Any],
        row: Any,
        vectors: np.ndarray[Any, Any] | None,
    ) -> Opinion:
        return Opinion(
            verdicts=dict(zip(Verdict, map(float, verdicts), strict=True)),
            categories=dict(zip(Category, map(float, categories), strict=True)),
            sentence=(0, 0),
            quote="",
            similar=(),
        )


def load_classifier(folder: Path = FOLDER) -> Classifier:
    """Load the learned reader from `folder`.

    Raises `ClassifierError`, one clear sentence, where a file is missing, was changed, or was made
    with another version of scikit-learn. joblib files can run code: only a file whose SHA-256
    stands in the manifest is opened.
    """
    manifest = _manifest(folder)
    if manifest["versions"]["scikit-learn"] != sklearn.__version__:
        raise ClassifierError(
            f"The learned reader was made with scikit-learn {manifest['versions']['scikit-learn']} "
            f"and {sklearn.__version__} is installed: {RETRAIN}."
        )
    for name, expected in manifest["files"].items():
        if _sha256(folder / name) != expected:
            raise ClassifierError(f"The learned reader's file {name} was changed: {RETRAIN}.")
    heads = joblib.load(folder / HEADS)
    encoder = Encoder(folder) if "encoder.onnx" in manifest["files"] else None
    return Classifier(heads, encoder, Thresholds(**manifest["thresholds"]), manifest["id"])


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
