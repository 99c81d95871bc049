"""Trains the learned reader and writes its files with their manifest; seeded and resumable."""

from __future__ import annotations

import hashlib
import json
import platform
import random
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import sklearn
from tqdm import tqdm

import checker
from checker.classifier import FOLDER, HEADS, MANIFEST
from checker.draft import Account
from checker.encoder import MODEL, TOKENIZER, Encoder, with_account
from checker.engine import load_checker
from checker.errors import ClassifierError
from checker.features import Marks, count_marks
from checker.judge import Thresholds
from model import dataset, soft_labels
from model.dataset import Labelled, load_dataset
from model.figures import verdict_figures
from model.heads import Material, choose_thresholds, fit_heads, held_out
from model.material import write_material
from model.provenance import read_manifest, refuse_other_split
from model.split import HELD_OUT, SEED, hold_out

Array = np.ndarray[Any, Any]

# Where unfinished work is kept, so that a broken run goes on from its last checkpoint.
CACHE = Path("build") / "training"
NETWORK = "network"
CHUNK = 200
# Four megabytes of the thirty that the trained files may take.
MOST_SHOWN = 8000
# Texts of our own, one for each verdict, with which the encoder is tried whenever it is loaded.
PROBES = (
    (Account.PERSONAL, "Rain again. The washing is still out and so is the cat."),
    (Account.PERSONAL, "one of my ladies was in tears for her sister the whole morning"),
    (Account.SERVICE, "Our tenant Mr Oduya is back from hospital after his stroke."),
)


def train(folder: Path = FOLDER, *, further: bool = False) -> dict[str, Any]:
    """Train on all labelled drafts, write the files into `folder` and return the manifest.

    The network never sees the held-out voices: on them the heads are fitted and the thresholds
    chosen, for the very network that is shipped. `further` goes on from the network that is in
    `folder`, in place of the published encoder; the manifest names it. Raises `ClassifierError`
    where there is none, or one that may have learned from other voices.
    """
    before = earlier_versions(folder) if further else []
    # Taken now: files that are added to while it trains are not what it read.
    paths = [*sorted(dataset.FOLDER.glob("*.jsonl")), soft_labels.FILE]
    read = {path.name: _sha256(path) for path in paths if path.exists()}
    drafts = load_dataset()
    fold = hold_out(drafts)
    start = folder / MODEL if further else None
    beside = (soft_labels.FILE, *([start] if start else []))
    learn = tuple(drafts[row] for row in fold.learn)
    cache = CACHE / cache_key(drafts, beside=beside) / NETWORK
    # Another seed each time: the same one would show the same variations in the same order.
    network = fine_tune(learn, cache, SEED + len(before), taught=True, start=start)
    material, rulebook = look(network, [drafts[row] for row in fold.hold_out])
    manifest = _write(network, material, with_reasons(drafts), folder, before)
    manifest |= {"data": {"drafts": len(drafts), "files": read}, "rulebook": rulebook}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    write_material(material, rulebook, folder)
    return manifest


def _write(
    network: Path,
    material: Material,
    reasons: Sequence[Labelled],
    folder: Path,
    before: list[dict[str, str]],
) -> dict[str, Any]:
    """Fit heads and thresholds, write all but the manifest into `folder`, and return that."""
    verdicts, categories = held_out(material)
    thresholds = choose_thresholds(material.drafts, verdicts)
    heads = fit_heads(material, reasons, find_vectors(network, reasons))
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(heads, folder / HEADS, compress=("zlib", 9))
    for name in (MODEL, TOKENIZER):
        shutil.copy(network / name, folder / name)
    figures = verdict_figures(material.drafts, verdicts, categories, thresholds)
    return _manifest(folder, thresholds, figures, before)


def with_reasons(drafts: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """Return drafts with a manager's reason, which can be shown as likest, and not too many."""
    noted = [one for one in drafts if one.note]
    return tuple(random.Random(SEED).sample(noted, min(MOST_SHOWN, len(noted))))


def earlier_versions(folder: Path) -> list[dict[str, str]]:
    """Return the network in `folder` that a further training starts from, after those before it.

    Each has its `id` and the `encoder`'s SHA-256. Raises `ClassifierError` where there is none, or
    where it may have learned from voices that are held out now, or was left half written.
    """
    manifest = read_manifest(folder)
    refuse_other_split(manifest)
    path = folder / MODEL
    if not path.exists() or _sha256(path) != manifest["files"][MODEL]:
        raise ClassifierError(
            f"{path} is not the network of the manifest beside it: put both back "
            "(“git checkout checker/trained”), and train again."
        )
    last = {"id": manifest["id"], "encoder": manifest["files"][MODEL]}
    return [*manifest.get("further than", []), last]


def fine_tune(
    drafts: Sequence[Labelled],
    folder: Path,
    seed: int,
    *,
    taught: bool = False,
    start: Path | None = None,
) -> Path:
    """Fine-tune a network on `drafts` and export it into `folder`, unless it is there already.

    `taught` networks learn from the stored soft labels too; `start` is the shipped encoder to go
    on from. Returns `folder`.
    """
    from model.export import export
    from model.finetune import FineTuning, find_soft_labels

    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / TOKENIZER).exists():
        tuning = FineTuning(seed, start=start)
        tuning.train(drafts, folder, soft=find_soft_labels(drafts) if taught else ())
        export(tuning.network, folder)
    return folder


def look(encoder: Path, drafts: Sequence[Labelled]) -> tuple[Material, str]:
    """Read `drafts` as the checker does, with the encoder stored in `encoder`.

    Returns what the heads look at, and the hash of the rulebook.
    """
    engine = load_checker(with_reader=False)
    reader = Encoder(encoder)
    logits: list[Array] = []
    marks: list[Marks] = []
    for begin in tqdm(range(0, len(drafts), CHUNK), desc="reading drafts"):
        part = [one.draft for one in drafts[begin : begin + CHUNK]]
        for evidence, findings in engine.gather(part, reader):
            if evidence.encoded is None:
                raise ValueError("the engine passed the encoder by")
            logits.append(evidence.encoded.logits)
            marks.append(count_marks(evidence, findings))
    return Material(tuple(drafts), np.array(logits), tuple(marks)), engine.rulebook.hash


def find_vectors(encoder: Path, drafts: Sequence[Labelled]) -> Array:
    """Return the unit vector of meaning of each draft, by the encoder stored in `encoder`."""
    engine = load_checker(with_reader=False)
    encoded = engine.encode([one.draft for one in drafts], Encoder(encoder))
    return np.array([one.vector for one in encoded])


RECIPE = (
    "augment",
    "export",
    "finetune",
    "mentions",
    "network",
    "recipe",
    "rows",
    "soft_labels",
    "split",
    "weights",
)


def cache_key(
    drafts: Sequence[Labelled],
    *,
    recipe: Sequence[str] = RECIPE,
    beside: Sequence[Path] = (soft_labels.FILE,),
) -> str:
    """Return a name for the cache that changes with what a network learns from, and how.

    `recipe` names the modules that say how, `beside` the files that it learns from beside `drafts`.
    """
    told = hashlib.sha256()
    for path in beside:
        told.update(path.read_bytes() if path.exists() else b"")
    for name in recipe:
        told.update((Path(__file__).parent / f"{name}.py").read_bytes())
    for one in drafts:
        quotes = [(quote.start, quote.end, quote.label) for quote in (*one.spans, *one.people)]
        # Sets are sorted: their own order changes from one process to the next.
        labels = (one.verdict, sorted(one.categories), quotes, one.voice, one.language)
        told.update(f"{one.id} {one.draft.account} {one.draft.text} {labels}".encode())
    return told.hexdigest()[:12]


def _manifest(
    folder: Path,
    thresholds: dict[Account, Thresholds],
    figures: dict[str, float],
    before: list[dict[str, str]],
) -> dict[str, Any]:
    files = {name: _sha256(folder / name) for name in (HEADS, MODEL, TOKENIZER)}
    probe = Encoder(folder)
    texts = [with_account(account, text) for account, text in PROBES]
    return {
        "id": f"{datetime.now(UTC):%Y-%m-%d}-{files[HEADS][:8]}",
        "files": files,
        "code": {path.name: _sha256(path) for path in sorted(Path(__file__).parent.glob("*.py"))},
        "seed": SEED,
        "training seed": SEED + len(before),
        "held out": HELD_OUT,
        "further than": before,
        "versions": {
            "postcheck": checker.__version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "thresholds": {str(account): asdict(at) for account, at in thresholds.items()},
        "probes": [
            {"text": text, "logits": [round(float(x), 3) for x in probe.logits(text)]}
            for text in texts
        ],
        "figures on held-out voices, reader alone": figures,
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
