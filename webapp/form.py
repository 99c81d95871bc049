"""The form for a draft: its questions, and what came back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from checker.correction import Correction, fold, read_correction
from checker.draft import Account, Audience, Draft, Permission, Photo, choose, make_draft
from checker.errors import DraftError

# Earlier wordings to go back to travel with the form, and together are no longer than this: the
# body has its limit, and no wording is offered for a longer draft.
MOST_BEFORE = 12_000


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
            Account.PERSONAL: "My own account, or a group",
            Account.SERVICE: "The service’s own page",
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
    """The form as the page shows it; `draft` is None until it holds one that can be checked.

    `before` holds what the text was before each change that we made for the author, oldest first.
    """

    text: str = field(default="", repr=False)
    answers: Mapping[str, StrEnum] = field(
        default_factory=lambda: {question.name: question.usual for question in QUESTIONS}
    )
    problems: tuple[Problem, ...] = ()
    draft: Draft | None = None
    corrections: tuple[Correction, ...] = ()
    before: tuple[str, ...] = field(default=(), repr=False)

    def problem_with(self, name: str) -> str:
        """Return what is wrong with field `name`, or "" when nothing is."""
        return next((each.message for each in self.problems if each.field == name), "")

    @property
    def is_told(self) -> bool:
        """Tell whether a question about what cannot be seen has another answer than the usual."""
        return any(self.answers[one.name] != one.usual for one in QUESTIONS if one.is_context)

    def reworded(self, text: str) -> Form:
        """Return the form with `text` in the box, and the way back to what was there."""
        if text == self.text or self.draft is None:
            return self
        before = (*self.before, self.text)
        while sum(map(len, before)) > MOST_BEFORE:
            before = before[1:]
        corrections = _about(text, self.corrections)
        draft = replace(self.draft, text=text, corrections=corrections)
        return replace(self, text=text, draft=draft, corrections=corrections, before=before)


def read_form(sent: MultiDict[str, str]) -> Form:
    """Return the form with what the author sent, and with its problems or its draft."""
    text, before = _read_text(sent)
    answers, problems = _read_answers(sent)
    corrections: tuple[Correction, ...] = ()
    try:
        corrections = _about(text, _read_corrections(sent))
        draft = replace(make_draft(text, **answers), corrections=corrections)
    except DraftError as error:
        problems.insert(0, Problem("text", str(error)))
    return Form(text, answers, tuple(problems), None if problems else draft, corrections, before)


def _read_text(sent: MultiDict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the text, and the wordings before it; "undo" goes one wording back."""
    # Browsers send each line break as two characters. The text box, and the author, count one.
    text = sent.get("text", "").replace("\r\n", "\n")
    before = tuple(one.replace("\r\n", "\n") for one in sent.getlist("before"))
    return (before[-1], before[:-1]) if before and "undo" in sent else (text, before)


def _read_answers(sent: MultiDict[str, str]) -> tuple[dict[str, StrEnum], list[Problem]]:
    answers: dict[str, StrEnum] = {}
    problems: list[Problem] = []
    for question in QUESTIONS:
        answers[question.name] = question.usual
        try:
            answers[question.name] = _answer(question, sent)
        except DraftError as error:
            problems.append(Problem(question.name, str(error)))
    return answers, problems


def _answer(question: Question, sent: Mapping[str, str]) -> StrEnum:
    return choose(type(question.usual), sent.get(question.name, question.usual), question.name)


def _read_corrections(sent: MultiDict[str, str]) -> list[Correction]:
    """Return what the author said, each once, without what they take back."""
    taken_back = {read_correction(one) for one in sent.getlist("retract")}
    said = dict.fromkeys(
        read_correction(one) for one in (*sent.getlist("earlier"), *sent.getlist("correction"))
    )
    return [one for one in said if one not in taken_back]


def read_new_answers(sent: MultiDict[str, str]) -> list[Correction]:
    """Return what the author has just said, without what they said before.

    Raises `DraftError`, which quotes nothing of it, for what is no answer.
    """
    return [read_correction(one) for one in sent.getlist("correction")]


def _about(text: str, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections about words that are in `text`."""
    folded = fold(text)
    return tuple(
        one for one in corrections if not one.words or any(word in folded for word in one.folded)
    )
