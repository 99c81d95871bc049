"""The judge's table, row by row: what the rules found against what the reader thinks."""

from __future__ import annotations

import pytest

from checker.finding import Finding
from checker.judge import Rules, Thresholds, View, decide, judge, view
from checker.opinion import Opinion
from checker.verdict import Category, Verdict

O, R, S = Verdict.OK, Verdict.REVIEW, Verdict.STOP  # noqa: E741

TABLE = [
    # rules                 none fine unsure unnamed review stop
    (Rules.NOTHING,        (O, O, O, O, R, S)),
    (Rules.REVIEW,         (R, O, O, R, R, S)),
    (Rules.STOP,           (S, O, R, S, S, S)),
    (Rules.CERTAIN_REVIEW, (R, R, R, R, R, S)),
    (Rules.CERTAIN_STOP,   (S, S, S, S, S, S)),
]  # fmt: skip
CASES = [
    pytest.param(rules, column, verdict, id=f"rules {rules}, reader {column}")
    for rules, verdicts in TABLE
    for column, verdict in zip(View, verdicts, strict=True)
]


@pytest.mark.parametrize(("rules", "column", "verdict"), CASES)
def test_the_table(rules: Rules, column: View, verdict: Verdict) -> None:
    assert judge(rules, column) is verdict


@pytest.mark.parametrize(
    ("ok", "stop", "named", "column"),
    [
        pytest.param(0.95, 0.01, 0.9, View.FINE, id="surely fine"),
        pytest.param(0.70, 0.10, 0.9, View.UNSURE, id="between"),
        pytest.param(0.40, 0.20, 0.25, View.REVIEW, id="a breach, hardly a stop"),
        pytest.param(0.40, 0.20, 0.24, View.UNNAMED, id="a breach of nothing likely"),
        pytest.param(0.20, 0.70, 0.24, View.STOP, id="a stop"),
    ],
)
def test_probabilities_become_a_column(ok: float, stop: float, named: float, column: View) -> None:
    verdicts = {Verdict.OK: ok, Verdict.REVIEW: 1 - ok - stop, Verdict.STOP: stop}
    opinion = Opinion(verdicts, {**dict.fromkeys(Category, 0.0), Category.CONDUCT: named})
    at = Thresholds(raise_review=0.5, raise_stop=0.6, clear=0.15)
    assert view(opinion, at) is column


@pytest.mark.parametrize(
    ("certain", "verdict"),
    [pytest.param(True, R, id="certain"), pytest.param(False, O, id="likely")],
)
def test_nothing_falls_below_a_certain_finding(*, certain: bool, verdict: Verdict) -> None:
    found = tuple(
        Finding(
            rule="conduct.made", category=Category.CONDUCT, verdict=each, message="m",
            advice="a", clauses=(), spans=(), certain=sure,
        )
        for each, sure in ((R, certain), (S, False))
    )  # fmt: skip
    assert decide(found, View.FINE) is verdict
