"""Fine-tunes the network on the labelled drafts: verdict, categories, spans and roles at once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from checker.encoder import LONGEST, NOBODY, ROLES, with_account
from checker.finding import Kind, Role
from checker.gazetteers import load_names
from checker.verdict import Category, Verdict
from model.augment import Augmenter, Variation
from model.dataset import Labelled, Quote
from model.mentions import label_repeats
from model.network import Network, load_tokenizer

IGNORED = -100
BATCH = 16
# Drafts of like length share a batch: padding a mixed batch is three times slower.
SORTED_TOGETHER = 40 * BATCH
EPOCHS = 3
# At most so many steps, the last round cut short: two networks side by side take 0.42 s for one
# on two free cores, and training is to end within the hour.
MOST_STEPS = 8000
BODY_RATE, HEAD_RATE = 1.2e-4, 1e-3
WARM_UP, DECAY = 0.06, 0.01
# Weights that bring the losses to the same size after an epoch.
CATEGORY_WEIGHT, KIND_WEIGHT, ROLE_WEIGHT = 3.0, 6.0 / len(Kind), 0.75
# Most pieces mean nobody: at full weight they drown those that mean somebody.
NOBODY_WEIGHT = 0.4
SMOOTHING = 0.05
CHECKPOINT = "checkpoint.pt"
# One, so that two networks train side by side, and sums come out alike in every run.
THREADS = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One draft as tensors: word pieces, verdict, categories, and a label for each piece."""

    pieces: list[int]
    verdict: int
    categories: np.ndarray[Any, Any]
    kinds: np.ndarray[Any, Any]
    roles: np.ndarray[Any, Any]


class FineTuning:
    """Trains one network on some drafts, from one seed; goes on from its last checkpoint."""

    def __init__(self, seed: int) -> None:
        torch.set_num_threads(THREADS)
        self._seed = seed
        self._tokenizer = load_tokenizer()
        torch.manual_seed(seed)
        self.network = Network()
        weights = torch.ones(NOBODY + 1)
        weights[NOBODY] = NOBODY_WEIGHT
        self._role_loss = nn.CrossEntropyLoss(weights, ignore_index=IGNORED)

    def train(self, drafts: Sequence[Labelled], folder: Path, *, epochs: int = EPOCHS) -> None:
        """Fine-tune on `drafts`, in MOST_STEPS at most; every epoch sees a fresh variation of each.

        A checkpoint is kept in `folder` after each epoch. Every epoch draws from a seed of its
        own, so that a run that was broken off ends with the same network.
        """
        drafts = [label_repeats(one) for one in drafts]
        steps = min(epochs * (len(drafts) // BATCH + 1), MOST_STEPS)
        optimiser = self._optimiser()
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
        done = self._resume(folder / CHECKPOINT, optimiser, schedule)
        for epoch in range(done, epochs):
            began = time.monotonic()
            left = steps - schedule.last_epoch
            if left <= 0:
                break
            loss = self._epoch(drafts, self._seed * 1000 + epoch, optimiser, schedule, left)
            seconds = time.monotonic() - began
            tqdm.write(f"{folder.name}, epoch {epoch + 1}: loss {loss:.3f}, {seconds:.0f} s")
            kept = (epoch + 1, self.network, optimiser, schedule)
            state = [part if isinstance(part, int) else part.state_dict() for part in kept]
            torch.save(state, folder / CHECKPOINT)

    def _epoch(
        self, drafts: Sequence[Labelled], seed: int, optimiser: Any, schedule: Any, most: int
    ) -> float:
        """Go through a variation of each of `drafts`, in `most` steps; return the mean loss."""
        torch.manual_seed(seed)
        augmenter = Augmenter(load_names(), seed)
        rows = [self._row(one, augmenter.vary(one)) for one in drafts]
        batches = list(_batches(rows, random.Random(seed)))[:most]
        self.network.train()
        total = 0.0
        for batch in tqdm(batches, desc="training", leave=False, mininterval=5):
            # Half the bits train half as fast again where the processor knows bfloat16.
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = self._loss([rows[row] for row in batch])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        return total / len(batches)

    def _resume(self, path: Path, optimiser: Any, schedule: Any) -> int:
        """Load the checkpoint at `path` where there is one; return how many epochs are done."""
        if not path.exists():
            return 0
        done, *states = torch.load(path)
        for part, state in zip((self.network, optimiser, schedule), states, strict=True):
            part.load_state_dict(state)
        return int(done)

    def _optimiser(self) -> torch.optim.Optimizer:
        body = list(self.network.body.parameters())
        known = {id(parameter) for parameter in body}
        heads = [one for one in self.network.parameters() if id(one) not in known]
        groups = [{"params": body, "lr": BODY_RATE}, {"params": heads, "lr": HEAD_RATE}]
        return torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)

    def _loss(self, rows: Sequence[Row]) -> Tensor:
        pieces, mask = _padded([row.pieces for row in rows])
        verdict, category, kind, role = (one.float() for one in self.network(pieces, mask))
        length, wide = pieces.shape[1], mask.unsqueeze(-1).float()
        wanted = torch.tensor([row.verdict for row in rows])
        categories = torch.tensor(np.stack([row.categories for row in rows]))
        kinds = torch.tensor(np.stack([_stretch(row.kinds, length, 0.0) for row in rows]))
        roles = torch.tensor(np.stack([_stretch(row.roles, length, IGNORED) for row in rows]))
        binary = nn.functional.binary_cross_entropy_with_logits
        kind_loss = (binary(kind, kinds, reduction="none") * wide).sum() / wide.sum()
        return (
            nn.functional.cross_entropy(verdict, wanted, label_smoothing=SMOOTHING)
            + CATEGORY_WEIGHT * binary(category, categories)
            + KIND_WEIGHT * kind_loss
            + ROLE_WEIGHT * self._role_loss(role.flatten(0, 1), roles.flatten())
        )

    def _row(self, labelled: Labelled, variation: Variation) -> Row:
        text = with_account(labelled.draft.account, variation.text)
        ahead = len(text) - len(variation.text)
        encoded = self._tokenizer(
            text, truncation=True, max_length=LONGEST, return_offsets_mapping=True
        )
        offsets = encoded["offset_mapping"]
        kinds = np.zeros((len(offsets), len(Kind)), dtype=np.float32)
        roles = np.full(len(offsets), NOBODY, dtype=np.int64)
        for quote in variation.spans:
            kinds[_touched(offsets, quote, ahead), tuple(Kind).index(Kind(quote.label))] = 1.0
        for quote in variation.people:
            roles[_touched(offsets, quote, ahead)] = ROLES.index(Role(quote.label))
        roles[[0, -1]] = IGNORED
        return Row(
            pieces=encoded["input_ids"],
            verdict=tuple(Verdict).index(labelled.verdict),
            categories=np.array([one in labelled.categories for one in Category], np.float32),
            kinds=kinds,
            roles=roles,
        )


def _rate(step: int, steps: int) -> float:
    """Return the share of the learning rate at `step`: a short warm-up, then down to nothing."""
    return min(1.0, step / (steps * WARM_UP + 1)) * max(0.0, 1 - step / steps)


def _touched(offsets: Sequence[tuple[int, int]], quote: Quote, ahead: int) -> list[int]:
    return [
        at
        for at, (start, end) in enumerate(offsets)
        if start < quote.end + ahead and quote.start + ahead < end
    ]


def _batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[int]]:
    """Yield row numbers in batches of like length, in an order drawn by `chance`."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    for begin in range(0, len(order), SORTED_TOGETHER):
        part = sorted(order[begin : begin + SORTED_TOGETHER], key=lambda at: len(rows[at].pieces))
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    chance.shuffle(batches)
    yield from batches


def _padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    length = max(len(row) for row in rows)
    pieces = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length, dtype=torch.long)
    for at, row in enumerate(rows):
        pieces[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return pieces, mask


def _stretch(values: np.ndarray[Any, Any], length: int, filler: float) -> np.ndarray[Any, Any]:
    room = [(0, length - len(values))] + [(0, 0)] * (values.ndim - 1)
    return np.pad(values, room, constant_values=filler)
