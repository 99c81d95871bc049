"""Reads the keys of one entry of an overlay, and gathers what is wrong so as to tell it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from checker.overlay.problem import Problem
from checker.strict_yaml import suggest

# The longest line that a page has room for, and the longest paragraph.
LONGEST_LINE, LONGEST_TEXT = 200, 2_000
MOST_LINES = 500
# Control characters, and those that turn round the order in which a line is read: with them a name
# in the list, the log or an answer could pass for another.
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WEB = re.compile(r"https?://[^\s<>\"]+")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass
class Fields:
    """The keys of one entry: each method returns a value, or notes a problem and something empty.

    `part` and `item` are those of `Problem`. Whoever has read all keys looks at `problems`.
    """

    part: str
    item: str
    values: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def fail(self, key: str, sentence: str) -> None:
        """Note what is wrong with `key`."""
        self.problems.append(Problem(self.part, self.item, key, sentence))

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """Note each key that is not in `known`, with the nearest that is."""
        for key in self.values:
            if key not in known:
                # A key is the writer's own words, and may be a paragraph.
                self.fail(key[:40], f"There is no key “{key[:40]}”: {suggest(key, known)}")

    def text(self, key: str, *, needed: bool = True, longest: int = LONGEST_TEXT) -> str:
        """Return the text of `key` with its white space folded, "" where it is missing."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.fail(key, "This must be text: put it in quotes.")
            return ""
        # Lines stay lines: a policy's clause may have paragraphs.
        folded = "\n".join(" ".join(line.split()) for line in value.strip().splitlines())
        if UNSEEN.search(folded):
            self.fail(key, "There are signs here that cannot be seen: type it anew.")
        if needed and not folded:
            self.fail(key, "Write something here.")
        if len(folded) > longest:
            self.fail(key, f"This is {len(folded):,} characters long: keep it under {longest:,}.")
        return folded

    def line(self, key: str, *, needed: bool = True) -> str:
        """Return the one line of `key`, "" where it is missing."""
        return " ".join(self.text(key, needed=needed, longest=LONGEST_LINE).split())

    def lines(
        self, key: str, *, fewest: int = 0, most: int = MOST_LINES, longest: int = LONGEST_LINE
    ) -> tuple[str, ...]:
        """Return the list of texts of `key`, without empty ones and without any twice."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fail(key, "This must be a list: one line each, with a dash before it.")
            return ()
        if any(not isinstance(one, str) for one in value):
            self.fail(key, "Every line here must be text: put numbers and yes or no in quotes.")
            return ()
        lines = tuple(dict.fromkeys(filter(None, (" ".join(one.split()) for one in value))))
        if len(lines) < fewest:
            self.fail(key, f"Give at least {fewest}." if fewest > 1 else "Give at least one.")
        if len(lines) > most:
            self.fail(key, f"There are {len(lines):,} lines: keep to {most:,}.")
        for one in lines:
            if len(one) > longest:
                self.fail(key, f"“{one[:30]}…” is too long: keep it under {longest:,} characters.")
        return lines

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Return the member of `kind` that `key` spells, `default` where it is missing."""
        value = self.values.get(key, default)
        if isinstance(value, str) and value in tuple(kind):
            return kind(value)
        choices = ", ".join(kind)
        self.fail(key, f"Choose one of: {choices}.")
        return next(iter(kind))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false, `default` where `key` is missing."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.fail(key, "This must be true or false, without quotes.")
        return value is True

    def day(self, key: str) -> date | None:
        """Return the date of `key`, None where it is missing or empty."""
        value = self.values.get(key) or None
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value) if isinstance(value, str) else date.fromisoformat("")
        except ValueError:
            self.fail(key, "Write the date like 2027-03-31.")
            return None

    def web_address(self, key: str) -> str:
        """Return the web address of `key`, "" where it is missing."""
        value = self.line(key, needed=False)
        # A page makes a link of this, so a "javascript:" address must not come through.
        if value and not WEB.fullmatch(value):
            self.fail(key, "A web address begins with https:// or http://, and has no spaces.")
            return ""
        return value
