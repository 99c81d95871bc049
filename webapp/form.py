"""The form for a draft: its questions, and what came back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from checker.draft import Account, Audience, Draft, Permission, Photo, choose, make_draft
from checker.errors import DraftError


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers to choose from, each as its value and its words.

    The first answer is the one that stands until the author picks another.
    """

    name: str
    asks: str
    choices: Mapping[StrEnum, str]
    # Whether the answer to it can change a verdict that stands, so that it is asked beside it.
    is_context: bool = True

    @property
    def usual(self) -> StrEnum:
        """Return the answer that stands at first."""
        return next(iter(self.choices))


QUESTIONS = (
    Question(
        name="account",
        asks="Where will you post it?",
        choices={
            Account.PERSONAL: "On my own account, or in a group",
            Account.SERVICE: "On the service’s own page",
        },
        is_context=False,
    ),
    Question(
        name="photo",
        asks="Is there a picture or a video with it?",
        choices={
            Photo.NONE: "No",
            Photo.PEOPLE: "Yes, of people who use the service",
            Photo.OTHER: "Yes, of something else",
        },
    ),
    Question(
        name="permission",
        asks="Did the people you show or name agree in writing?",
        choices={
            Permission.NONE: "No, or it does not apply",
            Permission.WRITTEN: "Yes, in writing and for this use",
        },
    ),
    Question(
        name="audience",
        asks="Who can see it?",
        choices={
            Audience.PUBLIC: "Anyone",
            Audience.FRIENDS: "Only my friends",
            Audience.GROUP: "A private group or chat",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the form, and the field to put right."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form as the page shows it; `draft` is None until it holds one that can be checked."""

    text: str = field(default="", repr=False)
    answers: Mapping[str, StrEnum] = field(
        default_factory=lambda: {question.name: question.usual for question in QUESTIONS}
    )
    problems: tuple[Problem, ...] = ()
    draft: Draft | None = None

    def problem_with(self, name: str) -> str:
        """Return what is wrong with field `name`, or "" when nothing is."""
        return next((each.message for each in self.problems if each.field == name), "")


def read_form(sent: Mapping[str, str]) -> Form:
    """Return the form with what the author sent, and with its problems or its draft."""
    # Browsers send each line break as two characters. The text box, and the author, count one.
    text = sent.get("text", "").replace("\r\n", "\n")
    answers: dict[str, StrEnum] = {}
    problems: list[Problem] = []
    for question in QUESTIONS:
        answers[question.name] = question.usual
        try:
            answers[question.name] = _answer(question, sent)
        except DraftError as error:
            problems.append(Problem(question.name, str(error)))
    try:
        draft = make_draft(text, **answers)
    except DraftError as error:
        return Form(text, answers, (Problem("text", str(error)), *problems))
    return Form(text, answers, tuple(problems), None if problems else draft)


def _answer(question: Question, sent: Mapping[str, str]) -> StrEnum:
    return choose(type(question.usual), sent.get(question.name, question.usual), question.name)
