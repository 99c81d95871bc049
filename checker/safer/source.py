"""The draft as the edits see it: words with their tags, sentences, clues and people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.evidence import Evidence
from checker.finding import Clue, Mention

# Where a sentence ends: at a line break, or after its last sign where white space follows.
# A picture that words follow ends one as well: "we sang 🎉 and her dad rang".
PICTURE = "[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]*"
END = re.compile(rf"[.!?…]+[\"'”’)]*(?=\s)|\s*\n\s*|{PICTURE}(?=\s+\w)")
# A full stop after these, or after one letter alone, ends no sentence.
SHORTENED = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|no|rev|prof)|(?:^|[\s.])\w)\.$", re.I)
# Hashtags at the end of a line stand alone: each can go without its neighbours.
TAGS = re.compile(r"(?:#\w+[ \t]*)+(?=\n|$)")
TAG = re.compile(r"(?<![\w.])[#@]\w+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start` to `end` of the author's text, with its part of speech (Penn `tag`)."""

    start: int
    end: int
    lower: str = field(repr=False)
    tag: str

    @property
    def is_verb(self) -> bool:
        """Tell whether it is a verb that can carry a clause: not "singing", not "to sing"."""
        return self.tag in ("VBD", "VBZ", "VBP", "MD", "VB")


@dataclass(frozen=True, slots=True)
class Source:
    """The author's text with what was found in it; holds nothing of spaCy's."""

    text: str = field(repr=False)
    words: tuple[Word, ...]
    clues: tuple[Clue, ...]
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]

    def within(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words that stand between `start` and `end`."""
        return tuple(word for word in self.words if start <= word.start and word.end <= end)

    def before(self, start: int) -> tuple[Word, ...]:
        """Return the words before `start` in its sentence."""
        return self.within(self.sentence_at(start)[0], start)

    def after(self, end: int) -> tuple[Word, ...]:
        """Return the words after `end` in the sentence that holds it."""
        return self.within(end, self.sentence_at(max(end - 1, 0))[1])

    def words_from(self, at: int) -> tuple[Word, ...]:
        """Return the words from `at` on in the sentence that holds it."""
        return self.within(at, self.sentence_at(at)[1])

    def sentence_at(self, at: int) -> tuple[int, int]:
        """Return the sentence around character `at`, or the whole text where none is."""
        here = (one for one in self.sentences if one[0] <= at < one[1])
        return next(here, (0, len(self.text)))

    def tag_at(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the whole hashtag or handle that `start` to `end` touches, None where none is."""
        tags = (match.span() for match in TAG.finditer(self.text))
        return next((tag for tag in tags if tag[0] < end and start < tag[1]), None)


def read_source(evidence: Evidence) -> Source:
    """Return the source of the edits on the draft of `evidence`."""
    reading = evidence.reading
    words = []
    for token in reading.doc:
        if not token.is_space and len(token.text):
            start, end, _ = reading.quote(token.i, token.i + 1)
            words.append(Word(start, end, token.lower_, token.tag_))
    text = reading.draft.text
    sentences = tuple(find_sentences(text))
    return Source(text, tuple(words), evidence.clues, evidence.mentions, sentences)


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, closing signs included, white space not."""
    tags = [match.span() for match in TAGS.finditer(text)]
    at = 0
    for match in [*END.finditer(text), None]:
        end = match.end() if match else len(text)
        if match and match[0].strip() and SHORTENED.search(text[at:end]):
            continue
        yield from _parts(text, at, end, tags)
        at = end


def _parts(text: str, at: int, end: int, tags: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield a sentence without the hashtags at its end, then each of those."""
    run = next((tag for tag in tags if at <= tag[0] < end), (end, end))
    body = _stripped(text, at, run[0])
    if body[0] < body[1]:
        yield body
    yield from (match.span() for match in TAG.finditer(text, run[0], min(run[1], end)))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
