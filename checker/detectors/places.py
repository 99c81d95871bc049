"""Places that narrow down who or where: postcodes, addresses, rooms and flats, towns.

Finds   "KY11 9XX", "14 Birch Terrace", "room 6", "flat 2/1", "in Tranent"
Leaves  "B12 3rd" (no such postcode), "gate 14", "No 1 fan"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from uk_postcodes_parsing import ukpostcode

from checker.detectors.name_words import NOT_NAMES
from checker.finding import Clue, Kind, Strength
from checker.gazetteers import Place
from checker.reading import Reading

NAME = "places"
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.I)
STREET = (
    r"(?:street|st|road|rd|avenue|ave|drive|dr|lane|terrace|terr|tce|crescent|cres|gardens|gdns|place|pl|"
    r"court|square|wynd|close|brae|grove|way|view|quadrant|loan|row|path|park|walk|gate)"
)
# Words that never begin a street's name, and courts that nobody lives in.
NO_STREET = (
    r"(?!(?:a|an|the|of|in|at|to|on|and|or|for|per|by|my|our|more|new|years?|months?|weeks?|days?|"
    r"hours?|mins?|minutes|miles?|people|thank|along|sheriff|high|crown|tennis|food)\b)"
)
ADDRESS = re.compile(rf"\b[1-9]\d{{0,2}}[a-d]? (?:{NO_STREET}[a-z][\w']+ ){{1,2}}{STREET}\b", re.I)
STREET_NAME = re.compile(rf"\b(?:[A-Z][a-z']+ ){{1,2}}{STREET.replace('(?:', '(?i:', 1)}\b")
ROOM = re.compile(
    r"\b(?:room|rm|flat|bed|bay|pod|apartment|apt|unit|suite|hoose|hoose no)\s?(?:no\.? ?|number )?"
    r"(?:\d{1,3}[a-d]?(?:/\d{1,2})?|[a-d])\b(?! ?(?:am|pm|o'clock|mins|minutes|hours|hrs|bedroom))",
    re.I,
)
# "3 The Loaning": streets that begin with "The" need no other word for a street.
THE_STREET = re.compile(
    r"\b[1-9]\d{0,2}[a-d]? The (?:Loaning|Green|Glebe|Cross|Brae|Wynd|Square|Row|Vennel|Mains|"
    r"Paddock|Crescent|Avenue|Orchard|Meadows?|Cottages?)\b"
)
# Where somebody comes from, which the gazetteer need not know: "a ferryman from Kyleakin".
ORIGIN = re.compile(r"\b(?:from|fae|frae) ((?!The\b)[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)?)")
PREMISES = re.compile(
    r"\b(?:[A-Z][a-z']{2,} ){1,2}(?:House|Court|Lodge|Unit|Nursery|Care Home|Nursing Home|Centre|"
    r"Hostel|Project|Primary|Academy|Playgroup|Childcare|Gardens|View|Bank)\b"
)


def find(reading: Reading, places: dict[str, Place]) -> Iterator[Clue]:
    """Yield a clue for each place in the draft; `places` are the known towns."""
    yield from _postcodes(reading)
    for label, pattern, strength in (
        ("place.address", ADDRESS, Strength.STRONG),
        ("place.address", THE_STREET, Strength.STRONG),
        ("place.room", ROOM, Strength.STRONG),
        ("place.premises", PREMISES, Strength.WEAK),
        ("place.street", STREET_NAME, Strength.WEAK),
    ):
        for match in pattern.finditer(reading.plain.text):
            yield reading.clue_at(
                *match.span(), Kind.PLACE, label, strength=strength, found_by=NAME
            )
    for match in ORIGIN.finditer(reading.plain.text):
        if match[1].lower() not in NOT_NAMES and match[1].lower() not in places:
            yield reading.clue_at(
                *match.span(1), Kind.PLACE, "place.origin", strength=Strength.WEAK, found_by=NAME
            )
    yield from _towns(reading, places)


def _postcodes(reading: Reading) -> Iterator[Clue]:
    """Yield the codes that the postcode directory knows; shape alone also fits call signs."""
    for match in POSTCODE.finditer(reading.plain.text):
        parsed = ukpostcode.parse(match[0].upper())
        if parsed is not None and parsed.is_in_ons_postcode_directory:
            yield reading.clue_at(
                *match.span(),
                Kind.PLACE,
                "place.postcode",
                strength=Strength.STRONG,
                found_by=NAME,
            )


def _towns(reading: Reading, places: dict[str, Place]) -> Iterator[Clue]:
    """Yield towns and villages, of up to three words, written with a capital or after "in"."""
    at = 0
    while at < len(reading.lower):
        lengths = (n for n in (3, 2, 1) if at + n <= len(reading.lower))
        length = next((n for n in lengths if " ".join(reading.lower[at : at + n]) in places), 0)
        before = reading.lower[at - 1] if at else ""
        capital = reading.doc[at].text[:1].isupper() if length else False
        if length and (capital or before in ("in", "fae", "from", "doon", "up", "tae")):
            yield reading.clue(
                at, at + length, Kind.PLACE, "place.town", strength=Strength.WEAK, found_by=NAME
            )
        at += length or 1
