"""Checking an overlay: failing examples with the words that did it, repeats, contradictions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.engine import Checker
from checker.overlay.checking import blocks, check_overlay, check_rule
from checker.overlay.contents import Local, Overlay, RuleChange, Scope, State
from checker.overlay.rules import fingerprint
from checker.verdict import Category, Verdict
from tests.overlays import RULE, overlay_of, upon


def told(checker: Checker, overlay: Overlay) -> list[tuple[str, bool, str]]:
    return [(one.field, one.blocks, one.sentence) for one in check_overlay(checker, overlay)]


def test_a_good_overlay_has_no_problems(checker: Checker) -> None:
    assert check_overlay(checker, overlay_of(RULE, local=Local(units=("Rowan",)))) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(
            {"flag": ("a garden", "the walled garden")},
            "“a garden” is not flagged: none of the words stands in it.",
            id="no words",
        ),
        pytest.param(
            {"near": ("opens",), "flag": ("the walled garden", "the walled garden opens")},
            "“the walled garden” is not flagged: “walled garden” stands in it, but none of the "
            "words that must be near.",
            id="nothing near",
        ),
        pytest.param(
            {
                "near": ("opens",),
                "flag": ("The walled garden. It opens", "the walled garden opens"),
            },
            "“The walled garden. It opens” is not flagged: “walled garden” and “opens” stand in "
            "it, but not in the same sentence.",
            id="near, in another sentence",
        ),
        pytest.param(
            {
                "near": ("walled garden",),
                "flag": ("the walled garden", "greenhouses by the walled garden"),
            },
            "“the walled garden” is not flagged: “walled garden” stands in it, but nothing else "
            "that must be near: no word is near itself.",
            id="near itself",
        ),
        pytest.param(
            {
                "not_near": ("open day",),
                "scope": Scope.ANYWHERE,
                "flag": ("the walled garden. Open Day!", "greenhouses"),
            },
            "“the walled garden. Open Day!” is not flagged: “walled garden” stands in it, but so "
            "does “Open Day”, which must not be near.",
            id="barred",
        ),
    ],
)
def test_an_example_that_is_not_flagged_says_what_is_missing(
    change: dict[str, object], sentence: str, checker: Checker
) -> None:
    overlay = overlay_of(replace(RULE, **change))  # type: ignore[arg-type]
    assert told(checker, overlay) == [("rules.garden.examples.flag", True, sentence)]


def test_an_example_that_should_pass_says_which_words_flagged_it(checker: Checker) -> None:
    rule = replace(RULE, near=("opens",), flag=("walled garden opens", "greenhouse opens"),
                   ok=("it rains", "Greenhouses! Our Walled Garden Opens"))  # fmt: skip
    assert told(checker, overlay_of(rule)) == [
        (
            "rules.garden.examples.pass",
            True,
            "“Greenhouses! Our Walled Garden Opens” is flagged, because of “Greenhouses”, "
            "“Walled Garden” and “Opens”.",
        )
    ]


def test_retired_rules_are_passed_over(checker: Checker) -> None:
    rule = replace(RULE, flag=("a", "b"), clauses=("council.gone",), state=State.RETIRED)
    assert check_overlay(checker, overlay_of(rule)) == ()


def test_an_unknown_clause_blocks_and_the_nearest_is_named(checker: Checker) -> None:
    overlay = overlay_of(replace(RULE, clauses=("council.image",)))
    assert told(checker, overlay) == [
        (
            "rules.garden.clauses",
            True,
            "There is no clause “council.image”: did you mean 'council.images'?",
        )
    ]


def test_the_same_phrase_in_two_rules_is_pointed_out(checker: Checker) -> None:
    other = replace(RULE, id="other", name="Other", words=("walled garden", "potting shed"),
                    flag=("the walled garden", "a potting shed"))  # fmt: skip
    assert told(checker, overlay_of(RULE, other)) == [
        (
            "rules.other.words",
            False,
            "“walled garden” stands in your rule “The garden project” too.",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second", "covered"),
    [
        pytest.param({}, {}, "b", id="alike: the later"),
        pytest.param({}, {"words": ("walled garden",)}, "b", id="fewer words"),
        pytest.param({}, {"near": ("opens",)}, "b", id="more asked"),
        pytest.param({"near": ("opens",)}, {}, "a", id="the earlier one"),
        pytest.param({}, {"verdict": Verdict.STOP, "words": ("walled garden",)}, "", id="graver"),
        pytest.param({"not_near": ("fair",)}, {"words": ("walled garden",)}, "", id="excepted"),
    ],
)
def test_a_rule_that_another_covers_is_pointed_out(
    first: dict[str, object], second: dict[str, object], covered: str, checker: Checker
) -> None:
    examples = {"flag": ("walled garden opens", "the walled garden opens"), "ok": ("x", "y")}
    rules = [
        replace(RULE, id=id, name=id, **examples, **change)  # type: ignore[arg-type]
        for id, change in (("a", first), ("b", second))
    ]
    found = [
        one.item
        for one in check_overlay(checker, overlay_of(*rules))
        if "flags all that this one can" in one.sentence
    ]
    assert found == ([covered] if covered else [])


def test_what_a_shipped_rule_flags_already_is_pointed_out(checker: Checker) -> None:
    texts = ("key safe code is 4417 if anyone covers me", "the key safe code is 2580 tonight")
    rule = replace(RULE, words=("key safe",), flag=texts, ok=("the safe", "my keys"))
    sentences = [one.sentence for one in check_overlay(checker, overlay_of(rule))]
    assert "The rule service-detail.code flags all your examples already." in sentences
    assert "“key safe” stands in Postcheck's own word lists already." in sentences


def test_an_example_that_another_own_rule_flags_is_a_note(checker: Checker) -> None:
    other = replace(RULE, id="shed", name="The shed", words=("lovely",), category=Category.CONDUCT,
                    flag=("lovely day", "a lovely shed"), ok=("a", "b"))  # fmt: skip
    assert told(checker, overlay_of(RULE, other))[:1] == [
        (
            "rules.garden.examples.pass",
            False,
            "“the garden is lovely” is flagged by your rule “The shed”.",
        )
    ]


def test_names_that_contradict_each_other_or_a_rule_are_notes(checker: Checker) -> None:
    local = Local(units=("Rowan",), staff=("Rowan", "Ivy Reid"))
    rule = replace(RULE, words=("ivy reid",), flag=("ivy reid", "Ivy Reid!"), ok=("ivy", "reid"))
    assert told(checker, overlay_of(rule, local=local)) == [
        ("local.units", False, "“Rowan” is a member of staff too: it will be taken for the place."),
        ("rules.garden.words", False, "“ivy reid” may be named, by your list of staff: this flags it."),
    ]  # fmt: skip


def test_a_change_that_breaks_a_shipped_rule_s_own_examples_is_a_note(checker: Checker) -> None:
    rule = checker.rulebook.rule("care-detail.named-person")
    assert rule is not None
    word = rule.flag[0].split()[0].lower().strip(",.!")
    change = RuleChange(rule.id, fingerprint(rule), unless_words=(word,))
    (problem,) = check_overlay(checker, overlay_of(changes=(change,)))
    assert (problem.field, problem.blocks) == (f"shipped.{rule.id}.rule", False)
    assert problem.sentence.startswith("The rule no longer flags its own example “")


def test_a_service_is_checked_upon_its_council(checker: Checker) -> None:
    beneath = upon(checker, overlay_of(RULE))
    assert told(beneath, overlay_of(RULE)) == [
        ("rules.garden.id", True, "A rule beneath this overlay has the same id: give this one another.")
    ]  # fmt: skip
    other = replace(RULE, id="other")
    assert told(beneath, overlay_of(other)) == [
        ("rules.other.examples", False, "The rule own.garden flags all your examples already.")
    ]


def test_one_rule_can_be_checked_by_itself(checker: Checker) -> None:
    bad = replace(RULE, id="bad", flag=("x", "y"))
    overlay = overlay_of(RULE, bad)
    assert {one.item for one in check_rule(checker, overlay, "bad")} == {"bad", "bad.examples"}
    assert check_rule(checker, overlay, "garden") == ()
    assert blocks(check_overlay(checker, overlay))
    assert not blocks(check_overlay(checker, overlay_of(RULE)))
