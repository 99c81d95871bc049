"""Everything in one draft that tells who its people are: nouns, clues, and what stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from checker.detectors.person import Person
from checker.draft import Account
from checker.finding import Clue, Kind, Strength
from checker.reading import Reading

THEIRS = frozenset(
    "resident residents tenant tenants client clients user users patient patients".split()
)
SUPPORTED_NOUNS = frozenset({"supported", "group-supported"})
# Between a noun and the name that belongs to it: "our resident, Agnes", "my gran (Agnes)".
LINKS = frozenset(", ( - – : is was called named '".split())
# A care word further off than this usually belongs to somebody else.
NEAR = 14
WORK_LABELS = frozenset(
    "service.visit service.setting service.shift service.lone service.staffing service.rota "
    "service.code service.key service.whereabouts process.hearing process.investigation "
    "process.records".split()
)
WORK_REMARKS = frozenset({"boundary.contact"})


@dataclass(frozen=True)
class Scene:
    """Everything in one draft that tells who people are."""

    reading: Reading
    people: tuple[Person, ...]
    clues: tuple[Clue, ...]

    @cached_property
    def is_work(self) -> bool:
        """Tell whether the draft speaks of the author's work with people."""
        if self.reading.draft.account is Account.SERVICE:
            return True
        nouns = any(person.noun in SUPPORTED_NOUNS for person in self.people)
        nouns = nouns or any(self._is_family_of_theirs(person) for person in self.people)
        service = any(
            clue.kind is Kind.SERVICE and clue.label in WORK_LABELS for clue in self.clues
        )
        return nouns or service or any(clue.label in WORK_REMARKS for clue in self.clues)

    def _is_family_of_theirs(self, person: Person) -> bool:
        """Tell whether the phrase itself says whose family: "a resident's daughter"."""
        words = self.reading.lower[person.first : person.last]
        return person.noun == "family-of" and not THEIRS.isdisjoint(words)

    def near(self, person: Person, kinds: frozenset[Kind]) -> tuple[Clue, ...]:
        """Return the strong clues of `kinds` near the person in the same sentence."""
        sentence = self.reading.sentence_of[person.first]
        return tuple(
            clue
            for clue in self.clues
            if clue.kind in kinds
            and clue.strength is Strength.STRONG
            and self.reading.sentence_of[clue.first] == sentence
            and max(clue.first - person.last, person.first - clue.last) <= NEAR
        )

    def beside(self, person: Person) -> Person | None:
        """Return the noun that names what the named person is: "my gran Agnes"."""
        for other in self.people:
            if other.named or other is person or not other.noun:
                continue
            between = range(min(other.last, person.last), max(other.first, person.first))
            words = [self.reading.lower[at] for at in between]
            if len(words) <= 2 and all(word in LINKS for word in words):
                return other
        return None
