"""Writes an overlay as YAML, the same text for the same overlay, and gives its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

import yaml

from checker.overlay.contents import (
    CouncilClause,
    CouncilPolicy,
    Local,
    Overlay,
    OwnRule,
    RuleChange,
)

# The digits of a hash that a report shows, as for the shipped rulebook.
DIGITS = 12


def write_overlay(overlay: Overlay) -> str:
    """Return the YAML text of `overlay`; what `read_overlay` makes of it is equal to it."""
    filled = overlay_values(overlay)
    return _dump(filled) if filled else ""


def overlay_values(overlay: Overlay) -> dict[str, Any]:
    """Return an overlay as plain values, keyed as in YAML, without what is empty."""
    content = {
        "rules": [rule_values(rule) for rule in overlay.rules],
        "shipped": [change_values(change) for change in overlay.changes],
        "local": local_values(overlay.local),
        "policy": policy_values(overlay.policy),
        "thresholds": {str(account): value for account, value in overlay.strictness.items()},
        "contact": _filled(asdict(overlay.contact)),
    }
    return _filled(content)


def hash_overlay(overlay: Overlay) -> str:
    """Return the first twelve digits of the SHA-256 over what the overlay says."""
    # Not over its YAML, which takes a third of a second to write for three hundred rules.
    written = json.dumps(overlay_values(overlay))
    return hashlib.sha256(written.encode()).hexdigest()[:DIGITS]


def write_rule(rule: OwnRule) -> str:
    """Return the YAML of one own rule, as a page shows it."""
    return _dump(rule_values(rule))


def rule_values(rule: OwnRule) -> dict[str, Any]:
    """Return an own rule as the mapping that `read_rule` takes."""
    return {
        "id": rule.id,
        "name": rule.name,
        "state": str(rule.state),
        "category": str(rule.category),
        "verdict": str(rule.verdict),
        "account": str(rule.account),
        "words": list(rule.words),
        **_filled({"near": list(rule.near), "not_near": list(rule.not_near)}),
        "scope": str(rule.scope),
        "message": rule.message,
        "advice": rule.advice,
        "clauses": list(rule.clauses),
        "examples": {"flag": list(rule.flag), "pass": list(rule.ok)},
    }


def change_values(change: RuleChange) -> dict[str, Any]:
    """Return a change as the mapping that `read_change` takes."""
    return _filled(
        {
            "rule": change.rule,
            "made_for": change.made_for,
            "enabled": "" if change.enabled else False,
            "verdict": str(change.verdict) if change.verdict else "",
            "unless": list(change.unless),
            "unless_words": list(change.unless_words),
            "words": list(change.words),
            "words_for": change.words_for,
        }
    )


def local_values(local: Local) -> dict[str, Any]:
    """Return local names as the mapping under `local`."""
    return _filled({key: list(names) for key, names in asdict(local).items()})


def policy_values(policy: CouncilPolicy) -> dict[str, Any]:
    """Return the council's policy as the mapping under `policy`."""
    return _filled(
        {
            "title": policy.title,
            "version": policy.version,
            "url": policy.url,
            "owner": policy.owner,
            "review_by": policy.review_by.isoformat() if policy.review_by else "",
            "clauses": {clause.topic: _clause(clause) for clause in policy.clauses},
            "retired": list(policy.retired),
        }
    )


def _clause(clause: CouncilClause) -> dict[str, str]:
    values = asdict(clause)
    del values["topic"]
    return values


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that say something."""
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def _dump(values: dict[str, Any]) -> str:
    text: str = yaml.dump(
        values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=96, indent=2
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes no anchors: a text that stands twice is written twice."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Return true for everything."""
        return True
