"""What a wording still holds that a person would not post, although the checker passes it.

The checker has blind spots, and a wording that was made to please it finds them. So what tells of
somebody bars an offer by itself, whatever verdict it got.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.draft import Account
from checker.evidence import Evidence
from checker.finding import THROUGH_WORK, Clue, Finding, Kind, Role, Span, Strength
from checker.safer.source import find_sentences
from checker.safer.telling import SOMEBODY, find_telling
from checker.verdict import Verdict

# People whose own the care may be.
OWN = frozenset({Role.OWN_FAMILY, Role.SELF, Role.PET, Role.FICTIONAL, Role.PUBLIC_FIGURE})
UNITS = (
    r"hours?|hrs?|minutes?|mins?|seconds?|miles?|kms?|k|metres?|pages?|times|steps|degrees|quid|"
    r"pounds?|emails?|calls|cups|teas|coffees|goals|points"
)
COUNT = r"(?:\w+teen|ten|eleven|twelve|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
TENS = rf"{COUNT}(?:[ -]\w+)?"
FIGURE = re.compile(
    rf"\d(?:[\d.,:/-]*\d)?|\b{TENS} years? (?:old|auld)\b"
    r"|\b(?:s?he|they|you)(?:['’]?s|['’]re| is| are| wis| was| were)? (?:only |just |near |aged )?"
    rf"{TENS}"
    r"(?=\W*(?:$|[.,!?])| (?:the day|today|now|noo|and|an)\b)"
    rf"|(?:^|(?<=[.!?…] )){TENS}(?=[.!?,]| (?:and|an)\b)"
    r"|\b(?:six|seven|eigh|nine)ty(?:-\w+)? years\b",
    re.I,
)
# A name may stay where it is plain that it is nobody's whom the author met through work.
NAMED = THROUGH_WORK | {Role.UNKNOWN}
# Money, distance, how long and how often, marks out of ten, years of history: nobody's own.
MEASURE = re.compile(
    r"[£$€]\d[\d,.]*[km]?\b"
    rf"|\b\d[\d,.]*(?:st|nd|rd|th)?[ -]?(?:%|(?:{UNITS})\b)"
    rf"|\b{COUNT} (?:{UNITS})\b"
    r"|\b\d{1,3}/(?:5|7|10|100)\b"
    r"|\b(?:size|sizes|up|down) \d[\d.]*(?: ?(?:to|-) ?\d+)?\b"
    r"|\b(?:till|until|til|by|half) \d{1,2}\b"
    r"|(?<!\bin )(?<!\broom )(?<!\brm )(?<!\bflat )(?<!\bnumber )(?<!\bat )(?<!\bno )(?<!\bfae )"
    r"\b\d{1,2}(?= (?!year|yr|yo\b|auld|old)[a-z]{3,})"
    r"|\b(?:in|until|till|since|before|after) 1[0-8]\d\d\b",
    re.I,
)
# Ages, and what opens a door, by the beginning of their labels.
TELLING = ("place.town", "place.premises", "place.street")
# What the clock says: "home by 7am". Beside somebody, wherever in the draft, it tells of a habit;
# "94 am so proud" is an age.
CLOCK = re.compile(r"\b(?:0?[1-9]|1[0-2])(?:[:.][0-5]\d ?)?(?:am|pm)\b", re.I)
THIRD = re.compile(r"\b(?:someone|people|s?he|his|hers?|him)\b", re.I)
FIRST = re.compile(r"\b(?:i|me|my|ma|mah|ah|we|us|our|oor|mine)\b", re.I)
NEVER = ("age.", "service.code", "service.key", "place.room", "place.address", "place.postcode")
# A prize or a good mood may be told of someone whom nobody can tell.
HARMLESS = ("behaviour.mood", "behaviour.milestone")
CLOSED = frozenset({Kind.IDENTIFIER, Kind.CONTACT})


# A death needs no other word to tell of somebody.
DEATH = re.compile(
    r"\b(?:someone|people|he|she|they)\b[^.!?\n]{0,60}?"
    r"\b(?:died|dee?d|passed (?:away|on|over|in|at|last|this|yesterday|today|peacefully))\b",
    re.I,
)


def find_private(evidence: Evidence, findings: Iterable[Finding]) -> tuple[Span, ...]:
    """Return the names, numbers, codes, ages, rooms, addresses and somebody's care that are left.

    Any figure that measures nothing counts: "88, sheep dog handler" holds no other clue. So do the
    words of a stop among `findings`, the rules' own, though the reader talks the checker out of it:
    a wording is offered as fine only where nothing grave is left to argue over.
    """
    grave = (span for one in findings if one.verdict is Verdict.STOP for span in one.spans)
    people = (
        Span(one.start, one.end, one.quote, Kind.PERSON, str(one.role))
        for one in evidence.mentions
        if one.named and one.role in NAMED
    )
    clues = (
        Span(one.start, one.end, one.quote, one.kind, one.label)
        for one in evidence.clues
        if _is_private(one, evidence)
    )
    found = (*_figures(evidence), *_deaths(evidence), *people, *clues, *grave)
    return (*found, *find_telling(evidence))


def _figures(evidence: Evidence) -> Iterator[Span]:
    plain, text = evidence.reading.plain, evidence.reading.draft.text
    free = [MEASURE] if SOMEBODY.search(plain.text) else [MEASURE, CLOCK]
    measures = [match.span() for pattern in free for match in pattern.finditer(plain.text)]
    for match in FIGURE.finditer(plain.text):
        if not any(start <= match.start() < end for start, end in measures):
            start, end = plain.back(*match.span())
            yield Span(start, end, text[start:end], Kind.IDENTIFIER, "identifier.figure")


def _is_somebodys_place(clue: Clue, evidence: Evidence) -> bool:
    """Tell whether a place stands beside "someone", or, in one's own post, not beside oneself."""
    draft = evidence.reading.draft
    here = (draft.text[a:b] for a, b in find_sentences(draft.text) if a <= clue.start < b)
    sentence = next(here, draft.text)
    if THIRD.search(sentence):
        return True
    return draft.account is Account.PERSONAL and FIRST.search(sentence) is None


def _deaths(evidence: Evidence) -> Iterator[Span]:
    plain, text = evidence.reading.plain, evidence.reading.draft.text
    for match in DEATH.finditer(plain.text):
        start, end = plain.back(*match.span())
        yield Span(start, end, text[start:end], Kind.CARE, "death.death")


def _is_private(clue: Clue, evidence: Evidence) -> bool:
    beside = evidence.roles_beside([clue])
    of_somebody = bool(beside & THROUGH_WORK)
    if of_somebody and clue.label.startswith("death."):
        return True
    if clue.label.startswith(TELLING) and (of_somebody or _is_somebodys_place(clue, evidence)):
        return True
    if clue.strength is Strength.WEAK:
        return False
    if clue.kind in CLOSED or clue.label.startswith(NEVER):
        return True
    if clue.kind is not Kind.CARE or clue.label in HARMLESS:
        return False
    return not beside & OWN or of_somebody
