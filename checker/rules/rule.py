"""A rule: which clues together amount to what, with message, clauses and examples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.draft import Account, Permission, Photo
from checker.finding import Clue, Kind, Mention, Strength
from checker.verdict import Category, Verdict


class Within(StrEnum):
    """How close the needed clues must stand: some words, a sentence, or anywhere in the draft."""

    NEAR = "near"
    SENTENCE = "sentence"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that a need accepts: `kind`, `kind:label`, `person:role+named`, `kind:label?`.

    `weak` lets weak clues count too; `named` asks for a named (or an unnamed) person, `introduced`
    for one whom a word ties to the service: "our resident Agnes".
    """

    kind: Kind
    label: str = ""
    weak: bool = False
    named: bool | None = None
    introduced: bool = False

    def accepts(self, item: Clue | Mention) -> bool:
        """Tell whether a clue or a mention of a person is what this asks for."""
        if isinstance(item, Mention):
            role_fits = self.kind is Kind.PERSON and item.role in self.label.split("/")
            named_fits = self.named is None or self.named is item.named
            return role_fits and named_fits and (item.introduced or not self.introduced)
        if self.kind is Kind.PERSON or item.kind is not self.kind:
            return False
        if item.strength is Strength.WEAK and not self.weak:
            return False
        return not self.label or item.label == self.label or item.label.startswith(f"{self.label}.")


@dataclass(frozen=True, slots=True)
class Need:
    """Alternatives joined by "|": any one of them fills the need."""

    text: str
    alternatives: tuple[Alternative, ...]

    def __hash__(self) -> int:
        """Return the hash of the text, as every rule's needs are looked up in every draft."""
        return hash(self.text)

    def accepts(self, item: Clue | Mention) -> bool:
        """Tell whether any alternative accepts the item."""
        return any(alternative.accepts(item) for alternative in self.alternatives)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its YAML says it; see `docs/writing-a-rule.md` for every key.

    `certain` marks rules that stand whatever the learned reader says. `without` lists needs
    that must not be filled in the same scope; `photo` and `permission` ask for the answers.
    """

    id: str
    category: Category
    verdict: Verdict
    clauses: tuple[str, ...]
    needs: tuple[Need, ...]
    message: str
    advice: str
    flag: tuple[str, ...]
    ok: tuple[str, ...]
    within: Within = Within.SENTENCE
    unless: tuple[str, ...] = ()
    without: tuple[Need, ...] = ()
    accounts: frozenset[Account] = frozenset(Account)
    photo: Photo | None = None
    permission: Permission | None = None
    certain: bool = False
    enabled: bool = True
