"""What the history calls what an overlay knows by ids: rules, exceptions, clauses, states."""

from __future__ import annotations

import re

from checker.overlay.applied import COUNCIL
from checker.overlay.difference import Called
from checker.rulebook import Rulebook
from webapp.console.categories import category_titles
from webapp.console.rule_words import (
    ACCOUNTS,
    EXCEPTION_WORDS,
    RULE_VERDICTS,
    SCOPES,
    SHORT_STATES,
    tell_need,
)

# Where a rule's message has the words of a draft.
PLACE = re.compile(r"“?\{\w+\}”?")


def called_by(rulebook: Rulebook) -> Called:
    """Return in a manager's words what `rulebook`, which lies beneath, has by ids."""
    policy = rulebook.policy
    clauses = {one.id: f"{policy.cite(one)}: {one.title}" for one in policy.clauses}
    return Called(
        rules={rule.id: tell_rule(rule.message) for rule in rulebook.rules},
        needs={need.text: tell_need(need) for rule in rulebook.rules for need in rule.needs},
        values={
            "exceptions": EXCEPTION_WORDS,
            "state": SHORT_STATES,
            "verdict": RULE_VERDICTS,
            "account": ACCOUNTS,
            "scope": SCOPES,
            "category": category_titles(policy),
            "clauses": clauses,
            "retired": {id.removeprefix(f"{COUNCIL}."): words for id, words in clauses.items()},
        },
    )


def tell_rule(message: str) -> str:
    """Return the message of a rule as a name for it: "… is named beside a detail of their care"."""
    return re.sub(r"(\W*…)?\W*$", "", PLACE.sub("…", message)).strip()
