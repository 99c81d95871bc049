"""Own rules and changes as the engine's rules, each with the phrases that it looks for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from checker.finding import Kind, Strength
from checker.lexicons import Entry
from checker.overlay.contents import OwnRule, RuleChange, Scope
from checker.overlay.written import DIGITS
from checker.policy.concerns import FIRST
from checker.rules.rule import Alternative, Need, Rule, Within
from checker.verdict import Category

WORDS, NEAR, NOT_NEAR = "words", "near", "not-near"
# What the words of a rule are called on a page, where its category says no more.
KINDS = MappingProxyType({Category.CARE_DETAIL: Kind.CARE, Category.SERVICE_DETAIL: Kind.SERVICE})
WITHIN = MappingProxyType({Scope.SENTENCE: Within.SENTENCE, Scope.ANYWHERE: Within.DRAFT})


@dataclass(frozen=True, slots=True)
class Made:
    """A rule for the engine with its phrases; their labels are the rule's own."""

    rule: Rule
    phrases: tuple[Entry, ...]


def make_rule(own: OwnRule, known_clauses: Collection[str]) -> Made:
    """Return the engine's rule for an own one; clauses that are not known are left out.

    It is certain: the reader has learnt nothing of what a manager wants, and may not let it go.
    """
    kind = KINDS.get(own.category, Kind.REMARK)
    clauses = dict.fromkeys((FIRST, *own.clauses))
    rule = Rule(
        id=own.rule_id,
        category=own.category,
        verdict=own.verdict,
        clauses=tuple(one for one in clauses if one in known_clauses),
        needs=(
            _need(own.rule_id, WORDS, kind),
            *([_need(own.rule_id, NEAR, kind)] if own.near else []),
        ),
        message=own.message.replace("{words}", f"{{{kind}}}"),
        advice=own.advice,
        flag=own.flag,
        ok=own.ok,
        within=WITHIN[own.scope],
        without=(_barred(own.rule_id),) if own.not_near else (),
        accounts=own.account.members,
        certain=True,
    )
    phrases = (
        *_entries(own.words, kind, own.rule_id, WORDS),
        *_entries(own.near, kind, own.rule_id, NEAR),
        *_barred_entries(own.not_near, own.rule_id),
    )
    return Made(rule, phrases)


def change_rule(rule: Rule, change: RuleChange) -> Made:
    """Return `rule` as `change` has it; what no longer fits is left out (see `misfits`)."""
    need = need_for_words(rule, change)
    needs, entries = rule.needs, list(_barred_entries(change.unless_words, rule.id))
    if need is not None:
        kind = word_kind(need)
        wider = (*need.alternatives, Alternative(kind, _label(rule.id, WORDS)))
        needs = tuple(Need(one.text, wider) if one is need else one for one in rule.needs)
        entries += _entries(change.words, kind, rule.id, WORDS)
    changed = replace(
        rule,
        needs=needs,
        enabled=rule.enabled and change.enabled,
        verdict=change.verdict or rule.verdict,
        unless=tuple(dict.fromkeys((*rule.unless, *change.unless))),
        without=(*rule.without, *([_barred(rule.id)] if change.unless_words else [])),
    )
    return Made(changed, tuple(entries))


def need_for_words(rule: Rule, change: RuleChange) -> Need | None:
    """Return the need that a change's words fill; None where there are none, or it is not clear."""
    takes = [need for need in rule.needs if takes_words(need)]
    if not change.words or not takes:
        return None
    if not change.words_for:
        return takes[0] if len(takes) == 1 else None
    return next((need for need in takes if need.text == change.words_for), None)


def takes_words(need: Need) -> bool:
    """Tell whether words can fill `need`; nobody becomes a person by being listed."""
    return any(one.kind is not Kind.PERSON for one in need.alternatives)


def word_kind(need: Need) -> Kind:
    """Return the kind of clue that words for `need` are."""
    return next(one.kind for one in need.alternatives if one.kind is not Kind.PERSON)


def fingerprint(rule: Rule) -> str:
    """Return twelve digits that change when what the rule finds may change; its wording may not."""
    judged = (
        rule.id,
        str(rule.category),
        str(rule.verdict),
        [need.text for need in rule.needs],
        [need.text for need in rule.without],
        str(rule.within),
        sorted(rule.unless),
        sorted(map(str, rule.accounts)),
        str(rule.photo),
        rule.certain,
        rule.enabled,
        # Only where a rule asks, so that the fingerprints of all others stay what they were.
        *([str(rule.permission)] if rule.permission else ()),
    )
    return hashlib.sha256(repr(judged).encode()).hexdigest()[:DIGITS]


def _label(rule: str, what: str) -> str:
    return f"{rule}#{what}"


def _need(rule: str, what: str, kind: Kind) -> Need:
    label = _label(rule, what)
    return Need(label, (Alternative(kind, label),))


def _barred(rule: str) -> Need:
    label = _label(rule, NOT_NEAR)
    return Need(label, (Alternative(Kind.REMARK, label, weak=True),))


def _entries(phrases: Iterable[str], kind: Kind, rule: str, what: str) -> list[Entry]:
    label = _label(rule, what)
    return [Entry(phrase, kind, label, Strength.STRONG) for phrase in phrases]


def _barred_entries(phrases: Iterable[str], rule: str) -> list[Entry]:
    # Weak, so that no need for any remark at all takes it for one.
    label = _label(rule, NOT_NEAR)
    return [Entry(phrase, Kind.REMARK, label, Strength.WEAK) for phrase in phrases]


def list_of(label: str) -> str:
    """Return which list of a rule a phrase's label belongs to: `WORDS`, `NEAR` or `NOT_NEAR`."""
    return label.rpartition("#")[2]


def rule_of(label: str) -> str:
    """Return the id of the rule that a phrase's label belongs to, "" for a local name's."""
    return label.rpartition("#")[0]
