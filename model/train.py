"""Trains the learned reader and writes its files with their manifest; seeded and resumable."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import sklearn
from tqdm import tqdm

import checker
from checker.classifier import FOLDER, HEADS, MANIFEST
from checker.encoder import MODEL, TOKENIZER
from checker.engine import Checker, load_checker
from checker.features import Example, make_example
from checker.judge import Thresholds
from model import dataset
from model.dataset import Labelled, load_dataset
from model.figures import verdict_figures
from model.heads import choose_thresholds, fit_heads, held_out
from model.split import SEED, folds

Array = np.ndarray[Any, Any]

# Where unfinished work is kept, so that a broken run goes on from its last network.
CACHE = Path("build") / "training"
# Two halves read each other: outputs on drafts that a network was not trained on, at the price
# of one more training run.
HALVES = 2
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Prepared:
    """The labelled drafts with what the heads look at, row by row."""

    drafts: tuple[Labelled, ...]
    examples: tuple[Example, ...]
    rulebook: str


def prepare(drafts: Sequence[Labelled], engine: Checker | None = None) -> Prepared:
    """Read every draft, apply the rules, and return the examples for the heads."""
    engine = engine or load_checker(with_reader=False)
    examples: list[Example] = []
    for begin in tqdm(range(0, len(drafts), CHUNK), desc="reading drafts"):
        part = [one.draft for one in drafts[begin : begin + CHUNK]]
        examples += [make_example(*gathered) for gathered in engine.gather(part)]
    return Prepared(tuple(drafts), tuple(examples), engine.rulebook.hash)


def train(*, encoder: bool = True, folder: Path = FOLDER) -> dict[str, Any]:
    """Train on all labelled drafts, write the files into `folder` and return the manifest."""
    prepared = prepare(load_dataset())
    folder.mkdir(parents=True, exist_ok=True)
    logits = _cross_fitted(prepared.drafts, folder) if encoder else None
    verdicts, _ = held_out(prepared.drafts, prepared.examples, logits)
    thresholds = choose_thresholds(prepared.drafts, verdicts)
    heads = fit_heads(prepared.drafts, prepared.examples, logits)
    joblib.dump(heads, folder / HEADS, compress=("zlib", 9))
    if not encoder:
        (folder / MODEL).unlink(missing_ok=True)
        (folder / TOKENIZER).unlink(missing_ok=True)
    figures = verdict_figures(prepared.drafts, verdicts, thresholds)
    manifest = _manifest(folder, prepared, thresholds, figures)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def _cross_fitted(drafts: Sequence[Labelled], folder: Path) -> Array:
    """Train the encoder on each half and on all; return logits that no network learned by heart."""
    from model.finetune import CATEGORIES, VERDICTS, FineTuning, export

    key = hashlib.sha256("".join(one.id + one.draft.text for one in drafts).encode()).hexdigest()
    cache = CACHE / key[:12]
    cache.mkdir(parents=True, exist_ok=True)
    logits = np.zeros((len(drafts), len(VERDICTS) + len(CATEGORIES)), dtype=np.float32)
    for number, fold in enumerate(folds(drafts, HALVES)):
        kept = cache / f"half-{number}.npy"
        if not kept.exists():
            tuning = FineTuning(SEED + number)
            tuning.train([drafts[row] for row in fold.learn])
            np.save(kept, tuning.predict([drafts[row] for row in fold.hold_out]))
        logits[list(fold.hold_out)] = np.load(kept)
    if not (cache / MODEL).exists():
        tuning = FineTuning(SEED)
        tuning.train(drafts)
        export(tuning, cache)
    for name in (MODEL, TOKENIZER):
        shutil.copy(cache / name, folder / name)
    return logits


def _manifest(
    folder: Path, prepared: Prepared, thresholds: Thresholds, figures: dict[str, float]
) -> dict[str, Any]:
    names = [name for name in (HEADS, MODEL, TOKENIZER) if (folder / name).exists()]
    files = {name: _sha256(folder / name) for name in names}
    return {
        "id": f"{datetime.now(UTC):%Y-%m-%d}-{files[HEADS][:8]}",
        "files": files,
        "data": {
            "drafts": len(prepared.drafts),
            "files": {path.name: _sha256(path) for path in sorted(dataset.FOLDER.glob("*.jsonl"))},
        },
        "code": {path.name: _sha256(path) for path in sorted(Path(__file__).parent.glob("*.py"))},
        "rulebook": prepared.rulebook,
        "seed": SEED,
        "versions": {
            "postcheck": checker.__version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "thresholds": asdict(thresholds),
        "figures on held-out voices, reader alone": figures,
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
