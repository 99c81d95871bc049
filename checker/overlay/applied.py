"""Lays an overlay upon a rulebook, and says where it no longer fits the one beneath."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from checker.clause import Clause
from checker.overlay.contents import Contact, CouncilPolicy, Overlay, OwnRule, RuleChange, State
from checker.overlay.local import local_entries
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.rules import (
    Made,
    change_rule,
    fingerprint,
    make_rule,
    need_for_words,
    takes_words,
)
from checker.overlay.written import DIGITS, hash_overlay
from checker.policy import Concern, Policy, Status
from checker.rulebook import Rulebook
from checker.rules.rule import Rule

COUNCIL = "council"
BY_COUNCIL = "Written by the council in its own words."


def apply_overlays(rulebook: Rulebook, overlays: Sequence[Overlay]) -> Rulebook:
    """Return `rulebook` with `overlays` laid upon it, the first lowest: council, then service.

    Raises `OverlayError` as `apply_overlay` does.
    """
    for overlay in overlays:
        rulebook = apply_overlay(rulebook, overlay)
    return rulebook


def apply_overlay(rulebook: Rulebook, overlay: Overlay) -> Rulebook:
    """Return `rulebook` with `overlay` laid upon it; an empty one leaves it as it is.

    What no longer fits (a rule that is gone, a clause that is not known) is passed over: see
    `misfits`. Raises `OverlayError` where an own rule has the id of one beneath.
    """
    if overlay == Overlay():
        return rulebook
    _refuse_doubles(rulebook, overlay)
    policy = _with_council(rulebook.policy, overlay.policy)
    changed = [_changed(rule, overlay) for rule in rulebook.rules]
    on = [make_rule(own, policy.ids) for own in overlay.rules if own.state is State.ON]
    shadow = [make_rule(own, policy.ids) for own in overlay.rules if own.state is State.SHADOW]
    return replace(
        rulebook,
        rules=tuple(made.rule for made in (*changed, *on)),
        shadow=(*rulebook.shadow, *(made.rule for made in shadow)),
        told=rulebook.told or rulebook.rules,
        phrases=(
            *rulebook.phrases,
            *(entry for made in (*changed, *on, *shadow) for entry in made.phrases),
            *local_entries(overlay.local),
        ),
        policy=policy,
        strictness=MappingProxyType({**rulebook.strictness, **overlay.strictness}),
        contact=rulebook.contact if overlay.contact == Contact() else overlay.contact,
        hash=_join(rulebook.hash, hash_overlay(overlay)),
    )


def misfits(rulebook: Rulebook, overlay: Overlay) -> tuple[Problem, ...]:
    """Return where `overlay` no longer fits the rulebook beneath, as after an update of Postcheck.

    None of them blocks: the rest of the overlay goes on working.
    """
    found = [*_clause_misfits(rulebook, overlay)]
    for change in overlay.changes:
        found += _change_misfits(rulebook.rule(change.rule), change)
    return tuple(found)


def _changed(rule: Rule, overlay: Overlay) -> Made:
    change = next((one for one in overlay.changes if one.rule == rule.id), None)
    return change_rule(rule, change) if change else Made(rule, ())


def _refuse_doubles(rulebook: Rulebook, overlay: Overlay) -> None:
    beneath = {rule.id for rule in (*rulebook.rules, *rulebook.shadow)}
    sentence = "A rule beneath this overlay has the same id: give this one another."
    problems = [
        Problem("rules", own.id, "id", sentence) for own in overlay.rules if own.rule_id in beneath
    ]
    if problems:
        raise OverlayError(problems)


def _join(beneath: str, overlay: str) -> str:
    return hashlib.sha256(f"{beneath} {overlay}".encode()).hexdigest()[:DIGITS]


def _with_council(policy: Policy, council: CouncilPolicy) -> Policy:
    """Return the policy with the council's own clauses in the place of those of their topics."""
    if council == CouncilPolicy():
        return policy
    old = next(one for one in policy.sources if one.id == COUNCIL and one.status is Status.CURRENT)
    own = bool(council.clauses or council.title)
    new = replace(
        old,
        title=council.title or old.title,
        version=council.version or old.version,
        url=council.url or old.url,
        # The note of the sample says that no council has agreed it.
        note=BY_COUNCIL if own else old.note,
        owner=council.owner or old.owner,
        review_by=council.review_by or old.review_by,
    )
    retired = {f"{COUNCIL}.{topic}" for topic in council.retired}
    clauses = _merged(policy.clauses, council, new.version)
    return replace(
        policy,
        sources=tuple(new if one is old else one for one in policy.sources),
        clauses=tuple(one for one in clauses if one.id not in retired),
        concerns=tuple(_without(concern, retired) for concern in policy.concerns),
    )


def _without(concern: Concern, retired: Collection[str]) -> Concern:
    clauses = tuple(one for one in concern.clauses if one not in retired)
    return replace(concern, clauses=clauses)


def _merged(clauses: Sequence[Clause], council: CouncilPolicy, version: str) -> Iterator[Clause]:
    own: Mapping[str, Clause] = {
        f"{COUNCIL}.{one.topic}": Clause(
            id=f"{COUNCIL}.{one.topic}",
            source=COUNCIL,
            version=version,
            number=one.number,
            title=one.title,
            text=one.text,
            url=one.url,
            confirmed=True,
            evidence=BY_COUNCIL,
        )
        for one in council.clauses
    }
    known = {clause.id for clause in clauses}
    yield from (own.get(clause.id, clause) for clause in clauses)
    yield from (clause for id, clause in own.items() if id not in known)


def _clause_misfits(rulebook: Rulebook, overlay: Overlay) -> Iterator[Problem]:
    known = _with_council(rulebook.policy, overlay.policy).ids
    for own in overlay.rules:
        for clause in _unknown_clauses(own, known):
            sentence = f"There is no clause “{clause}” any longer: choose another."
            yield Problem("rules", own.id, "clauses", sentence, blocks=False)


def _unknown_clauses(own: OwnRule, known: Sequence[str]) -> list[str]:
    return [clause for clause in own.clauses if clause not in known]


def _change_misfits(rule: Rule | None, change: RuleChange) -> Iterator[Problem]:
    def tell(key: str, sentence: str) -> Problem:
        return Problem("shipped", change.rule, key, sentence, blocks=False)

    if rule is None:
        yield tell("rule", "This rule is gone, so the change does nothing: take it out.")
        return
    if change.made_for != fingerprint(rule):
        sentence = "This rule has changed since: look if the change is still right, then write"
        yield tell("made_for", f"{sentence} {fingerprint(rule)}.")
    if change.verdict is rule.verdict:
        yield tell("verdict", f"The rule says {rule.verdict} already: this changes nothing.")
    if not change.enabled and not rule.enabled:
        yield tell("enabled", "The rule is off already: this changes nothing.")
    if change.words and need_for_words(rule, change) is None:
        needs = ", ".join(f"“{need.text}”" for need in rule.needs if takes_words(need))
        remedy = f"say which with words_for: {needs}" if needs else "its needs are people only"
        yield tell("words", f"It is not clear which need of the rule these words fill: {remedy}.")
