"""Drop or generalise what narrows down: places, ages, times, numbers, ways to reach somebody.

Changes  "a 94-year-old lady"  →  "a lady";  "at Birch House"  →  "at work"
Leaves   a place or a time that stands in no finding and beside nobody met through work
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.finding import THROUGH_WORK, Clue, Kind, Span
from checker.safer.change import Edit
from checker.safer.reasons import AGE, REASONS
from checker.safer.source import Source, Word

DETAIL = (Kind.PLACE, Kind.TIME, Kind.CONTACT, Kind.IDENTIFIER)
# These go wherever they stand in the sentence of a finding.
NARROW = ("age.", "place.", "identifier.", "contact.mobile", "contact.phone", "contact.email")
PREPOSITIONS = frozenset(
    "in at on from to of by for near around outside inside beside over up doon down off via till "
    "until til since before after between fae tae roon through across along @".split()
)
MORE = frozenset("the a this that next last every each just about aged age turned".split())
BIRTHDAY = re.compile(r"(?:\d{2,3}(?:st|nd|rd|th)|hundredth) birthday", re.I)
TURNED = re.compile(r"(?:turned|reached) \d{2,3}", re.I)
TURNING = re.compile(r"turning \d{2,3}", re.I)
TURNS = re.compile(r"turns \d{2,3}", re.I)
SAID_OF = re.compile(r"(?:(?:she|he|they)(?:'s|’s|'re|s| is| are)|is) ", re.I)
NUMBERED = re.compile(r"\b(?:number|no\.?|flat|room|rm)\s+$", re.I)
NUMBER = re.compile(r"\s+\d{1,4}[a-z]?\b", re.I)
# The country or county after a town: "in Perth, Oz".
LARGER = re.compile(r", [A-Z]\w+(?=[.,!?)]|$)")
HEAD = re.compile(r"(?:[ -]?(?:year|yr)s?[ -]?(?:old|auld)|[ -]?yo)$", re.I)


def detail_edits(source: Source, spans: Sequence[Span]) -> list[Edit]:
    """Return the edits for the details among the findings' words and in their sentences.

    A detail that no phrase can lose ("the code is 4417", "she's 94") gets no edit here.
    """
    found = {(one.start, one.end): one for one in _details(source, spans)}
    edits = (_edit(source, one) for _, one in sorted(found.items()))
    return [edit for edit in edits if edit is not None]


def _details(source: Source, spans: Sequence[Span]) -> Iterator[Span | Clue]:
    yield from (one for one in spans if one.kind in DETAIL)
    near = {source.sentence_at(one.start) for one in spans}
    near |= {source.sentence_at(one.start) for one in source.mentions if one.role in THROUGH_WORK}
    for clue in source.clues:
        if clue.label.startswith(NARROW) and source.sentence_at(clue.start) in near:
            yield clue


def _edit(source: Source, one: Span | Clue) -> Edit | None:
    reason = AGE if one.label.startswith("age.") else REASONS[one.kind]
    tag = source.tag_at(one.start, one.end)
    if tag:
        return Edit(*tag, "", reason)
    if one.label.startswith("age."):
        return _age(source, one, reason)
    return _phrase(source, one, reason)


def _age(source: Source, one: Span | Clue, reason: str) -> Edit | None:
    """Return the edit for an age: a birthday stays one, and a noun gets another."""
    quote = one.quote
    for pattern, new in (
        (BIRTHDAY, "birthday"),
        (TURNED, "had a birthday"),
        (TURNING, "having a birthday"),
        (TURNS, "has a birthday"),
    ):
        if pattern.fullmatch(quote):
            return Edit(one.start, one.end, new, reason)
    said = SAID_OF.match(quote)
    after = source.after(one.end)[:1]
    if said and not HEAD.search(quote):
        return None
    start = one.start + (said.end() if said else 0)
    if HEAD.search(quote):
        is_head = not after or not after[0].tag.startswith(("NN", "JJ", "VBG", "VBN", "HYPH"))
        if is_head:
            return None if said else Edit(*_noun(source, start, one.end), "someone", reason)
        return Edit(start, one.end, "", reason)
    return Edit(start, one.end, "", reason)


def _noun(source: Source, start: int, end: int) -> tuple[int, int]:
    """Take the article before an age that stands for its person: "our 94 year old"."""
    for word in reversed(source.before(start)[-2:]):
        if word.tag not in ("DT", "PRP$", "JJ"):
            break
        start = word.start
    return start, end


def _phrase(source: Source, one: Span | Clue, reason: str) -> Edit | None:
    start, end = _whole(source, one)
    if one.kind is Kind.TIME and _stands_before_noun(source, end):
        return Edit(start, end, "", reason)
    before = list(source.before(start))
    start = _nouns_before(source, one, before, start)
    while before and before[-1].lower in MORE and before[-1].tag not in ("VBD", "VBN"):
        start = before.pop().start
    led = bool(before) and before[-1].lower in PREPOSITIONS
    if led:
        start = before[-1].start
    end = _noun_after(source, one, end)
    after = source.after(end)[:1]
    if one.label == "place.premises" and led and before[-1].lower in ("at", "in", "from"):
        return Edit(start, end, "from work" if before[-1].lower == "from" else "at work", reason)
    if not led and _is_subject(before, after):
        return _subject(one, start, end, reason)
    if before and not led and before[-1].lower in ("is", "'s", "’s", "are", "was", "called"):
        return None
    return Edit(start, end, "", reason)


def _stands_before_noun(source: Source, end: int) -> bool:
    """Tell whether a time describes the noun after it: "the 2pm panto"."""
    after = source.after(end)[:1]
    return bool(after) and source.text[end : after[0].start] == " " and after[0].tag == "NN"


def _nouns_before(source: Source, one: Span | Clue, before: list[Word], start: int) -> int:
    """Take the nouns before a marked place along, up to their article: "the fish shop in Crail"."""
    nouns = 0
    while nouns < len(before) and before[-1 - nouns].tag in ("NN", "NNP", "JJ"):
        nouns += 1
    opened = nouns < len(before) and before[-1 - nouns].lower in ("the", "a", "an")
    if one.kind is Kind.PLACE and nouns and opened:
        start = before[-nouns].start
        del before[-nouns:]
    return start


def _whole(source: Source, one: Span | Clue) -> tuple[int, int]:
    """Return where a detail begins and ends with "number" before it and the number after it."""
    ahead = NUMBERED.search(source.text[: one.start])
    number = None
    if one.kind is Kind.PLACE:
        number = NUMBER.match(source.text, one.end) or LARGER.match(source.text, one.end)
    return ahead.start() if ahead else one.start, number.end() if number else one.end


def _noun_after(source: Source, one: Span | Clue, end: int) -> int:
    """Take the nouns that a place names along: "to Nairn beach", "the Killearn bowling club"."""
    if one.kind is not Kind.PLACE:
        return end
    for word in source.after(end)[:2]:
        if source.text[end : word.start] != " " or word.tag not in ("NN", "NNP"):
            break
        end = word.end
    return end


def _is_subject(before: list[Word], after: tuple[Word, ...]) -> bool:
    opens = not before or before[-1].tag in (",", ":", ".", "CC") or not before[-1].lower.isalpha()
    return opens and bool(after) and (after[0].is_verb or after[0].lower in ("'s", "’s"))


def _subject(one: Span | Clue, start: int, end: int, reason: str) -> Edit | None:
    if one.kind is not Kind.PLACE:
        return Edit(start, end, "", reason) if one.kind is Kind.TIME else None
    new = "someone" if one.label in ("place.room", "place.address") else "our area"
    return Edit(start, end, new, reason)
