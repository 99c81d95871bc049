"""The trained encoder, run through onnxruntime: what it makes of a draft and of each word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from checker.draft import Account, Draft
from checker.finding import Kind, Role
from checker.plain import Plain
from checker.verdict import Verdict

Array = np.ndarray[Any, Any]

MODEL, TOKENIZER = "encoder.onnx", "tokenizer.json"
# Word pieces read at once: about 190 words. Longer drafts are read in windows that share
# this many pieces, so that nothing falls between two.
LONGEST = 256
SHARED = 48
# Pieces that the encoder marks with at least this probability belong to a concern.
MARKED = 0.5
# The roles in the order of the encoder's outputs; the one after the last means "nobody".
ROLES = tuple(role for role in Role if role is not Role.UNKNOWN)
NOBODY = len(ROLES)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of the plain text, with what the encoder takes them for.

    `probability` is that of the label, from 0 to 1, averaged over the word pieces; `somebody` that
    the surest of its words means a person at all, whoever it is.
    """

    start: int
    end: int
    label: Kind | Role
    probability: float
    somebody: float = 1.0


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of a draft.

    `logits` holds the verdict logits, then the category logits; `vector` is a unit vector of
    its meaning, near that of drafts that are judged alike; `marked` are the words that carry a
    concern, by kind; `people` the words that mean a person, by role.
    """

    logits: Array = field(repr=False)
    vector: Array = field(repr=False)
    marked: tuple[Stretch, ...] = field(repr=False)
    people: tuple[Stretch, ...] = field(repr=False)


class Encodes(Protocol):
    """Whatever can make an `Encoded` of a reading: the classifier, or an encoder alone."""

    def encode(self, draft: Draft, plain: Plain) -> Encoded:
        """Return what it makes of the draft, whose normalised text is `plain`."""
        ...


class Encoder:
    """Holds the ONNX session and the tokenizer; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        # One core: spaCy reads on the other at the same time. Two make one draft no faster
        # (13 ms against 12) and many drafts slower.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / MODEL), options)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST, stride=SHARED)

    def encode(self, draft: Draft, plain: Plain) -> Encoded:
        """Return what the encoder makes of one draft, whose normalised text is `plain`.

        Windows are run one by one: int8 activations are scaled by all that is run together, so
        that in a batch a draft's figures would depend on its neighbours.
        """
        encoding = self._tokenizer.encode(with_account(draft.account, plain.text))
        windows = (encoding, *encoding.overflowing)
        ahead = len(with_account(draft.account, ""))
        return _joined(plain.text, ahead, [(window, *self._run(window)) for window in windows])

    def logits(self, text: str) -> Array:
        """Return the draft logits of `text`, account in front, as it stands: for probes."""
        return self._run(self._tokenizer.encode(text))[0]

    def _run(self, window: Encoding) -> tuple[Array, Array, Array]:
        """Return the outputs for a window: draft logits, vector, and logits of the pieces."""
        fed = {"input_ids": np.array([window.ids], dtype=np.int64)}
        draft, vector, pieces = self._session.run(["draft", "vector", "pieces"], fed)
        return draft[0], vector[0], pieces[0]


def with_account(account: Account, text: str) -> str:
    """Return `text` with the account in front, as the encoder was trained to read it."""
    return f"{account}: {text}"


def _joined(
    text: str, ahead: int, parts: Sequence[tuple[Encoding, Array, Array, Array]]
) -> Encoded:
    """Join the windows of one draft: the most worrying one speaks for the whole."""
    worst = max(parts, key=lambda part: worry(part[1]))
    marked: set[Stretch] = set()
    people: set[Stretch] = set()
    for encoding, _, _, logits in parts:
        words = _words(encoding, text, ahead)
        if not words:
            continue
        marked |= set(_marks(words, _means(words, 1 / (1 + np.exp(-logits[:, : len(Kind)])))))
        people |= set(_people(words, _means(words, _softmax(logits[:, len(Kind) :]))))
    return Encoded(worst[1], worst[2], _apart(marked), _apart(people))


@dataclass(frozen=True, slots=True)
class _Word:
    """A whole word of the plain text with the rows of its word pieces."""

    start: int
    end: int
    rows: tuple[int, ...]


def _words(encoding: Encoding, text: str, ahead: int) -> list[_Word]:
    """Join word pieces into whole words; `ahead` characters stand before the text.

    Apostrophes and hyphens inside a word ("Marie-Claire", "Callum's") part words, as the
    tokenizer has it: a possessive is not part of the name.
    """
    words: list[_Word] = []
    for row, (start, end) in enumerate(encoding.offsets):
        start, end = start - ahead, end - ahead
        if start < 0 or end <= start:
            continue
        last = words[-1] if words else None
        if last and last.end == start and text[start].isalnum() and text[start - 1].isalnum():
            words[-1] = _Word(last.start, end, (*last.rows, row))
        else:
            words.append(_Word(start, end, (row,)))
    return words


def _means(words: Sequence[_Word], pieces: Array) -> Array:
    """Return the mean row of each word's pieces, for all words at once."""
    counts = np.array([len(word.rows) for word in words])
    rows = [row for word in words for row in word.rows]
    sums = np.add.reduceat(pieces[rows], np.cumsum(counts) - counts, axis=0)
    means: Array = sums / counts[:, None]
    return means


def _marks(words: Sequence[_Word], kinds: Array) -> Iterator[Stretch]:
    """Yield the runs of words that carry a concern of one kind; `kinds` has a row for each word."""
    yield from _runs(
        [
            Stretch(words[at].start, words[at].end, _kind(kinds[at]), float(kinds[at].max()))
            for at in np.flatnonzero(kinds.max(1) >= MARKED).tolist()
        ]
    )


def _people(words: Sequence[_Word], roles: Array) -> Iterator[Stretch]:
    """Yield the runs of words that mean one person, with the likeliest role; a row for a word."""
    found = []
    for at in np.flatnonzero(roles[:, NOBODY] < 1 - MARKED).tolist():
        somebody = 1 - float(roles[at, NOBODY])
        role = _likeliest(roles[at, :NOBODY])
        chance = float(roles[at, role])
        found.append(Stretch(words[at].start, words[at].end, ROLES[role], chance, somebody))
    yield from _runs(found)


def _likeliest(roles: Array) -> int:
    """Return the likeliest role: first whether it is a person at all, then which.

    Where several roles share what speaks for a person, a place or a word may have the most and
    yet less than half.
    """
    word = ROLES.index(Role.PLACE_OR_WORD)
    if 2 * roles[word] >= roles.sum():
        return word
    return int(np.where(np.arange(len(roles)) == word, 0, roles).argmax())


def _kind(means: Array) -> Kind:
    return tuple(Kind)[int(means.argmax())]


def _runs(found: Sequence[Stretch]) -> Iterator[Stretch]:
    """Join neighbours of one label that one character at most parts, averaging by length."""
    current: Stretch | None = None
    for one in found:
        if current and one.label is current.label and one.start - current.end <= 1:
            long, short = current.end - current.start, one.end - one.start
            mean = (current.probability * long + one.probability * short) / (long + short)
            surest = max(current.somebody, one.somebody)
            current = Stretch(current.start, one.end, current.label, mean, surest)
            continue
        if current:
            yield current
        current = one
    if current:
        yield current


def _apart(stretches: set[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches in order; where windows disagree over the same words, the surer one."""
    kept: list[Stretch] = []
    for one in sorted(stretches, key=lambda one: -one.probability):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def worry(logits: Array) -> float:
    """Return how far a window's verdict leans away from ok."""
    ok = tuple(Verdict).index(Verdict.OK)
    return float(np.logaddexp.reduce(np.delete(logits[: len(Verdict)], ok)) - logits[ok])


def _softmax(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Array = raised / raised.sum(-1, keepdims=True)
    return shares
