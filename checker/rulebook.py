"""Everything that judges a draft besides the learned reader: frozen, with a hash of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from checker import lexicons
from checker.draft import Account
from checker.lexicons import Entry, load_lexicons
from checker.overlay.contents import Contact
from checker.policy import Policy, load_policy
from checker.rules import loader
from checker.rules.loader import load_rules
from checker.rules.rule import Rule
from checker.strict_yaml import yaml_files

POLICY_FOLDER = Path(__file__).parent / "policy"
# Labels that detectors in Python give; lexicon labels come from the files themselves.
DETECTOR_LABELS = frozenset(
    "contact.mobile contact.landline contact.email contact.handle contact.link contact.phone "
    "identifier.chi identifier.nhs identifier.national-insurance "
    "identifier.birth-date identifier.reference identifier.code identifier.code-riddle "
    "identifier.bank-account identifier.card identifier.card-pin identifier.registration "
    "place.postcode place.address place.street place.room place.premises place.town place.origin "
    "time.clock time.routine time.weekday time.relative time.date age.exact age.very-old".split()
)


def _as_shipped() -> Mapping[Account, float]:
    return MappingProxyType(dict.fromkeys(Account, 1.0))


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules, lexicons and policy, with the first twelve digits of the SHA-256 over their files.

    What follows `hash` is what overlays add: `shadow` are rules that are counted and not shown;
    `told` the rules whose findings the learned reader looks at, which are those that it was
    trained with (None: all); `phrases` the managers' own words and local names; `strictness` how
    many times as readily as shipped the reader raises a draft; `contact` whom to ask.
    """

    rules: tuple[Rule, ...]
    entries: tuple[Entry, ...] = field(repr=False)
    policy: Policy
    hash: str
    shadow: tuple[Rule, ...] = ()
    told: tuple[Rule, ...] | None = None
    phrases: tuple[Entry, ...] = field(default=(), repr=False)
    strictness: Mapping[Account, float] = field(default_factory=_as_shipped)
    contact: Contact = field(default_factory=Contact)

    def rule(self, id: str) -> Rule | None:
        """Return the rule called `id`, or None; those in shadow are found too."""
        return next((rule for rule in (*self.rules, *self.shadow) if rule.id == id), None)


def load_rulebook(rules: Path = loader.FOLDER) -> Rulebook:
    """Return the shipped rulebook, with the rules in the folder `rules`.

    Raises `RulebookError` naming file, rule, key and remedy for anything not understood.
    """
    entries = load_lexicons()
    policy = load_policy()
    labels = DETECTOR_LABELS | {entry.label for entry in entries}
    return Rulebook(
        rules=load_rules(policy.ids, labels, rules),
        entries=entries,
        policy=policy,
        hash=_hash((lexicons.FOLDER, POLICY_FOLDER, rules)),
    )


def _hash(folders: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in yaml_files(folder):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
