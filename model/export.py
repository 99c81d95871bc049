"""Writes a trained network as the int8 ONNX file that the checker runs."""

from __future__ import annotations

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from checker.encoder import MODEL, TOKENIZER
from model.network import Network, load_tokenizer


class _Outputs(nn.Module):
    """The network as the checker runs it: draft logits, a unit vector, and logits by piece.

    It reads one window of one draft, without padding. A mask would be all ones, and leaving it
    out saves a twelfth of the time (7.3 ms against 8.0 for 67 pieces) at the same figures.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        network = self.network
        hidden = network.body.embeddings(input_ids=input_ids)
        for layer in network.body.encoder.layer:
            hidden = layer(hidden, None)
        mean = hidden.mean(1)
        pooled = torch.cat([mean, hidden.max(1).values], -1)
        draft = torch.cat([network.verdict(pooled), network.category(pooled)], -1)
        vector = mean / mean.norm(dim=-1, keepdim=True)
        return draft, vector, torch.cat([network.kind(hidden), network.role(hidden)], -1)


def export(network: Network, folder: Path) -> None:
    """Write the network as int8 ONNX, and its tokenizer, into `folder`."""
    full = folder / "full.onnx"
    length = {1: "pieces"}
    torch.onnx.export(
        _Outputs(network).eval(),
        (torch.ones(1, 8, dtype=torch.long),),
        str(full),
        input_names=["input_ids"],
        output_names=["draft", "vector", "pieces"],
        dynamic_axes={"input_ids": length, "pieces": length},
        opset_version=17,
        dynamo=False,
    )
    # Signed weights are what processors multiply fastest: 16 ms against 26 for unsigned ones and
    # 34 for full precision, for 67 pieces on one core. A scale for each channel keeps the logits
    # nearer to the full ones than one for each matrix.
    quantize_dynamic(full, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    load_tokenizer().backend_tokenizer.save(str(folder / TOKENIZER))
