"""Reads the weights of a shipped encoder back into a network, so that training can go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from checker.errors import ClassifierError
from model.network import Network

Array = np.ndarray[Any, Any]

# The ways in which the exporter names the product of a linear layer.
PRODUCTS = ("/MatMul_quant", "/Gemm_MatMul_quant")


def load_weights(network: Network, path: Path) -> None:
    """Put the weights of the int8 encoder at `path`, which `model.export` wrote, into `network`.

    What int8 rounded off stays lost: the logits of both differ by some tenths at most. Raises
    `ClassifierError` where the file lacks a weight of the network or holds it in another shape.
    """
    told = f"the encoder at {path} is of another kind: train without --further"
    try:
        found = _weights(onnx.load(path).graph)
    except KeyError as error:
        raise ClassifierError(f"{error} is missing; {told}.") from None
    wanted = network.state_dict()
    if missing := [name for name in wanted if name not in found]:
        raise ClassifierError(f"{missing[0]} and {len(missing) - 1} others are missing; {told}.")
    if wrong := [name for name in wanted if found[name].shape != wanted[name].shape]:
        raise ClassifierError(f"{wrong[0]} has another shape; {told}.")
    network.load_state_dict({name: torch.from_numpy(found[name]) for name in wanted})


def _weights(graph: Any) -> dict[str, Array]:
    """Return the weights by the names that they have in a network."""
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found: dict[str, Array] = {}
    for name in stored:
        root, _, kind = name.rpartition("_")
        if kind == "quantized" and root.startswith("network."):
            found[_plain(root)] = _restore(stored, root)
        elif name.startswith("network.") and stored[name].dtype == np.float32:
            found[_plain(name)] = stored[name].copy()
    for node in graph.node:
        end = next((end for end in PRODUCTS if node.name.endswith(end)), "")
        if end and node.op_type == "MatMulInteger":
            root = node.input[1].removesuffix("_quantized")
            # A product is stored as inputs × outputs, a linear layer as outputs × inputs.
            found[_layer(node.name.removesuffix(end))] = _restore(stored, root).T.copy()
    return found


def _restore(stored: dict[str, Array], root: str) -> Array:
    """Return a weight in full precision; its columns may each have a scale of their own."""
    whole = stored[f"{root}_quantized"].astype(np.float32)
    off = stored[f"{root}_zero_point"].astype(np.float32)
    restored: Array = (whole - off) * stored[f"{root}_scale"]
    return restored


def _plain(name: str) -> str:
    return name.removeprefix("network.")


def _layer(name: str) -> str:
    """Return the weight's name of the layer at a path such as /layer.0/output/dense."""
    parts = name.strip("/").replace("/", ".")
    inside = f"body.encoder.{parts}" if parts.startswith("layer.") else parts
    return f"{inside}.weight"
