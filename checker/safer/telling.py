"""What tells of somebody although no rule marks it: weak words, floors, habits, marks.

Finds    "someone has a hearing tomorrow", "Wandered again.", "Lives in the end flat"
Leaves   "I was in A&E with my own knee", "my gran is out of hospital", "the kettle is missing"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.evidence import Evidence
from checker.finding import THROUGH_WORK, Clue, Kind, Role, Span
from checker.safer.source import find_sentences

OWN = frozenset({Role.OWN_FAMILY, Role.SELF, Role.PET, Role.FICTIONAL, Role.PUBLIC_FIGURE})
SOMEBODY = re.compile(
    r"\b(?:some(?:one|body)|people|families|s?he|his|hers?|hur|him|hisself|himsel\w*|hersel\w*|"
    r"they|them|their|residents?|tenants?|clients?|service users?|girl|boy|lass|lassie|lad|wean|"
    r"bairn|man|woman|lady|gent\w*|mine|wee (?:yin|one))\b",
    re.I,
)
AUTHOR = re.compile(r"\b(?:i|i['’]m|me|my|ma|mah|ah|myself|mysel)\b", re.I)
# Words of health, law and loss that say something of whoever they are about.
TELLS = re.compile(
    r"\b(?:court|sheriff|jury|verdict|trial|hearing|tribunal|panel|bail|remand|custody|jail|prison|"
    r"parole|probation|sentenced?|convicted|charged|arrested|polis|police|missing|search party|"
    r"wander(?:ed|ing|s)|ran away|run away|running away|absconded|a&e|hospital|hospice|camhs|"
    r"waiting list|crematorium|funeral|coffin|scars?|bruis(?:es|ed)|sober|detox|rehab|relapsed?|"
    r"overdosed?|needles?|methadone|insulin|meds|bottles|"
    r"has (?:the )?ms|pacemaker|stoma|catheter|epilepsy|"
    r"dementia|diagnos\w+|seizures?|stroke|chemo|cancer|"
    r"psychosis|suicid\w+|self[ -]harm\w*|biting|bites|splitting up|split up|divorc\w+|"
    r"separat(?:ed|ing)|"
    r"evict\w+|homeless|asylum|refugee|adopt(?:ed|ion)|placement|taken into care|one[ -]to[ -]one|"
    r"social work|"
    r"helicopter|coastguard|drones|blind|deaf|respite|wet (?:most|every|again|the bed)|"
    r"leaking|in the water|drown\w*|(?:in|off) the (?:news|papers?|record)|commode|"
    r"s?he['’]?s (?:clean|housed)|sectioned|discharged|moves? since)\b",
    re.I,
)
WHERE = re.compile(
    r"\b(?:on|in|fae|from|at) the (?:\w+ )?(?:first|second|third|fourth|top|ground|end|back|front|"
    r"blue|red|green|yellow|pink|corner) "
    r"(?:floor|flair|flat|room|landing|corridor|wing|hoose|house|bed)\b",
    re.I,
)
# Who is alone when, and when who is on, is told of oneself as well.
ALONE = re.compile(
    r"\b(?:on my (?:tod|own|jack jones)|on ma (?:tod|ain|jack)|single[ -]handed|lone work\w*|"
    r"rotas?\b(?=[^.!?\n]*\b(?:slide|week|below|attached)\b)|"
    r"wan staff|one staff|short[ -]staffed)\b",
    re.I,
)
HABIT = re.compile(
    r"\bevery (?:\w+ )?(?:morning|afternoon|evening|night|day|week|\w+day)s?\b"
    r"|\b(?:half|quarter) (?:past |to )?\w+\b|\b\w+ o['’]clock\b",
    re.I,
)
WEAK = ("behaviour.behaviour", "incident.", "medication.", "death.", "process.")
# From this probability on the reader's marks count in a wording that it passes.
SURE = 0.6
# "Someone I support" is what we put in, and a remark may be the author's own.
MARKED = frozenset({Kind.PERSON, Kind.PLACE, Kind.TIME, Kind.CARE, Kind.SERVICE, Kind.IDENTIFIER})
PUT_IN = re.compile(r"\b(?:someone|people|famil(?:y|ies)|support|that person|them|they)\b", re.I)
FEWEST_LETTERS = 4


def find_telling(evidence: Evidence) -> Iterator[Span]:
    """Yield the words of a wording that tell of somebody whom the author met through work."""
    text = evidence.reading.draft.text
    for start, end in find_sentences(text):
        sentence = text[start:end]
        yield from _words(ALONE, sentence, start, Kind.SERVICE)
        is_somebodys = SOMEBODY.search(sentence) is not None
        tells = list(_words(TELLS, sentence, start, Kind.CARE))
        first = tells[0].start if tells else end
        if _is_own(evidence, start, first if not is_somebodys else end, is_somebodys=is_somebodys):
            continue
        yield from tells
        yield from _words(WHERE, sentence, start, Kind.PLACE)
        if is_somebodys:
            yield from _words(HABIT, sentence, start, Kind.TIME)
            yield from (_span(one) for one in evidence.clues if _is_weak(one, start, end))
    yield from _marked(evidence)


def _is_own(evidence: Evidence, start: int, end: int, *, is_somebodys: bool) -> bool:
    """Tell whether a sentence, up to what tells, speaks of the author or their own people alone."""
    text = evidence.reading.draft.text[start:end]
    roles = {one.role for one in evidence.mentions if start <= one.start < end}
    is_made_general = bool(roles & THROUGH_WORK) or PUT_IN.search(text) is not None
    return bool(roles & OWN and not is_made_general) or (
        AUTHOR.search(text) is not None and not is_somebodys
    )


def _words(pattern: re.Pattern[str], sentence: str, start: int, kind: Kind) -> Iterator[Span]:
    for found in pattern.finditer(sentence):
        yield Span(start + found.start(), start + found.end(), found[0], kind, f"{kind}.telling")


def _is_weak(clue: Clue, start: int, end: int) -> bool:
    return start <= clue.start < end and clue.label.startswith(WEAK)


def _span(clue: Clue) -> Span:
    return Span(clue.start, clue.end, clue.quote, Kind.CARE, clue.label)


def _marked(evidence: Evidence) -> Iterator[Span]:
    """Yield what the reader marks with confidence, other than what we put in."""
    plain, text = evidence.reading.plain, evidence.reading.draft.text
    for one in evidence.encoded.marked if evidence.encoded else ():
        if not isinstance(one.label, Kind) or one.label not in MARKED or one.probability < SURE:
            continue
        start, end = plain.back(one.start, one.end)
        quote = text[start:end]
        if sum(char.isalpha() for char in quote) >= FEWEST_LETTERS and not PUT_IN.search(quote):
            yield Span(start, end, quote, one.label, f"{one.label}.marked")
