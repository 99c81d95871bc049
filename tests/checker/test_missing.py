"""Whom to tell is pointed to where a person is missing, and not for a cat or a missed friend."""

from __future__ import annotations

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.missing import is_missing


@pytest.mark.parametrize(
    "text",
    [
        "a 14-year-old is missing from our house since tea",
        "one of our young people hasn’t come back, if anyone sees him",
        "missing teenager, last seen at the harbour",
        "a resident has been missing since breakfast",
        "the wee lad absconded again the night",
    ],
)
def test_one_who_is_missing_is_noticed(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize(
    "text",
    [
        "our cat is missing since Sunday, ginger with half a tail",
        "missing my gran so much today",
        "this lad is missing his dinner",
        "a button is missing from my tunic",
        "the boy ran to the shop and came back with milk",
    ],
)
def test_what_else_is_missing_is_not(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a 14-year-old is missing from our house since tea", True),
        ("our cat is missing since Sunday", False),
    ],
)
def test_the_report_says_whom_to_tell(checker: Checker, text: str, named: bool) -> None:
    names = [one.title for one in checker.check(Draft(text)).signposts]
    assert ("Police Scotland" in names) is named
