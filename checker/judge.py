"""The one place where rules and the learned reader meet: a table, and its test is that table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.finding import Finding
from checker.opinion import Opinion
from checker.verdict import Verdict, worst


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the learned reader's probabilities begin to count; chosen on held-out voices.

    From `raise_review` on, the probability of a breach raises a finding; it is a stop where that of
    stop reaches `raise_stop`; below `clear` the reader is sure enough to let a likely rule go.
    """

    raise_review: float = 0.5
    raise_stop: float = 0.6
    clear: float = 0.15


# Where no category reaches this, the reader cannot say what worries it in a review, and raises
# nothing alone. It is so in 40 of 173 everyday posts of strangers that it would flag, in 7 of 190
# fine drafts by voices that it never met, and in 14 of the 859 breaches there that it would find,
# one of them a stop.
NAMED_FROM = 0.25


class View(StrEnum):
    """The learned reader's opinion as the table reads it."""

    NONE = "none"
    FINE = "fine"
    UNSURE = "unsure"
    UNNAMED = "unnamed"
    REVIEW = "review"
    STOP = "stop"


class Rules(StrEnum):
    """What the rules found: nothing, something likely, or something certain."""

    NOTHING = "nothing"
    REVIEW = "review"
    STOP = "stop"
    CERTAIN_REVIEW = "certain review"
    CERTAIN_STOP = "certain stop"


O, R, S = Verdict.OK, Verdict.REVIEW, Verdict.STOP  # noqa: E741

# Rows: what the rules found. Columns: what the reader thinks. Certain rules stand whatever it
# says; likely ones are lowered a step, or let go, when it is sure; alone it may raise, where it can
# name the concern of a review. Of 2,443 drafts by voices that it never met, those that an earlier
# reader was unsure of were breaches in 47 % of cases where the rules found nothing (324 drafts), in
# 44 % where they found a likely review (34): such a rule adds nothing there, and is let go; in 54 %
# where they found a likely stop (63). Where it was sure, 49 of 60 with a likely rule were fine.
TABLE: dict[Rules, dict[View, Verdict]] = {
    #                        no reader, fine, unsure, unnamed, review, stop
    Rules.NOTHING:        dict(zip(View, (O, O, O, O, R, S), strict=True)),
    Rules.REVIEW:         dict(zip(View, (R, O, O, R, R, S), strict=True)),
    Rules.STOP:           dict(zip(View, (S, O, R, S, S, S), strict=True)),
    Rules.CERTAIN_REVIEW: dict(zip(View, (R, R, R, R, R, S), strict=True)),
    Rules.CERTAIN_STOP:   dict(zip(View, (S, S, S, S, S, S), strict=True)),
}  # fmt: skip


def view(opinion: Opinion, at: Thresholds) -> View:
    """Return the column of the table for an opinion."""
    if opinion.breach < at.clear:
        return View.FINE
    if opinion.breach < at.raise_review:
        return View.UNSURE
    if opinion.verdicts[Verdict.STOP] >= at.raise_stop:
        return View.STOP
    return View.REVIEW if max(opinion.categories.values()) >= NAMED_FROM else View.UNNAMED


def judge(rules: Rules, column: View) -> Verdict:
    """Return the verdict for what the rules found and what the reader thinks."""
    return TABLE[rules][column]


def decide(found: tuple[Finding, ...], column: View) -> Verdict:
    """Return the verdict for the rules' findings and what the reader thinks.

    It is the table's, and never below a certain finding: a likely stop beside a certain review has
    a row of its own, and let go, it must not take the certain one with it.
    """
    certain = (one.verdict for one in found if one.certain)
    return worst((judge(strongest(found), column), *certain))


def strongest(found: tuple[Finding, ...]) -> Rules:
    """Return the row of the judge's table for what the rules found."""
    certain = worst(tuple(one.verdict for one in found if one.certain))
    likely = worst(tuple(one.verdict for one in found))
    if certain is Verdict.STOP:
        return Rules.CERTAIN_STOP
    if likely is Verdict.STOP:
        return Rules.STOP
    if certain is Verdict.REVIEW:
        return Rules.CERTAIN_REVIEW
    return Rules.REVIEW if likely is Verdict.REVIEW else Rules.NOTHING
