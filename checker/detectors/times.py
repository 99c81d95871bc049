"""Times and ages: when something is, and how old somebody is.

Finds   "10.30 on Tuesday", "every Thursday", "tomorrow at 2", "101-year-old", "she's 94"
Leaves  "24/7", "won 4-2", "20 years in care work"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Clue, Kind, Strength
from checker.gazetteers import Names
from checker.reading import Reading

NAME = "times"
DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?=\W)"
)
CLOCK = re.compile(
    r"\b(?:at |by |till |til |from |@ ?)?(?:[01]?\d|2[0-3])"
    r"(?:[:.][0-5]\d ?(?:am|pm)?| ?(?:am|pm|o'?clock))\b"
    r"|\b(?:half|quarter) (?:past |to )?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b",
    re.I,
)
WEEKDAY = re.compile(rf"\b(?:every |each |next |this |on |last )?(?:{DAY})s?\b", re.I)
RELATIVE = re.compile(
    r"\b(?:tomorrow|the morn|the morra|themorra|next week|this weekend|tonight|the night)\b", re.I
)
ROUTINE = re.compile(
    rf"\b(?:every|each|always on a) (?:{DAY}|day|morning|afternoon|week|second week)\b", re.I
)
DATED = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? "
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|"
    r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b(?!\d)",
    re.I,
)
AGE = re.compile(
    r"\b(?:aged? |she's |he's |they're |is |turned |turning |just )?"
    r"(\d{1,3})(?:[ -]?(?:year|yr)s?[ -]?(?:old|auld)|[ -]?yo\b)|"
    r"\baged? (\d{1,3})\b|\b(?:turned|turning|turns|reached) (\d{2,3})\b|"
    r"\bhundredth birthday\b|\b(\d{2,3})(?:st|nd|rd|th) birthday\b|"
    r"\b(?:she's|he's|she is|he is|shes|hes) (\d{2,3})\b"
    r"(?! ?(?:%|mins|minutes|hours|days|stone|miles|months|weeks|points))",
    re.I,
)
# "Nettie, 94, from Crieff", "Nettie (94)": the word before must be a name.
AGE_AFTER_NAME = re.compile(r"\b([A-Z][\w'’-]+)(?:, (\d{2,3})(?=,)| \((\d{2,3})(?=\)))")
# "a crofter from Lairg, 90, told me": what somebody's age follows may be a place too.
AGE_AFTER_PLACE = re.compile(r"\b(?:from|fae|frae|of) [A-Z][\w'’-]+(?:,|\s\() ?(\d{2,3})(?=[,)])")
UNITS = "one two three four five six seven eight nine".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# "ninety-seven year old", "eighty years auld"; teens in words are too seldom an age of anybody.
AGE_IN_WORDS = re.compile(
    rf"\b({'|'.join(TENS)})(?:[ -]({'|'.join(UNITS)}))?[ -](?:year|yr)s?[ -](?:old|auld)\b", re.I
)
# The guide: an exact age over ninety narrows down by itself.
VERY_OLD = 90
# Nobody in Scotland is older; a larger number is no age.
OLDEST = 115


def find(reading: Reading, names: Names) -> Iterator[Clue]:
    """Yield a clue for each time and age in the draft; `names` are those an age may follow."""
    for label, pattern, strength in (
        ("time.clock", CLOCK, Strength.STRONG),
        ("time.routine", ROUTINE, Strength.STRONG),
        ("time.weekday", WEEKDAY, Strength.WEAK),
        ("time.relative", RELATIVE, Strength.WEAK),
        ("time.date", DATED, Strength.WEAK),
    ):
        for match in pattern.finditer(reading.plain.text):
            yield reading.clue_at(*match.span(), Kind.TIME, label, strength=strength, found_by=NAME)
    yield from _ages(reading, names)


def _ages(reading: Reading, names: Names) -> Iterator[Clue]:
    text = reading.plain.text
    found = [(m.span(), _years(m)) for m in AGE.finditer(text)]
    found += [(m.span(), _years_in_words(m)) for m in AGE_IN_WORDS.finditer(text)]
    found += [(m.span(1), int(m[1])) for m in AGE_AFTER_PLACE.finditer(text)]
    found += [
        (m.span(m.lastindex or 0), int(m[2] or m[3]))
        for m in AGE_AFTER_NAME.finditer(text)
        if names.is_first(m[1].lower()) or names.is_last(m[1].lower())
    ]
    for (start, end), years in sorted(set(found)):
        if years <= OLDEST:
            label = "age.very-old" if years > VERY_OLD else "age.exact"
            yield reading.clue_at(
                start, end, Kind.TIME, label, strength=Strength.STRONG, found_by=NAME
            )


def _years(match: re.Match[str]) -> int:
    """Return the age in figures; a "hundredth birthday" has none."""
    return next((int(group) for group in match.groups() if group), 100)


def _years_in_words(match: re.Match[str]) -> int:
    unit = UNITS.index(match[2].lower()) + 1 if match[2] else 0
    return 10 * (TENS.index(match[1].lower()) + 2) + unit
