"""When the policy is reviewed next, in words, and from when on it is reminded of."""

from __future__ import annotations

import datetime as dt

import pytest

from webapp.next_review import Reminder

TODAY = dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("due", "is_due", "sentence"),
    [
        (None, True, "Nobody has said yet when the policy is reviewed."),
        (dt.date(2027, 5, 1), False, "The next review of the policy is on 1 May 2027."),
        (
            dt.date(2027, 4, 30),
            True,
            "The review of the policy is due in 60 days, on 30 April 2027.",
        ),
        (dt.date(2027, 3, 2), True, "The review of the policy is due tomorrow, on 2 March 2027."),
        (TODAY, True, "The review of the policy is due today, on 1 March 2027."),
        (dt.date(2027, 2, 28), True, "The review of the policy was due on 28 February 2027."),
    ],
)
def test_it_is_reminded_of_from_sixty_days_before(
    due: dt.date | None, is_due: bool, sentence: str
) -> None:
    reminder = Reminder(due, TODAY)
    assert (reminder.is_due, reminder.sentence) == (is_due, sentence)
