"""The learned reader: loads its trained files, refuses what it cannot trust, and gives opinions."""

from __future__ import annotations

import hashlib
import json
import logging
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
import sklearn

from checker.draft import Account, Draft
from checker.encoder import MODEL, TOKENIZER, Encoded, Encoder
from checker.errors import ClassifierError
from checker.evidence import Evidence
from checker.features import count_marks
from checker.finding import Finding, Kind, Span
from checker.heads import Decision, Heads, Neighbours
from checker.judge import Thresholds
from checker.leaving_out import heaviest_sentence
from checker.opinion import Opinion
from checker.plain import Plain, make_plain
from checker.reading import Reading
from checker.verdict import Category, Verdict

if TYPE_CHECKING:
    # What fits heads takes a while to import, and a checker seldom needs it.
    from checker.fitting import Fitted

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "trained"
MANIFEST = "manifest.json"
HEADS = "reader.joblib"
RETRAIN = "install Postcheck anew, or train it in its source with “python -m model train”"
NEAREST = 2
# Processors round int8 products a little differently; a broken file is off by whole units.
PROBE_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands beside the trained files: their hashes, versions, thresholds and probes.

    `rulebook` is the hash of the rulebook whose findings the heads learned from. A probe is a
    short text with the logits that the encoder gave it when it was trained.
    """

    id: str
    files: dict[str, str]
    versions: dict[str, str]
    thresholds: dict[Account, Thresholds]
    probes: tuple[tuple[str, tuple[float, ...]], ...]
    rulebook: str


class Classifier:
    """Gives an opinion on drafts that were read and checked against the rules."""

    def __init__(self, heads: Heads, encoder: Encoder, manifest: Manifest) -> None:
        self._heads = heads
        self._decision = Decision(heads)
        self._neighbours = Neighbours(heads)
        self._encoder = encoder
        self.thresholds = manifest.thresholds
        self.version = manifest.id
        self.encoder_hash = manifest.files[MODEL]
        self.rulebook = manifest.rulebook

    def with_heads(self, fitted: Fitted, name: str) -> Classifier:
        """Return one with heads that were fitted anew, called `name`; the rest is shared."""
        other = copy(self)
        other._heads = fitted.beside(self._heads)
        other._decision = Decision(other._heads)
        other.version = f"{self.version}, {name}"
        return other

    def encode(self, draft: Draft, plain: Plain) -> Encoded:
        """Return what the encoder makes of a draft, for the detectors and for `opine`."""
        return self._encoder.encode(draft, plain)

    def opine(self, evidence: Evidence, findings: tuple[Finding, ...]) -> Opinion:
        """Return the opinion on a draft; `findings` are what the rules alone find in it."""
        reading = evidence.reading
        encoded = evidence.encoded or self.encode(reading.draft, reading.plain)
        marks = count_marks(evidence, findings)
        features = self._heads.features(encoded.logits[None], [marks])
        verdicts, categories = self._decision.probabilities(features)

        def weigh() -> Span | None:
            # As a draft, window by window: the sentence may stand past the first one.
            return heaviest_sentence(
                reading,
                lambda texts: [self.encode(reading.draft, make_plain(t)).logits for t in texts],
            )

        return Opinion(
            verdicts=dict(zip(Verdict, map(float, verdicts[0]), strict=True)),
            categories=dict(zip(Category, map(float, categories[0]), strict=True)),
            marks=_marks(reading, encoded),
            find_similar=lambda: self._neighbours.nearest(encoded.vector, NEAREST),
            weigh=weigh,
        )


def _marks(reading: Reading, encoded: Encoded) -> tuple[Span, ...]:
    """Return the words that the encoder marked, as spans of the author's text."""
    spans = []
    for one in encoded.marked:
        start, end = reading.back(one.start, one.end)
        kind = Kind(one.label)
        spans.append(Span(start, end, reading.draft.text[start:end], kind, "reader.marked"))
    return tuple(spans)


def try_classifier(rulebook: str) -> tuple[Classifier | None, str]:
    """Return the shipped learned reader, or None and why it cannot be used.

    `rulebook` is the hash of the rulebook in use. Whatever is amiss is said once, in the log.
    """
    try:
        classifier = load_classifier()
    except ClassifierError as error:
        log.warning("Checking by rules alone: %s", error)
        return None, str(error)
    if classifier.rulebook != rulebook:
        # It looks at what rules find, a little: with others it still serves, less exactly.
        log.warning(
            "The learned reader was trained beside rulebook %s and %s is in use: its figures may "
            "be off until it is trained anew with “python -m model train”.",
            classifier.rulebook,
            rulebook,
        )
    return classifier, ""


def load_classifier(folder: Path = FOLDER) -> Classifier:
    """Load the learned reader from `folder`.

    Raises `ClassifierError`, one clear sentence, where a file is missing, was changed, or was made
    with another version of scikit-learn, or where the encoder fails its probes. joblib files can
    run code: only a file whose SHA-256 stands in the manifest is opened.
    """
    manifest = load_manifest(folder)
    made_with = manifest.versions["scikit-learn"]
    if made_with != sklearn.__version__:
        raise ClassifierError(
            f"The learned reader was made with scikit-learn {made_with} "
            f"and {sklearn.__version__} is installed: {RETRAIN}."
        )
    for name, expected in manifest.files.items():
        if _sha256(folder / name) != expected:
            raise ClassifierError(f"The learned reader's file {name} was changed: {RETRAIN}.")
    try:
        encoder, heads = Encoder(folder), joblib.load(folder / HEADS)
        classifier = Classifier(heads, encoder, manifest)
        _probe(encoder, manifest)
    except ClassifierError:
        raise
    except Exception as error:
        # onnxruntime, tokenizers and joblib each raise errors of their own for a torn file.
        raise ClassifierError(
            f"The learned reader's files cannot be read ({type(error).__name__}): {RETRAIN}."
        ) from None
    return classifier


def load_manifest(folder: Path = FOLDER) -> Manifest:
    """Return the manifest in `folder`; raises `ClassifierError` where there is none that fits."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ClassifierError(f"The learned reader has not been trained: {RETRAIN}.")
    try:
        return _parse(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError):
        raise ClassifierError(
            f"The learned reader's manifest is of another kind: {RETRAIN}."
        ) from None


def _parse(values: dict[str, Any]) -> Manifest:
    files = {name: str(values["files"][name]) for name in (HEADS, MODEL, TOKENIZER)}
    return Manifest(
        id=str(values["id"]),
        files=files,
        versions={"scikit-learn": str(values["versions"]["scikit-learn"])},
        thresholds={one: Thresholds(**values["thresholds"][one]) for one in Account},
        probes=tuple((one["text"], tuple(one["logits"])) for one in values["probes"]),
        rulebook=str(values["rulebook"]),
    )


def _probe(encoder: Encoder, manifest: Manifest) -> None:
    """Hold the encoder against the answers it gave when it was trained."""
    for text, expected in manifest.probes:
        got = encoder.logits(text)
        if not np.allclose(got, expected, atol=PROBE_TOLERANCE):
            raise ClassifierError(
                "The learned reader answers otherwise on this machine than where it was trained: "
                f"{RETRAIN}."
            )


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise ClassifierError(f"The learned reader's file {path.name} is missing: {RETRAIN}.")
    return hashlib.sha256(path.read_bytes()).hexdigest()
