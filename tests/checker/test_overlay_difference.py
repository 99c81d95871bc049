"""Two overlays and how they differ, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.draft import Account
from checker.overlay.contents import (
    Contact,
    CouncilClause,
    CouncilPolicy,
    Local,
    Overlay,
    RuleChange,
    State,
)
from checker.overlay.difference import Called, differences
from checker.verdict import Verdict
from tests.overlays import RULE, overlay_of

CHANGE = RuleChange("care-detail.named-person", "abc", enabled=False)
EXCEPTED = ("own-family", "unheard-of")
CLAUSE = CouncilClause("images", "4", "Photos", "Ask first.")


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (overlay_of(RULE), overlay_of(RULE), ()),
        (Overlay(), overlay_of(RULE), ("Rule “The garden project”: added.",)),
        (overlay_of(RULE), Overlay(), ("Rule “The garden project”: taken out.",)),
        (
            overlay_of(RULE),
            overlay_of(replace(RULE, state=State.SHADOW, words=("walled garden", "potting shed"))),
            (
                "Rule “The garden project”: state from “on” to “shadow”; words with “potting "
                "shed”; words without “greenhous*”.",
            ),
        ),
        (
            overlay_of(RULE),
            overlay_of(replace(RULE, advice="long " * 20, near=("opens",), flag=("a", "b"))),
            (
                "Rule “The garden project”: advice reworded; examples to flag with “a”, “b”; "
                "examples to flag without “the walled garden opens soon”, “two greenhouses are "
                "up”; near with “opens”.",
            ),
        ),
        (
            overlay_of(changes=(CHANGE,)),
            overlay_of(changes=(replace(CHANGE, enabled=True, verdict=Verdict.REVIEW),)),
            (
                "Change of care-detail.named-person: switch from “off” to “on”; answer from “as "
                "it comes” to “Change it or ask first”.",
            ),
        ),
        (
            Overlay(),
            overlay_of(changes=(replace(CHANGE, unless_words=("in a film",)),)),
            (
                "Change of care-detail.named-person: switch from “on” to “off”; let go near with "
                "“in a film”.",
            ),
        ),
        (
            overlay_of(changes=(replace(CHANGE, enabled=True, words=("a", "b"), words_for="x"),)),
            Overlay(),
            ("Change of care-detail.named-person: words for x without “a”, “b”.",),
        ),
        (overlay_of(changes=(CHANGE,)), overlay_of(changes=(replace(CHANGE, made_for="d"),)), ()),
        (
            overlay_of(strictness={Account.PERSONAL: 0.2}),
            overlay_of(strictness={Account.PERSONAL: 1.3, Account.SERVICE: 5.0}),
            (
                "Strictness: somebody’s own account from “step 1” to “step 7”; the service’s "
                "account from “as it comes” to “step 11”.",
            ),
        ),
        (
            overlay_of(local=Local(units=("Rowan",))),
            overlay_of(local=Local(units=("Oak",), staff=("Ann",))),
            ("Local names: units with “Oak”; units without “Rowan”; staff with “Ann”.",),
        ),
        (
            overlay_of(policy=CouncilPolicy(owner="Ann", clauses=(CLAUSE,))),
            overlay_of(policy=CouncilPolicy(owner="Bea", clauses=(replace(CLAUSE, number="5"),))),
            ("Policy: owner from “Ann” to “Bea”.", "Clause “Photos”: number from “4” to “5”."),
        ),
        (
            overlay_of(strictness={Account.PERSONAL: 1.5}),
            overlay_of(contact=Contact("Ann")),
            (
                "Strictness: somebody’s own account from “step 8” to “as it comes”.",
                "Contact: name from nothing to “Ann”.",
            ),
        ),
    ],
)
def test_differences_are_told_entry_by_entry(
    old: Overlay, new: Overlay, sentences: tuple[str, ...]
) -> None:
    assert differences(old, new) == sentences


CALLED = Called(
    {"care-detail.named-person": "… is named beside a detail of their care"},
    {"exceptions": {"own-family": "The author’s own family"}, "state": {"shadow": "On trial"}},
)


def test_rules_exceptions_and_states_are_told_in_words() -> None:
    new = overlay_of(replace(RULE, state=State.SHADOW), changes=(replace(CHANGE, unless=EXCEPTED),))
    assert differences(overlay_of(RULE, changes=(CHANGE,)), new, CALLED) == (
        "Rule “The garden project”: state from “on” to “On trial”.",
        "Change of rule “… is named beside a detail of their care” (care-detail.named-person): "
        "exceptions with “The author’s own family”, “unheard-of”.",
    )


def test_a_rule_that_is_gone_is_told_by_its_id() -> None:
    change = replace(CHANGE, rule="care-detail.gone")
    told = differences(Overlay(), overlay_of(changes=(change,)), CALLED)
    assert told == ("Change of care-detail.gone: switch from “on” to “off”.",)
