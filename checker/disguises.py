"""Undo what is done to whole words: stars, gaps, numbers for letters, repeats, hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterator

import wordninja

from checker.plain import Edit
from checker.vocabulary import Vocabulary

# Signs that people put over a letter; "#" only inside a word, where it begins no hashtag.
STARS = "*∗✱✲✳✻＊⁎﹡#"
STAR = re.compile(f"[{re.escape(STARS)}]")
# "r*sident", "m**s", "b*****d", "*ucking"; but not *emphasis*, which has a star at its end too,
# nor a footnote's "a*".
STARRED = re.compile(
    rf"(?<![\w*#])(?:[^\W\d_]+(?:[{re.escape(STARS)}]{{1,6}}[^\W\d_]+){{1,4}}"
    r"|\*{1,2}[^\W\d_]{3,})(?![\w*])"
)
LONGEST_STARRED = 16
# Letters with the same gap between them: "c a r e", "r.e.s.t", "m-e-d-s", "m..e..d..s", "m•e•d•s".
# Up to 400 of them: a sentence or two.
GAPS = r" .·•∙‧⋅_\-|/*~"
SPACED = re.compile(rf"(?<!\w)[\w@$](?:(([{GAPS}])\2{{0,2}})[\w@$])(?:\1[\w@$]){{1,400}}(?!\w)")
# Two or three letters between wider gaps or the ends of a line.
SHORT_SPACED = re.compile(r"(?:(?<=  )|^)[^\W\d_](?: [^\W\d_]){1,2}(?=  |$)", re.MULTILINE)
# Fewer letters are initials: "J P S", "a b c"; three count where no initials are written so.
FEWEST_SPACED, FEWEST_JOINED = 4, 3
INITIALS = frozenset(" .")
# From this many letters on they may be several words that ran together.
SENTENCE = 6
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
# "j1m", "d4d": small letters around one digit are no class, vitamin or postcode.
SHORT_LEET = re.compile(r"[a-z][0134578][a-z]")
REPEATED = re.compile(r"([^\W\d_])\1\1+")
# Three of a letter that are meant: web addresses, Roman numerals, kisses.
ORDINARY_REPEATS = frozenset({"www", "iii", "viii", "xiii", "xxx"})
WORD = re.compile(r"[^\W\d_]+")
# Not the part of a web address after its "#", nor an entity's.
HASHTAG = re.compile(r"(?<![\w/&=#])#(\w{2,60})")
# A word with the capitals before it, capitals alone, digits; accents are letters too.
CAMEL = re.compile(r"[A-ZÀ-Þ]*[^\W\d_A-ZÀ-Þ]+|[A-ZÀ-Þ]+|\d+")
CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,}(?=[^\W\d_A-ZÀ-Þ])")


def starred(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Fill in letters that stars stand for, where a known word fits."""
    known: dict[str, str | None] = {}
    for match in STARRED.finditer(text):
        pattern = STAR.sub("*", match[0].lower())
        if "*" not in pattern or len(pattern) > LONGEST_STARRED:
            continue
        if pattern not in known:
            known[pattern] = words.complete(pattern)
        if word := known[pattern]:
            yield match.start(), match.end(), word


def _unleet(word: str, words: Vocabulary) -> str | None:
    """Return the known word that a l33t spelling stands for, if there is one."""
    lower = word.lower()
    for table in LEET_TABLES:
        if words.is_common(plain := lower.translate(table)):
            return plain
    return None


def spaced(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Close the gaps between single letters, and open them between the words that they spell."""
    edits = [edit for match in SPACED.finditer(text) for edit in _close(match, words)]
    if edits:
        # "h e r  m u m": short words count where longer ones stand beside them.
        short = (match for match in SHORT_SPACED.finditer(text))
        taken = {at for at, _, _ in edits}
        for match in short:
            if match.start() not in taken and words.is_known(match[0].replace(" ", "").lower()):
                edits += [(at, at + 1, "") for at in range(match.start() + 1, match.end(), 2)]
    yield from sorted(edits)


def _close(match: re.Match[str], words: Vocabulary) -> Iterator[Edit]:
    """Yield one edit a letter, so that each keeps its own way back; none where no word comes."""
    letters, gap = match[0].split(match[1]), len(match[1])
    joined = "".join(letters).lower()
    fewest = FEWEST_SPACED if match[2] in INITIALS and gap == 1 else FEWEST_JOINED
    if len(letters) < fewest and not (match[2] == "." and joined in words.likely):
        return
    ends = {0}
    spelt = ""
    for piece in _spelt(joined, words) or ():
        spelt += piece
        ends.add(len(spelt))
    at = match.start()
    for number, letter in enumerate(spelt):
        if number:
            yield at - gap, at, " " if number in ends else ""
        yield at, at + 1, letter
        at += 1 + gap


def _spelt(joined: str, words: Vocabulary) -> list[str] | None:
    """Return the word or words that letters spell, each as long as what it stands for."""
    if words.is_known(joined):
        return [joined]
    if plain := _unleet(joined, words):
        return [plain]
    return words.split(joined) if len(joined) >= SENTENCE else None


def leet(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Read numbers and signs that stand for letters, where a known word comes of it."""
    for match in LEET.finditer(text):
        word = match[0]
        if word.isalpha() or len(word) < 3:
            continue
        if not SHORT_LEET.fullmatch(word) and (len(word) < 4 or ORDINARY_DIGITS.fullmatch(word)):
            continue
        if plain := _unleet(word, words):
            yield match.start(), match.end(), plain


def repeated(text: str, words: Vocabulary) -> Iterator[Edit]:
    """Shorten "sooooo" and "Jeaaaan" to the known word, or else to two letters."""
    for match in WORD.finditer(text):
        if not REPEATED.search(match[0]) or match[0].lower() in ORDINARY_REPEATS:
            continue
        twice = REPEATED.sub(r"\1\1", match[0])
        once = REPEATED.sub(r"\1", match[0])
        known = next((word for word in (twice, once) if words.is_known(word.lower())), twice)
        yield match.start(), match.end(), known


def hashtags(text: str, words: Vocabulary) -> Iterator[Edit]:
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
    for run in (part for found in CAMEL.findall(tag) for part in _acronym(found, words)):
        at = offset + tag.index(run, at - offset)
        for piece in _pieces(run, words):
            if at > offset:
                yield at - (tag[at - offset - 1] == "_"), at, " "
            at += len(piece)


def _acronym(run: str, words: Vocabulary) -> list[str]:
    """Split "NHSStaff" and "ASNteacher" where the capitals end, as the rest is a word."""
    if not (capitals := CAPITALS.match(run)):
        return [run]
    for cut in (capitals.end() - 1, capitals.end()):
        if words.is_known(run[cut:].lower()):
            return [run[:cut], run[cut:]]
    return [run]


def _pieces(run: str, words: Vocabulary) -> list[str]:
    """Split letters of one case into words; letters that spell none stay together."""
    if words.is_known(run.lower()) or not run.isascii() or run.isdigit():
        return [run]
    pieces: list[str] = wordninja.split(run)
    if any(len(piece) == 1 and piece.lower() not in "aiu" for piece in pieces):
        return [run]
    return pieces
