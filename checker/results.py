"""The file of a batch's answers: one line for each draft, and where a stopped run goes on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.errors import PostcheckError
from checker.lines import Line
from checker.report import Report
from checker.source import cannot_open

ERROR = "error"
# JSON may hold these line ends as they are, and many a program that splits lines stops at them.
LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class ResultsError(PostcheckError):
    """The file of answers cannot be written, or does not belong to the drafts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the file: how it is written, its verdict or `ERROR`, and what it was made by."""

    written: bytes = field(repr=False)
    outcome: str
    made_by: str


@dataclass(slots=True)
class Tally:
    """How many answers have which outcome, what they were made by, and how long they are."""

    outcomes: Counter[str] = field(default_factory=Counter)
    makers: set[str] = field(default_factory=set)
    size: int = 0

    def add(self, answers: Iterable[Answer]) -> None:
        """Count `answers`."""
        for answer in answers:
            self.outcomes[answer.outcome] += 1
            self.makers |= {answer.made_by} - {""}
            self.size += len(answer.written)


def make_answer(line: Line, result: Report | str) -> Answer:
    """Return the answer to `line`: its report, or a sentence on why there is none."""
    content: dict[str, Any] = {"id": line.id}
    if isinstance(result, Report):
        content |= result.as_dict()
    elif line.id is None:
        # Without an id it is found by its number.
        content |= {"line": line.number, ERROR: result}
    else:
        content[ERROR] = result
    text = json.dumps(content, ensure_ascii=False).translate(LINE_ENDS)
    return _describe(content, f"{text}\n".encode())


def _describe(content: dict[str, Any], written: bytes) -> Answer:
    made = content.get("checked_with", {})
    return Answer(
        written=written,
        outcome=ERROR if ERROR in content else str(content.get("verdict")),
        made_by=" ".join(map(str, made.values())) if isinstance(made, dict) else "",
    )


def read_kept(target: Path, lines: Iterator[Line]) -> Tally:
    """Return the tally of the whole lines in `target`, and take as many from `lines`.

    A last line that was torn is left out. Raises `ResultsError` when an answer is not to the
    line in its place.
    """
    tally = Tally()
    try:
        with target.open("rb") as file:
            for number, written in enumerate(file, start=1):
                if written.endswith(b"\n"):
                    tally.add([_match(target, number, written, next(lines, None))])
    except OSError as error:
        raise ResultsError(cannot_open(target, error)) from None
    return tally


def _match(target: Path, number: int, written: bytes, line: Line | None) -> Answer:
    try:
        content = json.loads(written)
    except ValueError:
        content = None
    if not isinstance(content, dict) or line is None or not _is_to(content, line):
        raise ResultsError(
            f"“{target}” does not belong to these drafts (see its line {number}): "
            "give the files of the run that was stopped, or another name with -o."
        )
    return _describe(content, written)


def _is_to(content: dict[str, Any], line: Line) -> bool:
    if line.id is None:
        return content.get("id") is None and content.get("line") == line.number
    return bool(content.get("id") == line.id)
