"""One reading of a draft: disguises undone, parsed once, with the way back to the author's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, DocBin

from checker.draft import Draft
from checker.finding import Clue, Kind, Mention, Role, Strength
from checker.language import LanguageFinder, Tongue
from checker.normalise import normalise
from checker.plain import Plain
from checker.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as the detectors see it.

    `doc` is spaCy's parse of `plain.text`; `lower` and `lemmas` are its tokens' forms;
    `sentence_of[i]` numbers the sentence of token `i`. Only `clue` and `mention` make offsets
    that leave the engine, because only they know the way back.
    """

    draft: Draft
    plain: Plain
    doc: Doc = field(repr=False)
    tongue: Tongue
    lower: tuple[str, ...] = field(repr=False)
    lemmas: tuple[str, ...] = field(repr=False)
    sentence_of: tuple[int, ...] = field(repr=False)

    def quote(self, first: int, last: int) -> tuple[int, int, str]:
        """Return the author's start, end and words for tokens `first` to `last` (exclusive)."""
        token, final = self.doc[first], self.doc[last - 1]
        start, end = self.back(token.idx, final.idx + len(final.text))
        return start, end, self.draft.text[start:end]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the author's range for `start` to `end` of the plain text, widened to whole words.

        The tokenizer parts "wasnt" into "was" and "nt": nobody understands a mark on "nt".
        """
        text = self.plain.text
        while start and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return self.plain.back(start, end)

    def clue(
        self, first: int, last: int, kind: Kind, label: str, *, strength: Strength, found_by: str
    ) -> Clue:
        """Make the clue that covers tokens `first` to `last` (exclusive)."""
        start, end, quote = self.quote(first, last)
        return Clue(start, end, quote, kind, label, strength, found_by, first, last)

    def clue_at(
        self, start: int, end: int, kind: Kind, label: str, *, strength: Strength, found_by: str
    ) -> Clue:
        """Make the clue that covers characters `start` to `end` of the plain text."""
        first, last = self.tokens_at(start, end)
        there, until = self.back(start, end)
        quote = self.draft.text[there:until]
        return Clue(there, until, quote, kind, label, strength, found_by, first, last)

    def mention(
        self,
        first: int,
        last: int,
        *,
        named: bool,
        role: Role,
        because: str,
        introduced: bool = False,
    ) -> Mention:
        """Make the mention of a person that covers tokens `first` to `last` (exclusive)."""
        start, end, quote = self.quote(first, last)
        return Mention(start, end, quote, named, role, because, first, last, introduced)

    def tokens_at(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens (`last` exclusive) that characters `start` to `end` touch."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            raise ValueError("the range lies outside the text")
        return span.start, span.end


# What the detectors look at in a parsed text.
KEPT = ("ORTH", "LEMMA", "POS", "SPACY", "SENT_START")


def _sentences(doc: Doc) -> tuple[int, ...]:
    """Number the sentence of each token; a line break always ends one."""
    number = 0
    numbers: list[int] = []
    previous_broke = False
    for token in doc:
        if token.i and (token.is_sent_start or previous_broke):
            number += 1
        numbers.append(number)
        previous_broke = "\n" in token.text
    return tuple(numbers)


class Reader:
    """Reads drafts: holds the pipeline, the vocabulary and the language finder, loaded once."""

    def __init__(self, pipeline: Pipeline, words: Vocabulary) -> None:
        self.pipeline = pipeline
        self._words = words
        self._languages = LanguageFinder(words)
        self._lock = Lock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Read for one caller at a time, and forget the words of the drafts at the end.

        spaCy forgets them when its memory zone ends, and zones cannot overlap: nothing of spaCy's
        may be kept. Checkers that share a reader share this too.
        """
        with self._lock, self.pipeline.memory_zone():
            yield

    def normalise(self, drafts: Sequence[Draft]) -> list[Plain]:
        """Return the text of each draft with its disguises undone."""
        return [normalise(draft.text, self._words) for draft in drafts]

    def parse(self, drafts: Sequence[Draft], plains: Sequence[Plain]) -> list[Reading]:
        """Return the readings of `drafts`, whose normalised texts are `plains`."""
        docs = self.pipeline.pipe((plain.text for plain in plains), batch_size=64)
        return [self._reading(*parts) for parts in zip(drafts, plains, docs, strict=True)]

    def pack(self, readings: Sequence[Reading]) -> bytes:
        """Return the parses of `readings` as bytes, for `unpack`."""
        packed = DocBin(attrs=list(KEPT), docs=[reading.doc for reading in readings])
        content: bytes = packed.to_bytes()
        return content

    def unpack(
        self, packed: bytes, drafts: Sequence[Draft], plains: Sequence[Plain]
    ) -> list[Reading]:
        """Return the readings that `pack` packed; `drafts` and `plains` are as they were then.

        Raises `ValueError` where the bytes are of something else.
        """
        docs = DocBin().from_bytes(packed).get_docs(self.pipeline.vocab)
        return [self._reading(*parts) for parts in zip(drafts, plains, docs, strict=True)]

    def _reading(self, draft: Draft, plain: Plain, doc: Doc) -> Reading:
        return Reading(
            draft=draft,
            plain=plain,
            doc=doc,
            tongue=self._languages.find(plain.text),
            lower=tuple(token.lower_ for token in doc),
            lemmas=tuple(token.lemma_.lower() for token in doc),
            sentence_of=_sentences(doc),
        )
