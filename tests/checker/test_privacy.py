"""No words of a draft in a repr, a log or an error."""

from __future__ import annotations

import logging

import pytest

from checker.draft import Draft, make_draft
from checker.engine import Checker
from checker.errors import DraftError

# A word that stands nowhere else, inside a draft that makes every part speak.
MARK = "Xylographina"
TEXT = f"Our resident {MARK} Quell, room 6, was off her tablets. Key safe code 4417. 07700 900142"


def test_nothing_of_a_draft_is_in_any_repr(checker: Checker) -> None:
    draft = Draft(TEXT)
    report = checker.check(draft)
    ((evidence, findings),) = checker.gather([draft])
    shown = " ".join(map(repr, (draft, report, evidence, findings)))
    assert [word for word in (MARK, "Quell", "4417", "900142", "tablets") if word in shown] == []


def test_nothing_of_a_draft_is_logged(checker: Checker, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    checker.check(Draft(TEXT))
    assert MARK not in caplog.text


def test_nothing_of_a_draft_stays_in_memory_after_its_report(checker: Checker) -> None:
    # Words that no other test lets the vocabulary meet.
    checker.check(Draft("Our resident Zebedeeqx Quillfeather rang 07700 900777 again"))
    strings = checker.reader.pipeline.vocab.strings
    words = ("Zebedeeqx", "zebedeeqx", "Quillfeather", "900777")
    assert [word for word in words if word in strings] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "The draft is empty", id="empty"),
        pytest.param(" \n\t ", "The draft is empty", id="white space"),
        pytest.param(MARK * 2000, "24,000 characters long and the limit is 20,000", id="too long"),
        pytest.param(MARK + "\ud800", "half of a character", id="lone surrogate"),
        pytest.param(7, "must be a string", id="not text"),
    ],
)
def test_errors_name_the_thing_and_hold_no_draft(text: object, message: str) -> None:
    with pytest.raises(DraftError, match=message) as caught:
        make_draft(text)
    assert MARK not in str(caught.value)


def test_answers_in_plain_words_count() -> None:
    assert Draft("what a day", photo="people") == make_draft("what a day", photo="people")  # type: ignore[arg-type]


def test_an_unknown_answer_names_the_choices() -> None:
    with pytest.raises(DraftError, match="The account must be one of: personal, service"):
        make_draft("hello there", account="work")
