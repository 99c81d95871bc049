"""Lists what the checker gets wrong on labelled drafts, worst first, with what it went by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from checker.classifier import FOLDER
from checker.engine import Checker
from checker.errors import ClassifierError
from checker.finding import Similar
from checker.verdict import Verdict
from model.answers import Answer, Way, ask, ask_held_out
from model.dataset import Labelled, load_dataset
from model.held_out import find_held_out
from model.markdown import percent
from model.sample import load_sample

INDENT = " " * 4


@dataclass(frozen=True, slots=True)
class Mistake:
    """A draft whose answer is ok where a breach is labelled, or the other way round."""

    labelled: Labelled
    answer: Answer


def list_mistakes(checker: Checker, files: Sequence[Path] = ()) -> Iterator[str]:
    """Yield the mistakes in words, a paragraph each: missed breaches, then false alarms.

    With `files` they are the whole checker's, on the drafts in them; without, those of the reader
    alone on the held-out voices. Raises `DatasetError` for a draft that breaks the guide, and
    `ClassifierError` for a checker without its reader, or a network of another split.
    """
    drafts, answers = _answers(checker, files)
    missed, alarms = find_mistakes(drafts, answers)
    breaches = sum(one.verdict is not Verdict.OK for one in drafts)
    yield f"{len(missed)} of {breaches} breaches were missed. Worst first:"
    yield from (describe(number, one) for number, one in enumerate(missed, 1))
    yield f"{len(alarms)} of {len(drafts) - breaches} fine drafts were flagged. Worst first:"
    yield from (describe(number, one) for number, one in enumerate(alarms, 1))


def _answers(
    checker: Checker, files: Sequence[Path]
) -> tuple[Sequence[Labelled], Sequence[Answer]]:
    if checker.classifier is None:
        raise ClassifierError(checker.reader_problem)
    if files:
        drafts = [one.labelled for one in load_sample(files)]
        return drafts, ask(checker, drafts)[Way.WHOLE]
    held = find_held_out(load_dataset())
    return held, ask_held_out(FOLDER, held, checker.classifier.thresholds)


def find_mistakes(
    drafts: Sequence[Labelled], answers: Sequence[Answer]
) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """Return the missed breaches and the false alarms, each worst first.

    Worst is a missed stop that the reader held for most surely fine, and a stop given to a fine
    draft that it held for most surely a breach.
    """
    pairs = [Mistake(*pair) for pair in zip(drafts, answers, strict=True)]
    wrong = [
        one
        for one in pairs
        if (one.labelled.verdict is Verdict.OK) is not (one.answer.verdict is Verdict.OK)
    ]
    missed = [one for one in wrong if one.answer.verdict is Verdict.OK]
    alarms = [one for one in wrong if one.answer.verdict is not Verdict.OK]
    missed.sort(key=lambda one: (-one.labelled.verdict.severity, one.answer.breach or 0.0))
    alarms.sort(key=lambda one: (-one.answer.verdict.severity, -(one.answer.breach or 0.0)))
    return tuple(missed), tuple(alarms)


def describe(number: int, mistake: Mistake) -> str:
    """Return a mistake in words, with the draft's text: it is one of our own, invented."""
    one, answer = mistake.labelled, mistake.answer
    lines = [
        f"{number}. {one.id}: labelled {one.verdict}, given {answer.verdict}; "
        f"probability of a breach {percent(answer.breach)}",
        indent(one.draft.text, f"{INDENT}| "),
        f"{INDENT}label: {_label(one)}",
        *(f"{INDENT}found: {line}" for line in answer.found or ("nothing",)),
        f"{INDENT}reader leans to: {', '.join(answer.leanings)}",
        # A draft that the reader was trained on is nearest to itself, which tells nothing.
        *(
            f"{INDENT}near: {_near(like)}"
            for like in answer.find_nearest()
            if like.text != one.draft.text
        ),
    ]
    return "\n".join(lines)


def _label(labelled: Labelled) -> str:
    names = ", ".join(sorted(labelled.categories)) or "no concern"
    return f"{names} ({labelled.note})" if labelled.note else names


def _near(like: Similar) -> str:
    text = " ".join(like.text.split())
    return f"{like.verdict}: “{text}”" + (f" ({like.note})" if like.note else "")
