"""The pages for practice: choose a kind of service, answer for ten drafts, see how it went."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checker.verdict import Verdict
from checker.words import VERDICTS
from webapp.answer import make_answer
from webapp.practice import (
    EVERY,
    SECTORS,
    PracticeError,
    Round,
    begin_round,
    clauses_to_reread,
    load_examples,
    read_round,
)
from webapp.site import this_site

practice = Blueprint("practice", __name__)

# What a person would do, beside what the guide says.
WOULD: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.OK: "Yes, I would post it",
        Verdict.REVIEW: "I would reword it, or ask first",
        Verdict.STOP: "No, I would not post it",
    }
)
GUIDE: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.OK: "Fine to post",
        Verdict.REVIEW: "Reword it, or ask first",
        Verdict.STOP: "Do not post it",
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One question of a page for practice, as the form of a draft has them, and its answer."""

    name: str
    asks: str
    choices: Mapping[str, str]
    chosen: str = ""
    problem: str = ""

    @property
    def answers(self) -> dict[str, str]:
        """Return the answer that stands, by the name of its question."""
        return {self.name: self.chosen}

    def problem_with(self, name: str) -> str:
        """Return what is wrong with the field `name`, or "" when nothing is."""
        return self.problem if name == self.name else ""


@practice.get("/practice")
def begin() -> str:
    """Return the first page: what practice is, and the kinds of service to choose from."""
    return _show_begin()


@practice.get("/practice/next")
@practice.get("/practice/answer")
def begin_again() -> ResponseReturnValue:
    """Lead someone who typed the address of a later page to the first."""
    return redirect(url_for("practice.begin"), 303)


@practice.post("/practice/next")
def show_next() -> ResponseReturnValue:
    """Return the next draft, of a new round where none was sent, or the result after the last."""
    try:
        round_ = _read_or_begin()
    except PracticeError as error:
        return _show_begin(str(error)), 400
    return _show_result(round_) if round_.is_done else _show_draft(round_)


@practice.post("/practice/answer")
def show_answer() -> ResponseReturnValue:
    """Return what the guide and the checker say of the draft that was answered."""
    try:
        round_ = read_round(load_examples(), request.form)
    except PracticeError as error:
        return _show_begin(str(error)), 400
    answer = request.form.get("answer", "")
    if round_.is_done:
        return _show_result(round_)
    if answer not in list(Verdict):
        return _show_draft(round_, "Please choose one of the three answers."), 400
    return _show_answer(round_.answered(Verdict(answer)))


def _read_or_begin() -> Round:
    examples = load_examples()
    if "drafts" in request.form:
        return read_round(examples, request.form)
    # Which ten come is chance, and nothing secret.
    return begin_round(examples, request.form.get("sector", EVERY), random.SystemRandom())


def _show_begin(problem: str = "") -> str:
    question = Choice("sector", "Which kind of service?", SECTORS, chosen=EVERY, problem=problem)
    return render_template("practice.html", question=question)


def _show_draft(round_: Round, problem: str = "") -> str:
    question = Choice("answer", "Would you post it?", _by_name(WOULD), problem=problem)
    return render_template("practice_draft.html", round=round_, question=question)


def _show_answer(round_: Round) -> str:
    site, example = this_site(), round_.last
    return render_template(
        "practice_answer.html",
        round=round_,
        example=example,
        given=round_.answers[-1],
        found=make_answer(example.draft.text, site.checker.check(example.draft)),
        policy=site.checker.policy,
        verdicts=VERDICTS,
        would=WOULD,
        guide=GUIDE,
    )


def _show_result(round_: Round) -> str:
    policy = this_site().checker.policy
    return render_template(
        "practice_result.html",
        round=round_,
        clauses=clauses_to_reread(round_, policy),
        policy=policy,
        would=WOULD,
        guide=GUIDE,
        today=_in_words(datetime.datetime.now(tz=datetime.UTC).astimezone().date()),
    )


def _by_name(words: Mapping[Verdict, str]) -> dict[str, str]:
    return {str(verdict): said for verdict, said in words.items()}


def _in_words(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
