"""Ways of reaching a person: phone numbers, e-mail addresses, handles, links.

Finds   "text her on 07700 900123", "@callum_mc knows all about it"
Leaves  "0-3 at half time", "£1,200 raised", "the 38 at 07:45"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from checker.finding import Clue, Kind, Strength
from checker.reading import Reading

NAME = "contacts"
# phonenumbers leaves out ranges that nobody can own (Ofcom's numbers for drama), which
# people use to disguise; a mobile is also wanted in any grouping.
MOBILE = re.compile(
    r"(?<![\d/])(?:(?:\+|00)44\s?(?:\(0\)\s?)?7|\(?07)\d(?:[\s.()-]{0,2}\d){8}(?![\d/])"
)
LANDLINE = re.compile(r"(?<![\d/])0[12]\d{2,3}[\s-]\d{3}[\s-]?\d{3,4}(?![\d/])")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{1,29}")
# Web addresses, and pages of people at the sites where they are typed without "www".
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{3,200}|(?<![\w.@/])(?:(?:facebook|instagram|tiktok|twitter|"
    r"linkedin|youtube|threads|snapchat)\.(?:com|net)|fb\.me|t\.me|wa\.me|linktr\.ee)/[^\s<>\"]{2,200}",
    re.I,
)
# A number without any digit group like these cannot be a phone, and the matcher is slow.
MAYBE_PHONE = re.compile(r"\d(?:[\s().-]?\d){8,}")

PATTERNS = (
    ("contact.mobile", MOBILE, Strength.STRONG),
    ("contact.landline", LANDLINE, Strength.WEAK),
    ("contact.email", EMAIL, Strength.STRONG),
    ("contact.handle", HANDLE, Strength.WEAK),
    ("contact.link", LINK, Strength.WEAK),
)


def find(reading: Reading) -> Iterator[Clue]:
    """Yield a clue for each contact detail in the draft."""
    text = reading.plain.text
    taken: list[tuple[int, int]] = []
    for label, pattern, strength in PATTERNS:
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield reading.clue_at(
                    *match.span(), Kind.CONTACT, label, strength=strength, found_by=NAME
                )
    yield from _other_numbers(reading, taken)


def _other_numbers(reading: Reading, taken: list[tuple[int, int]]) -> Iterator[Clue]:
    """Yield the valid British numbers in shapes that the patterns do not know."""
    text = reading.plain.text
    if not MAYBE_PHONE.search(text):
        return
    for match in phonenumbers.PhoneNumberMatcher(text, "GB"):
        if not any(a < match.end and match.start < b for a, b in taken):
            yield reading.clue_at(
                match.start,
                match.end,
                Kind.CONTACT,
                "contact.phone",
                strength=Strength.STRONG,
                found_by=NAME,
            )
