"""The kinds of learned reader that are compared, each fitted on the same labelled drafts."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from scipy.special import expit, softmax
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from tqdm import tqdm

from checker.draft import Draft
from checker.encoder import MODEL, TOKENIZER, Encoder
from checker.features import count_marks
from checker.heads import Decision, Heads
from checker.verdict import Verdict
from model.columns import marks, mini_lm_folder, rules_alone, texts, tf_idf, vectors
from model.dataset import Labelled
from model.heads import category_matrix, verdict_numbers
from model.split import SEED

Array = np.ndarray[Any, Any]

# How freely logistic regression follows its columns, and how often spaCy reads the drafts. On
# other voices, split off from those learned from, these gave the best macro F1 or one within
# 0.002 of it, among 1, 3 and 10 for words, 1, 10 and 100 for vectors, and 2, 4 and 8 rounds.
WORDS_C, SENTENCES_C = 3.0, 10.0
EPOCHS = 8
# As they came to mind, not tried against others.
BATCH, DROP = 32, 0.2


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities, one row a draft, columns in the order of `Verdict` and of `Category`.

    `categories` is None where a candidate gives a verdict only.
    """

    verdicts: Array = field(repr=False)
    categories: Array | None = field(repr=False, default=None)


class Candidate(Protocol):
    """A fitted reader; joblib can store it."""

    @property
    def beside(self) -> tuple[Path, ...]:
        """Return the files that it needs beside what joblib stores."""
        ...

    def read(self, drafts: Sequence[Draft]) -> Chances:
        """Return the probabilities for `drafts`, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Regression:
    """Logistic regression, for the verdict and for each category, over columns from drafts."""

    columns: Any
    verdicts: LogisticRegression
    categories: OneVsRestClassifier | None
    beside: tuple[Path, ...] = ()

    def read(self, drafts: Sequence[Draft]) -> Chances:
        """Return the probabilities for `drafts`, in order."""
        columns = self.columns.transform(drafts)
        given = self.categories.predict_proba(columns) if self.categories else None
        return Chances(self.verdicts.predict_proba(columns), given)


@dataclass(frozen=True, slots=True)
class TextCategoriser:
    """A spaCy pipeline whose text categoriser gives the verdict."""

    pipeline: Any
    beside: tuple[Path, ...] = ()

    def read(self, drafts: Sequence[Draft]) -> Chances:
        """Return the probabilities for `drafts`, in order."""
        docs = self.pipeline.pipe(texts(drafts))
        return Chances(np.array([[doc.cats[name] for name in Verdict] for doc in docs]))


@dataclass(frozen=True, slots=True)
class FineTuned:
    """The fine-tuned encoder stored in `folder`, by its own logits."""

    folder: Path

    @property
    def beside(self) -> tuple[Path, ...]:
        """Return the network and its tokenizer."""
        return self.folder / MODEL, self.folder / TOKENIZER

    def read(self, drafts: Sequence[Draft]) -> Chances:
        """Return the probabilities for `drafts`, in order."""
        # The checker's own reading without its detectors, which this reader does not ask.
        plains = rules_alone().reader.normalise(drafts)
        encode = _encoder(self.folder).encode
        return chances(
            np.array([encode(*pair).logits for pair in zip(drafts, plains, strict=True)])
        )


@dataclass(frozen=True, slots=True)
class WithHeads:
    """The fine-tuned encoder stored in `folder`, with `heads` on its logits and the marks."""

    folder: Path
    heads: Heads

    @property
    def beside(self) -> tuple[Path, ...]:
        """Return the network and its tokenizer."""
        return self.folder / MODEL, self.folder / TOKENIZER

    def read(self, drafts: Sequence[Draft]) -> Chances:
        """Return the probabilities for `drafts`, in order."""
        gathered = rules_alone().gather(drafts, _encoder(self.folder))
        logits = np.array([evidence.encoded.logits for evidence, _ in gathered if evidence.encoded])
        features = self.heads.features(logits, [count_marks(*pair) for pair in gathered])
        return Chances(*Decision(self.heads).probabilities(features))


@cache
def _encoder(folder: Path) -> Encoder:
    return Encoder(folder)


def chances(logits: Array) -> Chances:
    """Return the probabilities that an encoder's `logits` stand for, one row a draft."""
    verdicts, categories = np.split(logits, [len(Verdict)], axis=1)
    return Chances(softmax(verdicts, axis=1), expit(categories))


def _regression(
    columns: Any,
    drafts: Sequence[Labelled],
    strength: float,
    *,
    categories: bool,
    beside: tuple[Path, ...] = (),
) -> Regression:
    seen = columns.fit_transform([one.draft for one in drafts])
    verdict_head = LogisticRegression(C=strength, max_iter=3000).fit(seen, verdict_numbers(drafts))
    category_head = OneVsRestClassifier(LogisticRegression(C=strength, max_iter=3000))
    if categories:
        category_head.fit(seen, category_matrix(drafts))
    return Regression(columns, verdict_head, category_head if categories else None, beside)


def fit_words(drafts: Sequence[Labelled], *, categories: bool = True) -> Regression:
    """Return logistic regression on the words and characters of `drafts`."""
    return _regression(tf_idf(), drafts, WORDS_C, categories=categories)


def fit_words_and_marks(drafts: Sequence[Labelled], *, categories: bool = True) -> Regression:
    """Return the same with the marks of the detectors and rules as further columns."""
    counted = make_pipeline(FunctionTransformer(marks), DictVectorizer(dtype=np.float32))
    return _regression(make_union(tf_idf(), counted), drafts, WORDS_C, categories=categories)


def fit_sentences(drafts: Sequence[Labelled], *, categories: bool = True) -> Regression:
    """Return logistic regression on the vectors of the untouched MiniLM."""
    folder = mini_lm_folder()
    beside = (folder / "model.safetensors", folder / TOKENIZER)
    columns = FunctionTransformer(vectors)
    return _regression(columns, drafts, SENTENCES_C, categories=categories, beside=beside)


def fit_spacy(drafts: Sequence[Labelled], *, epochs: int = EPOCHS) -> TextCategoriser:
    """Return spaCy's text categoriser, as it comes, trained for the verdict on an empty "en"."""
    import spacy
    from spacy.training import Example

    spacy.util.fix_random_seed(SEED)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("textcat")
    asked = texts([one.draft for one in drafts])
    examples = [
        Example.from_dict(pipeline.make_doc(text), {"cats": _cats(one)})
        for one, text in zip(drafts, asked, strict=True)
    ]
    optimiser = pipeline.initialize(lambda: examples)
    chance = random.Random(SEED)
    for _ in tqdm(range(epochs), desc="spaCy"):
        chance.shuffle(examples)
        for batch in spacy.util.minibatch(examples, BATCH):
            pipeline.update(batch, drop=DROP, sgd=optimiser)
    return TextCategoriser(pipeline)


def _cats(labelled: Labelled) -> dict[str, float]:
    return {str(verdict): float(verdict is labelled.verdict) for verdict in Verdict}


# The candidates that are fitted here; those with the fine-tuned encoder come out of training.
WORDS, SENTENCES = "1. words and characters", "4. MiniLM as published"
FITTED: Mapping[str, Callable[..., Candidate]] = {
    WORDS: fit_words,
    "2. words, characters and marks": fit_words_and_marks,
    "3. spaCy's text categoriser": fit_spacy,
    SENTENCES: fit_sentences,
}
