"""Fine-tunes the network on the labelled drafts: verdict, categories, spans and roles at once."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from checker.encoder import NOBODY
from checker.finding import Kind
from checker.gazetteers import load_names
from model.augment import Augmenter
from model.dataset import Labelled
from model.mentions import label_repeats
from model.network import BASE, Network, load_tokenizer
from model.recipe import Recipe
from model.rows import BATCH, Row, draw_batches, make_row, pad, stack
from model.soft_labels import SoftLabel, choose_soft_labels, load_soft_labels
from model.weights import load_weights

WARM_UP, DECAY = 0.06, 0.01
# Weights that bring the losses to the same size after an epoch.
CATEGORY_WEIGHT, KIND_WEIGHT, ROLE_WEIGHT = 3.0, 6.0 / len(Kind), 0.75
# Most pieces mean nobody: at full weight they drown those that mean somebody.
NOBODY_WEIGHT = 0.4
SMOOTHING = 0.05
CHECKPOINT = "checkpoint.pt"


class FineTuning:
    """Trains one network on some drafts, from one seed; goes on from its last checkpoint."""

    def __init__(
        self, seed: int, recipe: Recipe | None = None, *, start: Path | None = None
    ) -> None:
        """Begin with the published encoder of the recipe, or go on from the shipped one `start`."""
        self.recipe = recipe or Recipe(BASE)
        torch.set_num_threads(self.recipe.threads)
        self._seed = seed
        self.tokenizer = load_tokenizer(self.recipe.base)
        torch.manual_seed(seed)
        self.network = Network(self.recipe.base, frozen=self.recipe.frozen)
        if start:
            load_weights(self.network, start)
        self._role_weights = torch.ones(NOBODY + 1)
        self._role_weights[NOBODY] = NOBODY_WEIGHT

    def train(
        self,
        drafts: Sequence[Labelled],
        folder: Path,
        *,
        soft: Sequence[SoftLabel | None] = (),
    ) -> None:
        """Fine-tune on `drafts` by the recipe; every epoch sees a fresh variation of each.

        `soft` holds the soft label of each draft; without it they teach by their labels alone.
        A checkpoint is kept in `folder` after each epoch. Every epoch draws from a seed of its
        own, so that a run that was broken off ends with the same network.
        """
        labelled = [label_repeats(one) for one in drafts]
        lessons = list(zip(labelled, soft or [None] * len(labelled), strict=True))
        epochs = self.recipe.epochs
        steps = min(epochs * (len(lessons) // BATCH + 1), self.recipe.most_steps)
        optimiser = self._optimiser()
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
        done = self._resume(folder / CHECKPOINT, optimiser, schedule)
        for epoch in range(done, epochs):
            began = time.monotonic()
            left = steps - schedule.last_epoch
            if left <= 0:
                break
            loss = self._epoch(lessons, self._seed * 1000 + epoch, optimiser, schedule, left)
            seconds = time.monotonic() - began
            tqdm.write(f"{folder.name}, epoch {epoch + 1}: loss {loss:.3f}, {seconds:.0f} s")
            kept = (epoch + 1, self.network, optimiser, schedule)
            state = [part if isinstance(part, int) else part.state_dict() for part in kept]
            torch.save(state, folder / CHECKPOINT)

    def _epoch(
        self,
        lessons: Sequence[tuple[Labelled, SoftLabel | None]],
        seed: int,
        optimiser: Any,
        schedule: Any,
        most: int,
    ) -> float:
        """Go through a variation of each draft, in `most` steps; return the mean loss."""
        torch.manual_seed(seed)
        augmenter = Augmenter(load_names(), seed)
        longest = self.recipe.longest
        rows = [
            make_row(self.tokenizer, one, augmenter.vary(one), soft, longest=longest)
            for one, soft in lessons
        ]
        batches = list(draw_batches(rows, random.Random(seed)))[:most]
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
        rates = self.recipe.body_rate, self.recipe.head_rate
        groups = [
            {"params": part, "lr": rate} for part, rate in zip((body, heads), rates, strict=True)
        ]
        return torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)

    def _loss(self, rows: Sequence[Row]) -> Tensor:
        pieces, mask = pad([row.pieces for row in rows])
        verdict, category, kind, role = (one.float() for one in self.network(pieces, mask))
        length, wide = pieces.shape[1], mask.unsqueeze(-1).float()
        verdicts = torch.tensor(np.stack([row.verdict for row in rows]))
        categories = torch.tensor(np.stack([row.categories for row in rows]))
        kinds = stack([row.kinds for row in rows], length)
        binary = nn.functional.binary_cross_entropy_with_logits
        kind_loss = (binary(kind, kinds, reduction="none") * wide).sum() / wide.sum()
        return (
            nn.functional.cross_entropy(verdict, verdicts, label_smoothing=SMOOTHING)
            + CATEGORY_WEIGHT * binary(category, categories)
            + KIND_WEIGHT * kind_loss
            + ROLE_WEIGHT * self._role_loss(role, stack([row.roles for row in rows], length))
        )

    def _role_loss(self, logits: Tensor, wanted: Tensor) -> Tensor:
        """Return the mean cross-entropy of the roles, each weighed; rows of zeros do not count."""
        weighed = wanted * self._role_weights
        return -(weighed * logits.log_softmax(-1)).sum() / weighed.sum()


def find_soft_labels(drafts: Sequence[Labelled]) -> list[SoftLabel | None]:
    """Return the stored soft label of each draft, `None` where there is none."""
    return choose_soft_labels([label_repeats(one) for one in drafts], load_soft_labels())


def _rate(step: int, steps: int) -> float:
    """Return the share of the learning rate at `step`: a short warm-up, then down to nothing."""
    return min(1.0, step / (steps * WARM_UP + 1)) * max(0.0, 1 - step / steps)
