"""Charts are drawn to scale, leave out what is not shown, and are told in a sentence."""

from __future__ import annotations

import datetime as dt

from webapp.console.bars import draw

WEEKS = tuple(dt.date(2027, 2, 1) + dt.timedelta(weeks=at) for at in range(3))


def test_bars_are_as_high_as_their_numbers() -> None:
    chart = draw("checks", "Checks", WEEKS, (10, None, 40))
    assert [bar.number for bar in chart.bars] == [10, None, 40]
    low, none, high = chart.bars
    assert (high.height, low.height, none.height) == (180, 45, 0)
    assert [round(bar.y + bar.height, 1) for bar in chart.bars] == [chart.base] * 3
    assert [line.number for line in chart.lines] == [0, 10, 20, 30, 40]
    assert low.label == "1 Feb"


def test_a_chart_is_told() -> None:
    assert draw("a", "A", WEEKS, (10, None, 40)).told == (
        "From 10 to 40 a week; the most in the week of 15 February. 1 of 3 weeks are not shown."
    )
    assert draw("a", "A", WEEKS, (7, 7, 7)).told == (
        "From 7 to 7 a week; the most in the week of 1 February."
    )
    assert draw("a", "A", WEEKS, (None, None, 31)).told == (
        "31 in the week of 15 February. 2 of 3 weeks are not shown."
    )


def test_a_chart_without_numbers_stands_and_says_so() -> None:
    chart = draw("a", "A", WEEKS, (None, None, None))
    assert chart.told == "No week has a number that can be shown."
    assert [line.number for line in chart.lines] == [0, 1, 2, 3, 4]
