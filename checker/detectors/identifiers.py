"""Numbers that stand for one person: CHI, NHS, National Insurance, dates of birth, case numbers.

Finds   "CHI 0101501234", "QQ 12 34 56 C", "dob 3/4/41", "case ref 20931", "door code is 4417"
Leaves  "score 1012345678 on the arcade machine" without a cue, "the 12/6/24 newsletter"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import nhs_number

from checker.finding import Clue, Kind, Strength
from checker.reading import Reading

NAME = "identifiers"
TEN_DIGITS = re.compile(
    r"(?<![\d+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])|(?<![\d+-])\d{6}[ -]\d{4}(?!\d)"
)
NUMBER_CUE = re.compile(
    r"\b(?:chi|nhs|hospital|patient|community health)\b\W*(?:no|num|number|#|is|index)*", re.I
)
# HMRC's rule: neither letter D F I Q U V, the second not O; Q Q is kept for examples.
NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)"
    r" ?\d\d ?\d\d ?\d\d ?[A-D]\b",
    re.I,
)
BIRTH = re.compile(
    r"\b(?:d\.?o\.?b\b\.?|born(?: on)?(?: the)?\b|(?:date of birth|birth ?date)\b|"
    r"(?<!my )(?<!ma )(?<!own )birthday(?:'s|’s| is)?(?: on)?(?: the)?\b)(?: is|’s|'s)?[:\s-]{0,3}"
    r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? (?:19|20)?\d\d\b(?!:)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?,? "
    r"(?:19|20)\d\d)",
    re.I,
)
REFERENCE = re.compile(
    r"\b(?:case|ref|reference|file|client|crime|incident|swift|mosaic|carefirst|prisoner)"
    r"(?: (?:no|num|number|ref|reference|id))?\b[.:# ]{1,3}(?=[\w/-]*\d)"
    r"([a-z]{0,4}[-/ ]?\d[\w/-]{2,14})",
    re.I,
)
# A code after the word for it, at most a few words on: "the door code's now C2580Y". Years would
# be riddles, and times of the day have a colon or a point.
CODE = re.compile(
    r"\b(?:code|keysafe|key ?safe|keypad|pin|passcode)\b(?:[^.!?\n\d]|\b\d{1,2}\b){0,30}?"
    r"(?<![\d£$:/])\b([a-z]{0,2}\d{3,8}[a-z]?[#*]?)(?![\d:/%]|\.\d)",
    re.I,
)
# The same, told in words: "keysafe four four one seven".
SPOKEN = re.compile(
    r"\b(?:code|keysafe|key ?safe|keypad|passcode)\b[^.!?\n\d]{0,30}?"
    r"\b((?:(?:double|treble|zero|nought|oh|one|two|three|four|five|six|seven|eight|nine)"
    r"(?:[ ,-]+|\b)){4,8})",
    re.I,
)
# "bank card pin 4821": the number alone could be anything, the card beside it says what it is.
CARD_PIN = re.compile(
    r"\b(?:card|bank|account|cashline)\b[^.!?\n\d]{0,20}?\bpin\b(?:\W|number|no|code|is|now|still)*"
    r"\b(\d{4})\b(?![:/%])|"
    r"\bpin\b[^.!?\n\d]{0,12}?\b(?:card|bank|account)\b(?:\W|is|now|still|s)*\b(\d{4})\b(?![:/%])",
    re.I,
)
# What has a reference of its own that is nobody's case.
NO_CASE = re.compile(
    r"\b(?:parcel|tracking|delivery|booking|order|job|vacancy|post|advert|grant|charity|flight|train|"
    r"hotel|holiday|invoice|ticket|tender|return|refund)\W*(?:\w+\W+)?$",
    re.I,
)
# So many characters back they stand; looking through all that goes before took seconds.
BACK = 40
# A code told in a riddle: "the key safe is the year England won the cup", "code's the bus, twice".
RIDDLE = re.compile(
    r"\b(?:(?:door|entry|gate|key ?safe|alarm|lock) ?code|key ?safe|key ?pad)\b"
    r"(?:'s|’s| is| was|:|,|=)* (?:still |now |just )?"
    r"(?:the year|the battle of|the date|the day|the same as|same as|my year|the number of|"
    r"the last four|the bus|the age|"
    r"(?:his|her|their|the|my|your) (?:birthday|birth year|door number|lucky number)|"
    r"\w+ (?:backwards|twice|reversed))\b[^.!?\n]{0,40}",
    re.I,
)
# Words this near before a ten-digit number say that it is a health number.
CUE_REACH = 25


def find(reading: Reading) -> Iterator[Clue]:
    """Yield a clue for each identifier in the draft."""
    text = reading.plain.text
    yield from _health_numbers(reading)
    for label, pattern, group in (
        ("identifier.national-insurance", NATIONAL_INSURANCE, 0),
        ("identifier.birth-date", BIRTH, 0),
        ("identifier.reference", REFERENCE, 1),
        ("identifier.code", CODE, 1),
        ("identifier.code", SPOKEN, 1),
        ("identifier.card-pin", CARD_PIN, 0),
        ("identifier.code-riddle", RIDDLE, 0),
    ):
        for match in pattern.finditer(text):
            if pattern is REFERENCE and _is_of_no_case(text, match.start()):
                continue
            yield reading.clue_at(
                *match.span(group), Kind.IDENTIFIER, label, strength=Strength.STRONG, found_by=NAME
            )


def _is_of_no_case(text: str, at: int) -> bool:
    """Tell whether the reference at `at` is a parcel's, a job's or an order's."""
    return NO_CASE.search(text, max(0, at - BACK), at) is not None


def _health_numbers(reading: Reading) -> Iterator[Clue]:
    """Yield ten-digit numbers that a cue or a check digit with a date shows to be health numbers.

    A check digit raises and never decides: one number in eleven passes it by chance.
    """
    text = reading.plain.text
    for match in TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        cue = NUMBER_CUE.search(text[max(match.start() - CUE_REACH, 0) : match.start()])
        dated, cued = _begins_with_date(digits), cue is not None
        if cued or (dated and nhs_number.is_valid(digits)):
            # Whoever writes "CHI" means one, whatever its date.
            is_chi = dated or (cue is not None and "chi" in cue[0].lower())
            label = "identifier.chi" if is_chi else "identifier.nhs"
            strength = Strength.STRONG if cued else Strength.WEAK
            yield reading.clue_at(
                *match.span(), Kind.IDENTIFIER, label, strength=strength, found_by=NAME
            )


def _begins_with_date(digits: str) -> bool:
    """Tell whether the first six digits are a date of birth, day first, as in a CHI number."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        date(2000 + year if year < 30 else 1900 + year, month, day)
    except ValueError:
        return False
    return True
