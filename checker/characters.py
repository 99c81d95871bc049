"""Undo what is done to single characters: hidden, drawn otherwise, accented, look-alike."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from confusable_homoglyphs import confusables

from checker.plain import Edit
from checker.vocabulary import Vocabulary

# Accidental HTML from copying out of a web page; bounded so that "&" in prose is left alone.
ENTITY = re.compile(r"&(?:#\d{2,7}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d?);")
# Curly quotes become straight so that lexicons need one spelling.
QUOTE = re.compile("[‘’ʼ`´“”]")
SINGLE_QUOTES = "‘’ʼ`´"
# Letters drawn as emoji (negative squared and circled forms that NFKC leaves as they are).
EMOJI_LETTER = re.compile("[\U0001f150-\U0001f169\U0001f170-\U0001f189]")
# Three or more regional indicators spell a word; two are a flag.
FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]{3,}")
WORD = re.compile(r"[^\W\d_]+")
JOINER = "\u200d"
# These draw nothing although Unicode does not call them format characters: the grapheme joiner,
# Hangul and Khmer fillers, the braille blank, and (but for emoji) the variation selectors.
BLANKS = "\u20e3\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# A digit in a box: what draws the box belongs to the digit before it.
KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
# "my<zero width>resident": a place where a line may break stands between whole words.
BREAK = re.compile("(?<=[^\\W\\d_])[\u200b\u2060\ufeff]+(?=[^\\W\\d_])")
LETTERS_BEFORE, LETTERS_AFTER = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
# Words are looked for no further than this on either side.
LONGEST_WORD = 30
# Greek and phonetic letters that are drawn like Latin ones, where the look-alike tables know none.
DRAWN_ALIKE = str.maketrans("αβγδεηικνορτυχωɑɛɡɩɪɯʋ", "abydenikvoptuxwaegiiwv")
SMALL_CAPITAL = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])$")
# Phonetic letters; those of Polish, Gaelic or Yoruba are written with others.
PHONETIC = re.compile("[\u0250-\u02af]")
# Word processors and web pages paste no-break, thin and double spaces.
ODD_SPACE = re.compile(r"[^\S\n\r ]")
SPACE_RUN = re.compile(r" {2,}")
# No word and hardly an address is this long; spaCy and the patterns take time that grows with the
# square of such a run: 50 s for 20,000 of one sign, under 1 s in pieces.
LONGEST_RUN = 100
RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")


def entities(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Read HTML entities that were pasted by accident: `&amp;`."""
    for match in ENTITY.finditer(text):
        if (plain := html.unescape(match[0])) != match[0]:
            yield match.start(), match.end(), plain


def quotes(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Straighten curly quotes."""
    for match in QUOTE.finditer(text):
        yield match.start(), match.end(), "'" if match[0] in SINGLE_QUOTES else '"'


def keycaps(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Take digits out of their boxes; each maps back to digit and box together."""
    for match in KEYCAP.finditer(text):
        yield match.start(), match.end(), match[1]


def breaks(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Open a space where nothing visible stands between two words: `my<zero width>resident`."""
    for match in BREAK.finditer(text):
        before = LETTERS_BEFORE.search(text[max(match.start() - LONGEST_WORD, 0) : match.start()])
        after = LETTERS_AFTER.match(text[match.end() : match.end() + LONGEST_WORD])
        left, right = (found[0].lower() if found else "" for found in (before, after))
        apart = min(len(left), len(right)) > 1 and words.is_known(left) and words.is_known(right)
        if apart and not words.is_known(left + right):
            yield match.start(), match.end(), " "


def _is_hidden(text: str, at: int) -> bool:
    """Tell whether the character draws nothing; a joiner or selector inside an emoji does."""
    char = text[at]
    if char == JOINER or SELECTOR.match(char):
        around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        return any(near.isalnum() for near in around) or not around
    return char in BLANKS or unicodedata.category(char) == "Cf"


def hidden(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Drop characters that draw nothing."""
    for at in range(len(text)):
        if CONTROL.match(text[at]) or (not text[at].isascii() and _is_hidden(text, at)):
            yield at, at + 1, ""


def compatible(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fold fullwidth, mathematical and circled letters, and join or drop combining marks."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = text[at:end]
        if not cluster.isascii():
            folded = _fold(cluster)
            if folded != cluster and folded.strip():
                yield at, end, folded
        at = end


def _fold(cluster: str) -> str:
    """Return a character with its marks in its plainest form; digits of every script as ours."""
    digit = unicodedata.digit(cluster[0], None)
    if digit is not None and not cluster[0].isascii():
        return str(digit)
    folded = unicodedata.normalize("NFKC", cluster)
    if folded[0].isascii() and folded[0].isalpha():
        # Marks that do not compose with a Latin letter are scribble ("Z̷a̷l̷g̷o̷").
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return folded


def accents(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Drop accents that stand on most letters of a word that is known without them."""
    if text.isascii():
        return
    for match in WORD.finditer(text):
        word = match[0]
        bare = "".join(unicodedata.normalize("NFD", char)[0] for char in word)
        changed = sum(a != b for a, b in zip(word, bare, strict=True))
        # Half at least, in words of four: "été" is French, "ŕéśíd́éńt" is no language's.
        scribbled = len(word) > 3 and 2 * changed >= len(word)
        if scribbled and not words.is_known(word.lower()) and words.is_known(bare.lower()):
            yield match.start(), match.end(), bare


def emoji_letters(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Read letters in black squares and circles."""
    for match in EMOJI_LETTER.finditer(text):
        base = 0x1F150 if ord(match[0]) < 0x1F170 else 0x1F170
        yield match.start(), match.end(), chr(ord("A") + ord(match[0]) - base)


def flag_letters(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Read words spelt in the letters that flags are made of."""
    for match in FLAG_LETTERS.finditer(text):
        plain = "".join(chr(ord(c) - 0x1F1E6 + ord("a")) for c in match[0])
        yield match.start(), match.end(), plain


def _to_latin(char: str) -> str:
    """Return the Latin letter that looks like `char`, or `char` itself."""
    if char.isascii():
        return char
    name = unicodedata.name(char, "")
    if small := SMALL_CAPITAL.match(name):
        return small[1].lower()
    if name.startswith("LATIN") and not PHONETIC.match(char):
        return char
    likes = confusables.is_confusable(char, greedy=False, preferred_aliases=["latin"])
    letters = [like["c"] for like in likes[0]["homoglyphs"] if like["c"].isascii()] if likes else []
    return letters[0] if letters else char.translate(DRAWN_ALIKE)


def lookalikes(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fold look-alike letters: Greek and Cyrillic beside Latin ones, small capitals, phonetic."""
    if text.isascii():
        return
    for match in WORD.finditer(text):
        word = match[0]
        if word.isascii() or not any("LATIN" in unicodedata.name(char, "") for char in word):
            continue
        folded = "".join(map(_to_latin, word))
        if folded != word and len(folded) == len(word):
            yield match.start(), match.end(), folded


def odd_spaces(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Make a plain space of every other kind; line breaks stay."""
    for match in ODD_SPACE.finditer(text):
        yield match.start(), match.end(), " "


def long_runs(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Open a space in runs of signs or letters that are longer than any word."""
    for match in RUN.finditer(text):
        yield match.end(), match.end(), " "


def space_runs(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fold several spaces into one, once letters that were spaced out are joined."""
    for match in SPACE_RUN.finditer(text):
        yield match.start(), match.end(), " "
