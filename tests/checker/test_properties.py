"""What holds for any text at all: offsets, no crash, nothing silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.draft import Draft
from checker.engine import Checker

# Letters with marks, joiners, wide and hidden characters beside words that the rules know.
PIECES = st.sampled_from(
    [
        "wee Callum", " our resident Nettie ", "m*ds", "c a l l u m", "#lovemyjeannie", "room 6",
        "07700 900142", "\r\n", "\u200b", "\u202e", "\u0301", "👨\u200d👩\u200d👧", "🏴\U000e0067\U000e007f",
        "ｆｕｌｌ", "🅰", "\ufe0f", "&amp;", " passed away ", "1️⃣", "é", "ﬁ", "Ǆ", "İ", "ß", "🇬🇧🇵🇱🇫🇷",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=12).map("".join)


def quoted(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from report["people"]
    for finding in report["findings"]:
        yield from finding["spans"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXTS.filter(lambda text: text.strip()))
def test_every_quote_stands_where_it_says(checker: Checker, text: str) -> None:
    report = checker.check(Draft(text)).as_dict()
    assert [text[one["start"] : one["end"]] for one in quoted(report)] == [
        one["quote"] for one in quoted(report)
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXTS.filter(lambda text: text.strip()))
def test_every_clue_stands_where_it_says(checker: Checker, text: str) -> None:
    ((evidence, _),) = checker.gather([Draft(text)])
    assert all(text[clue.start : clue.end] == clue.quote for clue in evidence.clues)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXTS.filter(lambda text: text.strip()))
def test_every_report_says_what_was_not_checked(checker: Checker, text: str) -> None:
    assert checker.check(Draft(text)).not_checked
