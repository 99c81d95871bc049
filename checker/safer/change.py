"""What is offered: a text with the list of changes that lead to it, and the edits on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from checker.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish to put `new` in the place of characters `start` to `end`, and why."""

    start: int
    end: int
    new: str = field(repr=False)
    reason: str
    person: bool = False

    def touches(self, start: int, end: int) -> bool:
        """Tell whether it changes anything between `start` and `end`."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `quote` stands at `start` to `end` of the author's text, `new` takes its place.

    Offsets count code points of the author's own text; `reason` is a sentence for the author.
    """

    start: int
    end: int
    quote: str = field(repr=False)
    new: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Safer:
    """A wording that the checker itself finds better, with its verdict on it."""

    text: str = field(repr=False)
    changes: tuple[Change, ...]
    verdict: Verdict

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, in the shape that `docs/report.md` describes."""
        return {
            "text": self.text,
            "changes": [
                {
                    "start": one.start,
                    "end": one.end,
                    "quote": one.quote,
                    "new": one.new,
                    "reason": one.reason,
                }
                for one in self.changes
            ],
            "verdict": str(self.verdict),
        }


def apply_changes(text: str, changes: Iterable[Change]) -> str:
    """Return `text` with `changes` made; they are in order and do not overlap."""
    pieces, at = [], 0
    for one in changes:
        pieces += [text[at : one.start], one.new]
        at = one.end
    return "".join([*pieces, text[at:]])
