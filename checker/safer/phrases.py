"""Where the phrase around a person begins and ends: "the wee ", ", 94, from Ullapool"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.finding import Kind, Span
from checker.safer.source import Source, Word

# Words that open a noun phrase.
OPENERS = frozenset(
    "a an the my ma mah our oor your yer his her hers their thair hur this that these those one "
    "two three four five another both some every each any thon yon".split()
)
# Words that stand before a name and go with it.
FOND = frozenset(
    "wee auld old poor dear lovely young big little lil sweet darling bonnie bonny new".split()
)
# Tags of words that can stand between an opener and its noun; nouns and numbers among them.
INNER = ("JJ", "JJR", "JJS", "CD", "NN", "NNP", "NNS", "NNPS", "HYPH", "VBN", "VBG", "POS", "RB")
MOST_INNER = 4
NEVER_INSIDE = frozenset("own wi w with an and n shift".split())
RELATIVE = re.compile(r"\s*,?\s*((?:who|whose|whom|that)\b[^,.!?;:\n–—]*),?", re.I)
AGE_AFTER = re.compile(
    r"\s*[,(]\s*(?:aged? )?\d{1,3}\b(?: on \w+day| today| tomorrow| the day)?\)?"
    r"(?:\s*,|(?=\s*[.!?\n(]|$))",
    re.I,
)
# "our oldest customer" after a name, up to its comma or the end of the sentence; what goes on after
# the comma with "our driver" or "and" is a list, and no such thing.
BESIDE = re.compile(
    r",[^\S\n]*((?:our|oor|my|ma)\b(?:(?!\b(?:and|an|or|plus|but|who|that)\b)[^,.!?;:&\n–—])*)"
    r"(?:,(?![^\S\n]*(?:(?:and|an|n|or|plus|our|oor|my|ma|the|a|his|her)\b|&))|(?=[.!?\n]|$))",
    re.I,
)
# Words that only say again who is meant: more of them say something more.
MOST_BESIDE = 5
OF = re.compile(r"\s+(?:of|o'|o)\s+", re.I)
FROM = re.compile(r"\s+(?:from|in|at|of|fae|o'|up|doon|across|on)\s+(?:the\s+)?", re.I)
# The reader may mark "fae 14" as a person: nothing that opens so is one.
NEVER_FIRST = frozenset("fae frae tae intae wi at from".split())
# After "Nettie's" these go on about her, unless a noun follows them.
SAID = ("RB", "VBN", "VBG")
# "the lads I support", "the boy I look after"
ME = frozenset("i ah a we".split())
SUPPORTED = re.compile(
    r"(?:['’](?:m|ve|d|re))?(?: (?:used tae|used to|am|was|were|have|had|hae|still|have been))*"
    r" (?:support(?:ed|ing|in)?|visit(?:ed|ing)?|(?:look|looked|looking|lookin) (?:after|efter)|"
    r"(?:care|cared|caring) for|(?:work|worked|working|workin|go in|went in) (?:with|wi|to|tae)|"
    r"(?:mind|look) oot for|do|see|get)\b",
    re.I,
)
# A name that is spoken to ends its sentence: "Thank you for your review, Shaye."
AFTER_COMMA = re.compile(r",\s*$")
ENDS = re.compile(r"\s*(?:[.!?…\n]|$)")


def is_spoken_to(source: Source, start: int, end: int) -> bool:
    """Tell whether a name stands at the end of its sentence, after a comma."""
    opened = source.text[source.sentence_at(start)[0] : start]
    return AFTER_COMMA.search(opened) is not None and ENDS.match(source.text, end) is not None


def says_is(source: Source, end: int) -> tuple[int, str] | None:
    """Return where an "'s" at `end` that is a verb ends, and that verb in full; None for none."""
    short, *after = source.words_from(end)[:3] or (None,)
    if short is None or short.start != end or short.lower not in ("'s", "’s"):
        return None
    if short.tag != "VBZ" and not _says_more(after):
        return None
    has = bool(after) and (after[0].tag == "VBN" or after[0].lower in ("got", "been"))
    return short.end, "has" if has else "is"


def _says_more(after: Sequence[Word]) -> bool:
    """Tell whether what follows an "'s" is no noun of an owner's: "away home", not "old hat"."""
    is_owned = len(after) > 1 and after[1].tag.startswith(("NN", "JJ", "VBN"))
    return bool(after) and (after[0].tag in ("IN", "DT") or (after[0].tag in SAID and not is_owned))


def is_noun_phrase(source: Source, span: Span) -> bool:
    """Tell whether a marked person is a person's name or noun, not "he used to feed"."""
    words = source.within(span.start, span.end)
    if not words:
        return True
    opens_clause = words[0].tag in ("PRP", "WP", "EX", "IN") or words[0].is_verb
    return not (opens_clause and len(words) > 1) and words[0].lower not in NEVER_FIRST


def has_noun(source: Source, span: Span) -> bool:
    """Tell whether a marked person has a word for one: the reader may mark a "wee" alone."""
    words = source.within(span.start, span.end)
    return any(word.tag.startswith(("NN", "PRP", "CD")) for word in words)


def widen(source: Source, start: int, end: int, spots: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the whole phrase around a person at `start` to `end`.

    `spots` are the ranges of words that must not stay: what follows the person and holds one of
    them goes with it.
    """
    return _left(source, start), _right(source, end, spots)


def _left(source: Source, start: int) -> int:
    before = list(source.before(start))
    while before and _touching(source, before[-1], start) and _is_fond(before[-1]):
        start = before.pop().start
    opened = _opener(source, before, start)
    return start if opened is None else _one_of(source, opened)


def _is_fond(word: Word) -> bool:
    return word.lower in FOND or word.lower == "-"


def _opener(source: Source, before: list[Word], start: int) -> int | None:
    """Return where the phrase opens, a few words at most before `start`; None for nowhere."""
    at = start
    for word in reversed(before[-MOST_INNER:]):
        if not _touching(source, word, at):
            return None
        # "glad to hear that Mrs Gunn": this one opens no phrase.
        if word.lower in OPENERS and word.tag != "IN":
            return word.start
        if word.tag not in INNER or word.lower in NEVER_INSIDE or _is_noun_of_its_own(source, word):
            return None
        at = word.start
    return None


def _is_noun_of_its_own(source: Source, word: Word) -> bool:
    """Tell whether a noun before a person is another thing: "the quiz Nettie loved"."""
    if word.tag not in ("NN", "NNS"):
        return False
    hyphened = "-" in source.text[max(word.start - 1, 0)] + source.text[word.end : word.end + 1]
    clued = any(
        clue.kind is Kind.PERSON and clue.start <= word.start < clue.end for clue in source.clues
    )
    return not clued and not hyphened


def _one_of(source: Source, start: int) -> int:
    """Take "one of" before "my ladies" along."""
    found = re.search(
        r"\b(?:one|wan|yin|two|three|four|five|six|seven|eight|nine|ten|some|several|many|most|"
        r"a few|both|all) (?:of|o['’]|o|ae|a['’])\s+$",
        source.text[:start],
        re.I,
    )
    return found.start() if found else start


def _touching(source: Source, word: Word, at: int) -> bool:
    between = source.text[word.end : at]
    return "\n" not in between and not between.strip()


def _right(source: Source, end: int, spots: list[tuple[int, int]]) -> int:
    while True:
        reached = _step_right(source, end, spots)
        if reached == end:
            return end
        end = reached


def _step_right(source: Source, end: int, spots: list[tuple[int, int]]) -> int:
    """Return the end after an age, a place or a "who …" that follows and must not stay."""
    text = source.text
    if age := AGE_AFTER.match(text, end):
        return age.end()
    if (more := BESIDE.match(text, end)) and _says_who(source, *more.span(1)):
        return more.end()
    if said := _supported_by_me(source, end):
        return said
    if of := OF.match(text, end):
        return _noun_end(source, of.end(), end)
    if place := FROM.match(text, end):
        for clue in source.clues:
            if clue.kind is Kind.PLACE and clue.start == place.end():
                return clue.end
    if (told := RELATIVE.match(text, end)) and _holds(spots, told.start(), told.end()):
        # Without a comma before it, the one after it belongs to the sentence.
        return told.end() if told[0].lstrip().startswith(",") else told.end(1)
    return end


def _says_who(source: Source, start: int, end: int) -> bool:
    """Tell whether words after a comma only say again who is meant: a noun, and no more."""
    words = source.within(start, end)
    if not 1 < len(words) <= MOST_BESIDE or words[-1].tag not in ("NN", "NNS"):
        return False
    return not any(word.is_verb or word.tag in ("VBG", "VBN", "IN", "CD") for word in words)


def _supported_by_me(source: Source, end: int) -> int | None:
    """Return the end of "support" after "the lads I", of "look after" after "the boy I"."""
    last = source.before(end)[-1:]
    if not last or last[0].end != end or last[0].lower not in ME:
        return None
    told = SUPPORTED.match(source.text, end)
    return told.end() if told else None


def _noun_end(source: Source, start: int, end: int) -> int:
    """Return where the noun phrase that begins at `start` ends ("the lamps"), `end` for none."""
    for word in source.after(start)[:MOST_INNER]:
        is_noun = word.tag.startswith("NN")
        if not is_noun and word.tag not in ("DT", "PRP$", "JJ", "CD"):
            break
        if is_noun:
            end = word.end
    return end


def _holds(spots: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(one[0] < end and start < one[1] for one in spots)
