"""Undo disguises while keeping the way back to the author's own characters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import wordninja
from confusable_homoglyphs import confusables

from checker.vocabulary import Vocabulary

Edit = tuple[int, int, str]
Origin = tuple[int, int]

# Accidental HTML from copying out of a web page; bounded so that "&" in prose is left alone.
ENTITY = re.compile(r"&(?:#\d{2,7}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d?);")
# Letters drawn as emoji (negative squared and circled forms that NFKC leaves as they are).
EMOJI_LETTER = re.compile("[\U0001f150-\U0001f169\U0001f170-\U0001f189]")
# Three or more regional indicators spell a word; two are a flag.
FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]{3,}")
WORD = re.compile(r"[^\W\d_]+")
# "r*sident", "m**s": a letter on the left so that *emphasis* is left alone.
STARRED = re.compile(r"(?<![\w*])[^\W\d_]+(?:\*{1,2}[^\W\d_]+)+(?![\w*])")
# Four letters at least, with the same kind of gap between them: "c a r e", "r.e.s.t", "m-e-d-s".
SPACED = re.compile(r"(?<!\w)[\w@$](?:([ .·_\-|/*])[\w@$])(?:\1[\w@$]){2,}(?!\w)")
# A letter somewhere and a stand-in somewhere; a leading @ or $ is a handle or a price.
LEET = re.compile(r"(?<![\w@#£$.,:/])(?=\w*[^\W\d_])\w(?:[\w@$!|]*\w)?(?!\w)")
LEET_LETTERS = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "l",
}
LEET_TABLES = (
    str.maketrans(LEET_LETTERS),
    str.maketrans({**LEET_LETTERS, "1": "l"}),
    str.maketrans({**LEET_LETTERS, "9": "g"}),
)
# 4pm, 50mg, 2nd, 10k, P1, B12: ordinary mixtures of digits and letters.
ORDINARY_DIGITS = re.compile(r"\d+[a-zA-Z]{1,3}|[a-zA-Z]{1,2}\d+[a-zA-Z]?")
REPEATED = re.compile(r"[^\W\d_]*([^\W\d_])\1\1+[^\W\d_]*")
# Three of a letter that are meant: web addresses, Roman numerals, kisses.
ORDINARY_REPEATS = frozenset({"www", "iii", "viii", "xiii", "xxx"})
HASHTAG = re.compile(r"#(\w{2,60})")
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
JOINER = "\u200d"
# Word processors and web pages paste no-break, thin and double spaces.
ODD_SPACE = re.compile(r"[^\S\n\r ]")
SPACE_RUN = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Plain:
    """A draft with its disguises undone.

    `origins[i]` is the half-open range, in code points of the author's text, from which
    `text[i]` came; `undone` names the disguises that were found.
    """

    text: str = field(repr=False)
    origins: tuple[Origin, ...] = field(repr=False)
    undone: frozenset[str] = frozenset()

    def back(self, start: int, end: int) -> Origin:
        """Return the author's range for `text[start:end]`; the range must not be empty."""
        ranges = self.origins[start:end]
        return min(first for first, _ in ranges), max(last for _, last in ranges)


def _apply(plain: Plain, edits: list[Edit], name: str) -> Plain:
    """Return `plain` with non-overlapping edits made; a changed stretch maps back as a whole."""
    if not edits:
        return plain
    pieces: list[str] = []
    origins: list[Origin] = []
    at = 0
    for start, end, new in edits:
        pieces += (plain.text[at:start], new)
        origins += plain.origins[at:start]
        origins += _origins_of(plain, start, end, new)
        at = end
    pieces.append(plain.text[at:])
    origins += plain.origins[at:]
    undone = plain.undone | {name} if name else plain.undone
    return Plain("".join(pieces), tuple(origins), undone)


def _origins_of(plain: Plain, start: int, end: int, new: str) -> list[Origin]:
    if start == end:
        here = plain.origins[start][0] if start < len(plain.origins) else plain.origins[-1][1]
        return [(here, here)] * len(new)
    if len(new) == end - start:
        return list(plain.origins[start:end])
    return [plain.back(start, end)] * len(new)


def _entities(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in ENTITY.finditer(text):
        if (plain := html.unescape(match[0])) != match[0]:
            yield match.start(), match.end(), plain


def _is_hidden(text: str, at: int) -> bool:
    """Tell whether the character draws nothing; a joiner or selector inside an emoji does."""
    char = text[at]
    if char in (JOINER, "\ufe0f"):
        around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        return any(near.isalnum() for near in around) or not around
    return unicodedata.category(char) == "Cf" or char in "\u20e3\ufe0e\u115f\u3164\u2800"


def _hidden(text: str, words: Vocabulary) -> Iterator[Edit]:
    for at in range(len(text)):
        if not text[at].isascii() and _is_hidden(text, at):
            yield at, at + 1, ""


def _compatible(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fold fullwidth, mathematical and circled letters, and join or drop combining marks."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = text[at:end]
        if not cluster.isascii():
            folded = unicodedata.normalize("NFKC", cluster)
            if folded[0].isascii() and folded[0].isalpha():
                # Marks that do not compose with a Latin letter are scribble ("Z̷a̷l̷g̷o̷").
                folded = "".join(c for c in folded if not unicodedata.combining(c))
            if folded != cluster and folded.strip():
                yield at, end, folded
        at = end


def _emoji_letters(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in EMOJI_LETTER.finditer(text):
        base = 0x1F150 if ord(match[0]) < 0x1F170 else 0x1F170
        yield match.start(), match.end(), chr(ord("A") + ord(match[0]) - base)


def _flag_letters(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in FLAG_LETTERS.finditer(text):
        yield (
            match.start(),
            match.end(),
            "".join(chr(ord(c) - 0x1F1E6 + ord("a")) for c in match[0]),
        )


def _to_latin(char: str) -> str:
    """Return the Latin letter that looks like `char`, or `char` itself."""
    if char.isascii():
        return char
    likes = confusables.is_confusable(char, greedy=False, preferred_aliases=["latin"])
    if not likes:
        return char
    letters = [like["c"] for like in likes[0]["homoglyphs"] if like["c"].isascii()]
    return letters[0] if letters else char


def _lookalikes(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fold Greek and Cyrillic letters inside words that also hold Latin ones."""
    if text.isascii():
        return
    for match in WORD.finditer(text):
        word = match[0]
        has_latin = any(char.isascii() for char in word)
        if word.isascii() or not has_latin or unicodedata.normalize("NFD", word)[0] == "":
            continue
        folded = "".join(c if "LATIN" in unicodedata.name(c, "") else _to_latin(c) for c in word)
        if folded != word and len(folded) == len(word):
            yield match.start(), match.end(), folded


def _starred(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in STARRED.finditer(text):
        if word := words.complete(match[0].lower()):
            yield match.start(), match.end(), word


def _unleet(word: str, words: Vocabulary) -> str | None:
    """Return the known word that a l33t spelling stands for, if there is one."""
    lower = word.lower()
    for table in LEET_TABLES:
        if words.is_common(plain := lower.translate(table)):
            return plain
    return None


def _spaced(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in SPACED.finditer(text):
        joined = match[0].replace(match[1], "")
        plain = joined.lower() if words.is_known(joined.lower()) else _unleet(joined, words)
        if plain is None and len(joined) > 5:
            plain = " ".join(pieces) if (pieces := words.split(joined.lower())) else None
        if plain:
            yield match.start(), match.end(), plain


def _leet(text: str, words: Vocabulary) -> Iterator[Edit]:
    for match in LEET.finditer(text):
        word = match[0]
        if word.isalpha() or len(word) < 4 or ORDINARY_DIGITS.fullmatch(word):
            continue
        if plain := _unleet(word, words):
            yield match.start(), match.end(), plain


def _repeated(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Shorten "sooooo" and "Jeaaaan" to the known word, or else to two letters."""
    for match in REPEATED.finditer(text):
        if match[0].lower() in ORDINARY_REPEATS:
            continue
        twice = re.sub(r"(.)\1{2,}", r"\1\1", match[0])
        once = re.sub(r"(.)\1{2,}", r"\1", match[0])
        known = next((word for word in (twice, once) if words.is_known(word.lower())), twice)
        yield match.start(), match.end(), known


def _hashtags(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Split `#lovemyjeannie` and `#LoveMyJeannie` into words; read `#tnediser` backwards."""
    for match in HASHTAG.finditer(text):
        tag = match[1]
        yield match.start(), match.start() + 1, ""
        if not words.is_known(tag.lower()) and words.is_common(tag[::-1].lower()):
            yield match.start(1), match.end(1), tag[::-1]
            continue
        yield from _gaps(tag, match.start(1), words)


def _gaps(tag: str, offset: int, words: Vocabulary) -> Iterator[Edit]:
    """Yield the edits that open a space between the words of a hashtag."""
    at = offset
    for run in CAMEL.findall(tag.replace("_", " ")):
        at = offset + tag.index(run, at - offset)
        pieces = [run] if words.is_known(run.lower()) or run.isdigit() else wordninja.split(run)
        if any(len(piece) == 1 and piece.lower() not in "aiu" for piece in pieces):
            pieces = [run]
        for piece in pieces:
            if at > offset:
                yield at, at, " "
            at += len(piece)


def _odd_spaces(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Make a plain space of every other kind; line breaks stay."""
    for match in ODD_SPACE.finditer(text):
        yield match.start(), match.end(), " "


def _space_runs(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fold several spaces into one, once letters that were spaced out are joined."""
    for match in SPACE_RUN.finditer(text):
        yield match.start(), match.end(), " "


STEPS: tuple[tuple[str, Callable[[str, Vocabulary], Iterator[Edit]]], ...] = (
    ("pasted HTML", _entities),
    ("hidden characters", _hidden),
    ("", _odd_spaces),
    ("unusual letters", _compatible),
    ("emoji letters", _emoji_letters),
    ("emoji letters", _flag_letters),
    ("look-alike letters", _lookalikes),
    ("starred letters", _starred),
    ("spaced letters", _spaced),
    ("", _space_runs),
    ("numbers for letters", _leet),
    ("repeated letters", _repeated),
    ("hashtags", _hashtags),
)


def normalise(text: str, words: Vocabulary) -> Plain:
    """Return `text` with disguises undone, step by step, and the way back for each character.

    Curly quotes become straight so that lexicons need one spelling; that is no disguise and is not
    named in `undone`; nor are unusual spaces.
    """
    plain = Plain(text, tuple((at, at + 1) for at in range(len(text))))
    quotes = [
        (m.start(), m.end(), "'" if m[0] in "‘’ʼ`´" else '"')
        for m in re.finditer("[‘’ʼ`´“”]", text)
    ]
    plain = _apply(plain, quotes, "")
    for name, step in STEPS:
        plain = _apply(plain, list(step(plain.text, words)), name)
    return plain
