"""What an overlay holds: own rules, changes to shipped ones, local names, policy, strictness."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from checker.draft import Account
from checker.verdict import Category, Verdict

# Rules of managers carry this before their id in reports, so that none is taken for a shipped one.
OWN = "own."


class State(StrEnum):
    """How far a rule of a manager's own has come."""

    DRAFT = "draft"
    SHADOW = "shadow"
    ON = "on"
    RETIRED = "retired"


class Scope(StrEnum):
    """Where the words that must (not) be near are looked for."""

    SENTENCE = "sentence"
    ANYWHERE = "anywhere"


class Accounts(StrEnum):
    """Whose posts a rule is for."""

    BOTH = "both"
    PERSONAL = "personal"
    SERVICE = "service"

    @property
    def members(self) -> frozenset[Account]:
        """Return the accounts that this means."""
        return frozenset(Account) if self is Accounts.BOTH else frozenset({Account(self.value)})


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule in plain words. Phrases are in lower case, `*` standing for any letters or none.

    It holds where one of `words` stands with one of `near` (if there are any) and none of
    `not_near`, in the same sentence or anywhere. `message` may hold `{words}`.
    """

    id: str
    name: str
    category: Category
    verdict: Verdict
    words: tuple[str, ...]
    message: str
    advice: str
    clauses: tuple[str, ...]
    flag: tuple[str, ...]
    ok: tuple[str, ...]
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    scope: Scope = Scope.SENTENCE
    account: Accounts = Accounts.BOTH
    state: State = State.DRAFT

    @property
    def rule_id(self) -> str:
        """Return the id that findings of this rule carry: "own.garden-project"."""
        return OWN + self.id


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What is done to the rule called `rule` of the rulebook beneath.

    `made_for` is the fingerprint of the rule that it was made for. `words` fill the need that
    `words_for` spells, or the only one that words can fill; `unless` names exceptions, and
    `unless_words` are phrases beside which the rule does not hold.
    """

    rule: str
    made_for: str
    enabled: bool = True
    verdict: Verdict | None = None
    unless: tuple[str, ...] = ()
    unless_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    words_for: str = ""


@dataclass(frozen=True, slots=True)
class Local:
    """The names that only people on the spot know, as they are written there."""

    services: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilClause:
    """A clause of the council's policy: edited where `topic` is one of it, added otherwise."""

    topic: str
    number: str
    title: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CouncilPolicy:
    """The council's own policy: clauses, who owns it, and when it is to be reviewed.

    `title`, `version` and `url` are kept as they are beneath where they are empty. `retired` are
    topics whose clauses are no longer shown or cited.
    """

    title: str = ""
    version: str = ""
    url: str = ""
    owner: str = ""
    review_by: date | None = None
    clauses: tuple[CouncilClause, ...] = ()
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask when in doubt; what is empty is not shown."""

    name: str = ""
    email: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Everything that one manager's text changes; an empty one changes nothing.

    `strictness` holds, for some accounts, how many times as readily as shipped the reader raises.
    """

    rules: tuple[OwnRule, ...] = ()
    changes: tuple[RuleChange, ...] = ()
    local: Local = Local()
    policy: CouncilPolicy = CouncilPolicy()
    strictness: dict[Account, float] = field(default_factory=dict)
    contact: Contact = Contact()

    def rule(self, id: str) -> OwnRule | None:
        """Return the own rule called `id` (without "own."), or None."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def adding(self, given: Overlay) -> Overlay:
        """Return this overlay with the own rules of `given`; one with the same id is replaced."""
        new = {rule.id: rule for rule in given.rules}
        kept = tuple(new.pop(rule.id, rule) for rule in self.rules)
        return replace(self, rules=(*kept, *new.values()))
