"""Tells when a draft says that a person is missing, to say whom to tell before anybody posts."""

from __future__ import annotations

import re

WHO = (
    r"(?:\d{1,2}[- ]?(?:year|yr)s?[- ]?olds?|child|children|kid|lad|lassie|girl|boy|teen(?:ager)?|"
    r"bairn|wean|toddler|young person|yp|young people|resident|service user|tenant|man|woman|"
    r"gent|lady|client|patient|pensioner|one of (?:my|our|oor|ma) \w+)"
)
BETWEEN = r"(?:\W+(?!dog\b|cat\b|budgie\b)\w+){0,4}?\W+"
GONE = (
    r"(?:(?:is|has been|still|has gone|went|gone|been|reported|now)\W+missing\b"
    r"(?!\W+(?:you|his|her|their|the|a|home|me|out)\b)"
    r"|missing (?:since|from)\b|absconded|ran (?:away|off)|run (?:away|off)"
    r"|(?:hasn'?t|has not|hasnae|never|didn'?t) (?:come|came|turned up|returned) "
    r"(?:back|hame|home))"
)
PERSON_MISSING = re.compile(rf"\b{WHO}\b{BETWEEN}{GONE}|\bmissing {WHO}\b", re.I)


def is_missing(text: str) -> bool:
    """Tell whether `text` says that somebody is missing."""
    return PERSON_MISSING.search(text.replace("’", "'")) is not None
