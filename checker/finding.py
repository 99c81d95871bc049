"""What is there (clues), who is there (mentions) and what it amounts to (findings)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from checker.clause import Clause
from checker.verdict import Category, Verdict


class Kind(StrEnum):
    """The kinds of clue, as the labelling guide names them."""

    PERSON = "person"
    CONTACT = "contact"
    IDENTIFIER = "identifier"
    PLACE = "place"
    TIME = "time"
    CARE = "care"
    SERVICE = "service"
    REMARK = "remark"


class Strength(StrEnum):
    """How much a clue says on its own: weak ones count only beside others."""

    WEAK = "weak"
    STRONG = "strong"


class Role(StrEnum):
    """Who a person in a draft is to the author."""

    SUPPORTED = "supported"
    FAMILY_OF_SUPPORTED = "family-of-supported"
    OWN_FAMILY = "own-family"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    MANAGER = "manager"
    PUBLIC_FIGURE = "public-figure"
    PET = "pet"
    FICTIONAL = "fictional"
    SELF = "self"
    PLACE_OR_WORD = "place-or-word"
    OTHER = "other"
    UNKNOWN = "unknown"


# The people whom an author meets through work.
THROUGH_WORK = frozenset({Role.SUPPORTED, Role.FAMILY_OF_SUPPORTED})


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that is there. `start` and `end` count code points of the author's text.

    `label` names the topic and what of it (`health.illness`); `first` and `last` are the
    tokens of the reading it covers (`last` exclusive), for rules that ask what is near.
    """

    start: int
    end: int
    quote: str = field(repr=False)
    kind: Kind
    label: str
    strength: Strength
    found_by: str
    first: int = field(compare=False)
    last: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in the draft, named or not, with the role they were taken to have and why.

    `introduced` is true of a name that the author ties to the service in so many words ("our
    resident Agnes"): there is nothing left to weigh.
    """

    start: int
    end: int
    quote: str = field(repr=False)
    named: bool
    role: Role
    because: str = field(repr=False)
    first: int = field(compare=False)
    last: int = field(compare=False)
    introduced: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the draft that a finding points at; offsets as in `Clue`."""

    start: int
    end: int
    quote: str = field(repr=False)
    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A labelled draft of our own that reads like this one, and how it was judged."""

    text: str
    verdict: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons behind a finding: clues as kind and label, and the learned reader's view."""

    clues: tuple[str, ...] = ()
    probability: float | None = None
    similar: tuple[Similar, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What clues amount to under a rule, or what the learned reader raised alone."""

    rule: str
    category: Category
    verdict: Verdict
    message: str = field(repr=False)
    advice: str
    clauses: tuple[Clause, ...]
    spans: tuple[Span, ...]
    why: Why = Why()
    certain: bool = False
