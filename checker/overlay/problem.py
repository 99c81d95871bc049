"""What is wrong, or worth knowing, in an overlay: a sentence and the field it belongs beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.errors import RulebookError


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one field.

    `part` is a key of the overlay ("rules", "shipped", "local", "policy", "thresholds",
    "contact"), `item` the rule's id or the clause's topic where there are several, `key` the
    field. With `blocks` the overlay may not be published as it is.
    """

    part: str
    item: str
    key: str
    sentence: str
    blocks: bool = True

    @property
    def field(self) -> str:
        """Return where it belongs, as in "rules.garden-project.words"."""
        return ".".join(filter(None, (self.part, self.item, self.key)))

    def __str__(self) -> str:
        """Return the place and the sentence."""
        return f"{self.field}: {self.sentence}" if self.field else self.sentence


class OverlayError(RulebookError):
    """An overlay cannot be read or used; `problems` holds a sentence for each field."""

    def __init__(self, problems: Iterable[Problem], name: str = "overlay") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{name}: {problem}" for problem in self.problems))
