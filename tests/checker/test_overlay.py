"""Overlays as text: read strictly, each mistake beside its field, and written back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.draft import Account, Draft
from checker.engine import Checker
from checker.overlay.contents import (
    Accounts,
    Contact,
    CouncilClause,
    CouncilPolicy,
    Local,
    Overlay,
    RuleChange,
    Scope,
    State,
)
from checker.overlay.document import read_overlay, read_values
from checker.overlay.entries import new_id, read_rule
from checker.overlay.phrases import PhraseError, read_phrase
from checker.overlay.problem import OverlayError
from checker.overlay.written import hash_overlay, rule_values, write_overlay, write_rule
from checker.verdict import Category, Verdict
from tests.overlays import RULE, overlay_of, upon

WHOLE = overlay_of(
    replace(RULE, near=("on tuesday*",), not_near=("open day",), scope=Scope.ANYWHERE),
    replace(RULE, id="second", account=Accounts.SERVICE, state=State.SHADOW),
    changes=(
        RuleChange("care-detail.named-person", "abc123", enabled=False),
        RuleChange(
            "identifies-person.named",
            "def456",
            verdict=Verdict.REVIEW,
            unless=("public-event",),
            unless_words=("highland show",),
            words=("the big hoose",),
            words_for="place",
        ),
    ),
    local=Local(("Cedar Lane",), ("Rowan",), ("The Loaning",), ("Nettie Brown",), ("Kelso Show",)),
    policy=CouncilPolicy(
        title="Glen Council's policy",
        version="2026",
        url="https://example.org/policy",
        owner="Ann Ward",
        review_by=date(2027, 3, 1),
        clauses=(CouncilClause("images", "4.1", "Photos", "Ask first.\nThen ask again.", ""),),
        retired=("work-time",),
    ),
    strictness={Account.PERSONAL: 1.5},
    contact=Contact("Ann Ward", "ann@example.org", "01463 555 0100", "9 to 5"),
)


def test_a_whole_overlay_comes_back_from_its_text_as_it_was() -> None:
    assert read_overlay(write_overlay(WHOLE)) == WHOLE


def test_the_text_of_an_overlay_is_stable() -> None:
    text = write_overlay(WHOLE)
    assert write_overlay(read_overlay(text)) == text


def test_the_hash_is_of_what_it_says_and_not_of_how_it_is_written() -> None:
    text = write_overlay(WHOLE)
    assert hash_overlay(read_overlay(f"# a remark\n{text}")) == hash_overlay(WHOLE)
    assert hash_overlay(replace(WHOLE, local=Local())) != hash_overlay(WHOLE)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "rules: []", "local:"])
def test_a_text_that_says_nothing_is_an_empty_overlay(text: str) -> None:
    assert read_overlay(text) == Overlay()
    assert write_overlay(read_overlay(text)) == ""


WORDS = st.text("abcdefghijklmnop'é-", min_size=3, max_size=12).filter(lambda one: one[0].isalpha())
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LINES = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"), blacklist_characters="{}"),
    min_size=1,
    max_size=60,
).map(lambda one: " ".join(one.split())).filter(bool)  # fmt: skip
RULES = st.builds(
    replace,
    st.just(RULE),
    name=LINES,
    words=st.lists(PHRASES, min_size=1, max_size=4, unique=True).map(tuple),
    message=LINES,
    advice=LINES,
    category=st.sampled_from(Category),
    state=st.sampled_from(State),
    scope=st.sampled_from(Scope),
    flag=st.lists(LINES.map("a {}".format), min_size=2, max_size=3, unique=True).map(tuple),
    ok=st.lists(LINES.map("b {}".format), min_size=2, max_size=3, unique=True).map(tuple),
)


@given(RULES)
@settings(max_examples=100, deadline=None)
def test_any_rule_comes_back_from_its_text_as_it_was(rule: Any) -> None:
    assert read_overlay(write_overlay(overlay_of(rule))) == overlay_of(rule)


def test_a_rule_by_itself_is_shown_as_in_the_whole() -> None:
    assert write_rule(RULE).splitlines()[:3] == [
        "id: garden",
        "name: The garden project",
        "state: 'on'",
    ]


def change(**values: object) -> dict[str, Any]:
    return {**rule_values(RULE), **values}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        pytest.param({"id": "Gar den"}, "id", "An id is small letters", id="id"),
        pytest.param({"id": "reader"}, "id", "means the learned reader", id="id of the reader"),
        pytest.param({"name": " "}, "name", "Write something here.", id="no name"),
        pytest.param({"name": 7}, "name", "must be text", id="name a number"),
        pytest.param({"name": "a" * 201}, "name", "under 200", id="long name"),
        pytest.param({"name": "gar\u202eden"}, "name", "cannot be seen", id="name turned round"),
        pytest.param({"message": "gar\x00den"}, "message", "cannot be seen", id="control character"),
        pytest.param({"colour": "red"}, "colour", "There is no key “colour”", id="unknown key"),
        pytest.param({"wrods": []}, "wrods", "did you mean 'words'?", id="misspelt key"),
        pytest.param({"category": "gossip"}, "category", "Choose one of: identifies", id="category"),
        pytest.param({"verdict": "ok"}, "verdict", "A rule cannot find “ok”", id="ok"),
        pytest.param({"state": "live"}, "state", "draft, shadow, on, retired", id="state"),
        pytest.param({"words": []}, "words", "Give at least one.", id="no words"),
        pytest.param({"words": "garden"}, "words", "must be a list", id="words no list"),
        pytest.param({"words": [999]}, "words", "in quotes", id="word a number"),
        pytest.param({"words": ["a*"]}, "words", "would fit too many words", id="short pattern"),
        pytest.param({"words": ["*garden"]}, "words", "inside a word or at its end", id="star first"),
        pytest.param({"words": ["g*r*d*n"]}, "words", "2 stars in one word", id="many stars"),
        pytest.param({"words": ["(gar|den)+"]}, "words", "cannot be looked for", id="regex"),
        pytest.param({"words": ["..."]}, "words", "no letters or figures", id="dots"),
        pytest.param({"words": [" ".join("a" * 13)]}, "words", "12 words at most", id="long phrase"),
        pytest.param({"message": "“{person}”"}, "message", "Only {words}", id="placeholder"),
        pytest.param({"advice": "{words}"}, "advice", "leave out the braces", id="braces"),
        pytest.param({"clauses": []}, "clauses", "Give at least one.", id="no clause"),
        pytest.param({"scope": "near"}, "scope", "sentence, anywhere", id="scope"),
        pytest.param({"account": "work"}, "account", "both, personal, service", id="account"),
    ],
)  # fmt: skip
def test_each_mistake_in_a_rule_has_a_sentence_beside_its_field(
    values: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(OverlayError) as caught:
        read_rule(change(**values))
    (problem,) = caught.value.problems
    assert (problem.key, problem.blocks) == (field, True)
    assert sentence in problem.sentence


@pytest.mark.parametrize(
    ("examples", "field"),
    [
        pytest.param({"flag": ["a"], "pass": ["b", "c"]}, "rules.garden.examples.flag", id="one"),
        pytest.param({"flag": ["a", "d"]}, "rules.garden.examples.pass", id="none"),
        pytest.param({"flag": ["a", "b"], "pass": ["b", "c"]}, "rules.garden.examples.pass", id="both"),
        pytest.param(["a"], "rules.garden.examples", id="no mapping"),
    ],
)  # fmt: skip
def test_examples_that_prove_nothing_are_refused(examples: object, field: str) -> None:
    with pytest.raises(OverlayError) as caught:
        read_rule(change(examples=examples))
    assert [problem.field for problem in caught.value.problems][:1] == [field]


def test_marks_that_writing_needs_are_left_alone() -> None:
    typed = {"name": "Gàrradh – nan “ròs” \u05d2\u05df", "advice": "Ask\tfirst\u00a0please."}
    rule = read_rule(change(**typed))
    assert (rule.name, rule.advice) == (typed["name"], "Ask first please.")


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(OverlayError) as caught:
        read_rule(change(name="", words=["a*"], verdict="maybe"))
    assert [problem.key for problem in caught.value.problems] == ["name", "verdict", "words"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("rulez: []", "rulez: There is no key “rulez”: did you mean 'rules'?", id="key"),
        pytest.param("rules: 7", "rules: This must be a list of entries", id="no list"),
        pytest.param("local: [a]", "local: This must hold lines", id="no mapping"),
        pytest.param("- a", "expected 'key: value' lines", id="list"),
        pytest.param("[" * 999 + "]" * 999, "too many times over", id="deep"),
        pytest.param("[" * 100_000 + "]" * 100_000, "this is not YAML", id="deeper"),
        pytest.param("a: [", "this is not YAML", id="not YAML"),
        pytest.param("local: {units: [a, b], units: [c]}", "key 'units' is given twice", id="twice"),
        pytest.param("local: {units: ['Row*']}", "local.units: “Row*”: a name has no *", id="star"),
        pytest.param("local: {unit: [a]}", "local.unit: There is no key “unit”", id="local key"),
        pytest.param("thresholds: {personal: 9}", "thresholds.personal: Choose from 0.2", id="high"),
        pytest.param("thresholds: {personal: yes}", "thresholds.personal: This must be a number", id="yes"),
        pytest.param("thresholds: {both: 1}", "thresholds.both: There is no key", id="account"),
        pytest.param("contact: {email: nobody}", "contact.email: An e-mail address looks", id="email"),
        pytest.param("contact: {phone: call me}", "contact.phone: A phone number", id="phone"),
        pytest.param("policy: {review_by: soon}", "policy.review_by: Write the date", id="date"),
        pytest.param("policy: {url: 'javascript:x'}", "policy.url: A web address begins", id="link"),
        pytest.param("policy: {clauses: {Big One: {}}}", "policy.Big One.topic: A topic is", id="topic"),
        pytest.param("policy: {clauses: {images: {number: '1', title: a}}}", "policy.images.text: Write", id="text"),
        pytest.param("shipped: [{rule: a.b, made_for: x}]", "shipped.a.b.rule: Nothing is changed", id="no change"),
        pytest.param("shipped: [{rule: a.b, made_for: x, off: true}]", "shipped: A key here is not text: put it in quotes.", id="off is false"),
        pytest.param("shipped: [{rule: a.b, made_for: x, unless: [pets]}]", "no exception “pets”: did you mean 'pet'?", id="exception"),
        pytest.param("x" * 2_000_001, "longer than 2,000,000", id="too long"),
    ],
)  # fmt: skip
def test_each_mistake_in_the_text_names_its_place_and_the_remedy(text: str, told: str) -> None:
    with pytest.raises(OverlayError) as caught:
        read_overlay(text, "glen.yaml")
    assert str(caught.value).startswith("glen.yaml: ")
    assert told in str(caught.value)


def test_two_rules_of_one_id_are_refused() -> None:
    text = write_overlay(overlay_of(RULE, RULE))
    with pytest.raises(OverlayError, match="rules.garden.id: This stands twice"):
        read_overlay(text)


def test_lists_that_hold_each_other_a_million_times_are_refused_quickly() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    with pytest.raises(OverlayError) as caught:
        read_overlay(f"{bomb}local: {{units: *j}}")
    assert len(str(caught.value)) < 2_000


def test_on_without_quotes_is_on() -> None:
    text = write_overlay(overlay_of(RULE)).replace("'on'", "on")
    assert read_overlay(text).rules[0].state is State.ON


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("  Walled   Garden ", "walled garden"),
        ("don’t TELL", "don't tell"),
        ("Resus*", "resus*"),
        ("lab*r party", "lab*r party"),
        ("#LoveMyJob", "#lovemyjob"),
        ("covid-19", "covid-19"),
    ],
)
def test_phrases_are_spelt_as_the_matcher_spells_them(typed: str, phrase: str) -> None:
    assert read_phrase(typed) == phrase


def test_a_phrase_that_is_refused_is_not_repeated_at_length() -> None:
    with pytest.raises(PhraseError) as caught:
        read_phrase("very long " * 500)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("name", "taken", "id"),
    [
        ("The garden project", (), "the-garden-project"),
        ("The garden project", ("the-garden-project",), "the-garden-project-2"),
        ("¡!", (), "rule"),
        ("Reader", (), "reader-2"),
    ],
)
def test_a_new_rule_gets_an_id_of_its_name(name: str, taken: tuple[str, ...], id: str) -> None:
    assert new_id(name, taken) == id


@given(st.text(min_size=1, max_size=80).filter(str.strip))
@settings(max_examples=25, deadline=None)
def test_an_empty_overlay_changes_nothing(text: str) -> None:
    checker = SHARED["checker"]
    assert upon(checker, Overlay()).check(Draft(text)) == checker.check(Draft(text))


SHARED: dict[str, Checker] = {}


@pytest.fixture(autouse=True, scope="module")
def share(checker: Checker) -> None:
    """Let hypothesis, which runs outside fixtures, use the checker that all tests share."""
    SHARED["checker"] = checker


def test_an_empty_overlay_leaves_the_rulebook_itself(checker: Checker) -> None:
    assert upon(checker, Overlay(), Overlay()).rulebook is checker.rulebook


def test_one_part_is_read_from_plain_values_as_a_form_gives_them() -> None:
    overlay = read_values({"local": {"units": ["Rowan"]}})
    assert overlay == Overlay(local=Local(units=("Rowan",)))
    with pytest.raises(OverlayError) as caught:
        read_values({"local": {"units": ["Row*"]}})
    (problem,) = caught.value.problems
    assert problem.field == "local.units"


def test_a_retired_clause_is_neither_shown_nor_cited(rules_alone: Checker) -> None:
    text = Draft("Sandra the manager is a lazy liar")
    before = rules_alone.check(text)
    policy = CouncilPolicy(retired=("colleagues",), owner="Ann Ward")
    one = upon(rules_alone, overlay_of(policy=policy))
    after = one.check(text)
    cited = [{each.id for each in report.findings[0].clauses} for report in (before, after)]
    assert cited[0] - cited[1] == {"council.colleagues"}
    assert (before.verdict, len(before.findings)) == (after.verdict, len(after.findings))
    assert "council.colleagues" not in one.rulebook.policy.ids
    for concern in one.rulebook.policy.concerns:
        assert set(concern.clauses) <= set(one.rulebook.policy.ids)
    council = one.rulebook.policy.sources[2]
    assert (council.id, council.owner, council.review_by) == ("council", "Ann Ward", None)
