"""Bank accounts, cards and car registrations: numbers that lead to one person's money or door.

Finds   "sort code 80-22-60, account 12345678", "long number 4111 1111 1111 1111", "reg SF14 KLD"
Leaves  "won 10-22-60 on the machine", "4111 likes", "flight BA14 84A", "PS5 and an M25 tailback"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Clue, Kind, Strength
from checker.reading import Reading

NAME = "accounts"
# Words this near before a number say what it is.
CUE_REACH = 30
SORT_CODE = re.compile(r"(?<![\d-])\d\d([- ]?)\d\d\1\d\d(?![\d-])")
SORT_CUE = re.compile(r"\bsort ?code\b", re.I)
ACCOUNT = re.compile(r"(?<![\d£$-])\d{8}(?![\d-])|(?<![\d£$-])\d{4} \d{4}(?! ?\d)")
ACCOUNT_CUE = re.compile(r"\b(?:account|acc?t?|a/c)\b\W{0,3}(?:no|num|number|#|is)?\b", re.I)
IBAN = re.compile(r"\bGB\d\d ?[A-Z]{4}(?: ?\d){14}\b", re.I)
CARD = re.compile(r"(?<![\d+£$-])(?:\d{4}[ -]?){3}\d{1,7}(?![\d-])")
CARD_CUE = re.compile(r"\b(?:card|visa|mastercard|debit|credit|amex|long number)\b", re.I)
# The forms since 2001, 1983 (A123 BCD) and 1963 (ABC 123D).
PLATE = re.compile(
    r"\b(?:(?i:[A-HJ-PR-Y]{2}(?:0[2-9]|[1-7]\d) ?[A-HJ-PR-Z]{3})"
    r"|[A-HJ-NPR-Y]\d{1,3} ?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3} ?\d{1,3}[A-HJ-NPR-Y])\b"
)
PLATE_CUE = re.compile(
    r"\b(?:reg(?:istration|'?s)?|(?:number ?)?plates?|car|motor|van|vehicle|"
    r"driv(?:es|ing)|parked)\b",
    re.I,
)


def find(reading: Reading) -> Iterator[Clue]:
    """Yield a clue for each account, card and registration in the draft."""
    yield from _cued(reading, "identifier.bank-account", SORT_CODE, SORT_CUE)
    yield from _cued(reading, "identifier.bank-account", ACCOUNT, ACCOUNT_CUE)
    yield from _cued(reading, "identifier.registration", PLATE, PLATE_CUE)
    for match in IBAN.finditer(reading.plain.text):
        if _is_iban(match[0]):
            yield _clue(reading, match, "identifier.bank-account", Strength.STRONG)
    yield from _cards(reading)


def _cued(
    reading: Reading, label: str, pattern: re.Pattern[str], cue: re.Pattern[str]
) -> Iterator[Clue]:
    for match in pattern.finditer(reading.plain.text):
        if _is_cued(reading, match, cue):
            yield _clue(reading, match, label, Strength.STRONG)


def _cards(reading: Reading) -> Iterator[Clue]:
    """Yield card numbers; a check digit raises and never decides, as one number in ten has it."""
    for match in CARD.finditer(reading.plain.text):
        cued = _is_cued(reading, match, CARD_CUE)
        if cued or _has_check_digit(match[0]):
            strength = Strength.STRONG if cued else Strength.WEAK
            yield _clue(reading, match, "identifier.card", strength)


def _is_cued(reading: Reading, match: re.Match[str], cue: re.Pattern[str]) -> bool:
    before = reading.plain.text[max(match.start() - CUE_REACH, 0) : match.start()]
    return cue.search(before) is not None


def _clue(reading: Reading, match: re.Match[str], label: str, strength: Strength) -> Clue:
    return reading.clue_at(*match.span(), Kind.IDENTIFIER, label, strength=strength, found_by=NAME)


def _has_check_digit(number: str) -> bool:
    """Tell whether the last digit is that of Luhn's sum."""
    digits = [int(digit) for digit in reversed(number) if digit.isdigit()]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _is_iban(number: str) -> bool:
    """Tell whether the whole number leaves 1 when divided by 97, as every IBAN does."""
    plain = number.replace(" ", "").upper()
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1
