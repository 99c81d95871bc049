"""Overlays at work: what own rules find and leave, changes, names, policy, strictness, teams."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from datetime import date

import pytest

from checker.draft import Account, Draft, make_draft
from checker.engine import Checker
from checker.judge import Thresholds
from checker.overlay.applied import apply_overlay, misfits
from checker.overlay.contents import (
    Accounts,
    Contact,
    CouncilClause,
    CouncilPolicy,
    Local,
    Overlay,
    OwnRule,
    RuleChange,
    Scope,
    State,
)
from checker.overlay.problem import OverlayError
from checker.overlay.rules import fingerprint
from checker.overlay.strictness import stricter
from checker.overlay.trying import try_text
from checker.rulebook import Rulebook
from checker.verdict import Verdict
from tests.overlays import RULE, overlay_of, upon

MOBILE = "identifies-person.contact"


def finds(checker: Checker, rule: OwnRule, text: str, account: str = "personal") -> bool:
    """Tell whether `rule` holds in `text`, by rules alone."""
    ((found, _),) = upon(checker, overlay_of(rule)).find_by_rules(
        [make_draft(text, account=account)]
    )
    return rule.rule_id in [one.rule for one in found]


@pytest.mark.parametrize(
    ("change", "found", "left"),
    [
        pytest.param({}, "the Walled Garden opens", "the walled path", id="phrase"),
        pytest.param({}, "our greenhouses leak", "a green housing estate", id="star at the end"),
        pytest.param({"words": ("lab*r",)}, "hard labour", "the label", id="star inside"),
        pytest.param({"words": ("kick off",)}, "it kicked off", "a kick in the teeth", id="forms"),
        pytest.param({"words": ("the garden",)}, "THE GARDEN", "thegarden", id="whole words"),
        pytest.param({}, "w4lled g4rden is up", "wall and garden", id="disguised"),
        pytest.param(
            {"near": ("opens",)},
            "the walled garden opens soon",
            "the walled garden. The shop opens soon",
            id="near, in the sentence",
        ),
        pytest.param(
            {"near": ("opens",), "scope": Scope.ANYWHERE},
            "the walled garden. The shop opens soon",
            "the walled garden is shut",
            id="near, anywhere",
        ),
        pytest.param(
            {"not_near": ("open day",)},
            "the walled garden is dug",
            "open day in the walled garden",
            id="not near",
        ),
        pytest.param(
            {"not_near": ("open day",)},
            "the walled garden is dug. Open day was fun",
            "the walled garden has an open day",
            id="not near, in another sentence",
        ),
        pytest.param(
            {"not_near": ("open day",), "scope": Scope.ANYWHERE},
            "the walled garden is dug",
            "the walled garden is dug. Open day was fun",
            id="not near, anywhere",
        ),
    ],
)
def test_an_own_rule_finds_its_words_and_leaves_others(
    change: dict[str, object], found: str, left: str, checker: Checker
) -> None:
    rule = replace(RULE, **change)  # type: ignore[arg-type]
    assert (finds(checker, rule, found), finds(checker, rule, left)) == (True, False)


def test_a_rule_for_one_account_leaves_the_other(checker: Checker) -> None:
    rule = replace(RULE, account=Accounts.SERVICE)
    text = "the walled garden opens"
    assert (finds(checker, rule, text, "service"), finds(checker, rule, text)) == (True, False)


def test_the_finding_shows_the_authors_words_and_the_chosen_clauses(checker: Checker) -> None:
    report = upon(checker, overlay_of(RULE)).check(Draft("Our GREENHOUSES leak"))
    (finding,) = report.findings
    assert finding.message == "“GREENHOUSES” is not public yet."
    assert [clause.id for clause in finding.clauses] == list(RULE.clauses)
    assert [(span.start, span.end) for span in finding.spans] == [(4, 15)]


def test_an_own_rule_stands_whatever_the_reader_thinks(checker: Checker) -> None:
    text = "The walled garden is lovely in the rain"
    assert checker.check(Draft(text)).verdict == "ok"
    assert upon(checker, overlay_of(RULE)).check(Draft(text)).verdict == "review"


def test_one_rule_s_words_hide_no_other_s(checker: Checker) -> None:
    longer = replace(RULE, id="longer", words=("walled garden party",))
    ((found, _),) = upon(checker, overlay_of(RULE, longer)).find_by_rules(
        [Draft("a walled garden party")]
    )
    assert [one.rule for one in found] == ["own.garden", "own.longer"]


@pytest.mark.parametrize(
    ("state", "verdict", "shadow"),
    [
        (State.DRAFT, "ok", ()),
        (State.SHADOW, "ok", ("own.garden",)),
        (State.ON, "review", ()),
        (State.RETIRED, "ok", ()),
    ],
)
def test_a_state_says_what_a_rule_does(
    state: State, verdict: str, shadow: tuple[str, ...], checker: Checker
) -> None:
    after = upon(checker, overlay_of(replace(RULE, state=state)))
    (checked,) = after.check_counted([Draft("the walled garden opens")])
    assert (checked.report.verdict, checked.shadow) == (verdict, shadow)
    assert "shadow" not in checked.report.as_dict()


def test_every_report_names_the_rulebook_with_its_overlays(checker: Checker) -> None:
    one = upon(checker, overlay_of(RULE))
    two = upon(checker, overlay_of(RULE), overlay_of(local=Local(units=("Rowan",))))
    hashes = [each.check(Draft("hello")).checked_with.rulebook for each in (checker, one, two)]
    assert len(set(hashes)) == 3


def test_a_swap_takes_less_than_a_third_of_a_second(checker: Checker) -> None:
    rules = [
        replace(RULE, id=f"r{n}", words=(f"walled garden {n}", f"green{n}x*")) for n in range(300)
    ]
    overlay = overlay_of(*rules)
    # What other tests hold in memory is not this one's to sweep.
    gc.disable()
    try:
        began = time.process_time()
        upon(checker, overlay)
        took = time.process_time() - began
    finally:
        gc.enable()
    assert took < 0.3


def change_of(rulebook: Rulebook, id: str, **values: object) -> Overlay:
    rule = rulebook.rule(id)
    assert rule is not None
    return overlay_of(changes=(RuleChange(id, fingerprint(rule), **values),))  # type: ignore[arg-type]


CODE = "key safe code is 4417 if anyone covers me"
CODE_RULE = "service-detail.code"


@pytest.fixture
def code_rule(rules_alone: Checker) -> str:
    """Return the id of the shipped rule that stops a door code."""
    ((found, _),) = rules_alone.find_by_rules([Draft(CODE)])
    return next(one.rule for one in found if one.certain)


def by_rules(checker: Checker, overlay: Overlay, text: str) -> dict[str, str]:
    ((found, _),) = upon(checker, overlay).find_by_rules([Draft(text)])
    return {one.rule: str(one.verdict) for one in found}


def test_a_shipped_rule_can_be_off_softer_and_excepted(checker: Checker, code_rule: str) -> None:
    book = checker.rulebook
    assert by_rules(checker, Overlay(), CODE)[code_rule] == "stop"
    softer = change_of(book, code_rule, verdict=Verdict.REVIEW)
    assert by_rules(checker, softer, CODE)[code_rule] == "review"
    off = change_of(book, code_rule, enabled=False)
    assert code_rule not in by_rules(checker, off, CODE)
    excepted = change_of(book, code_rule, unless_words=("training flat",))
    assert code_rule in by_rules(checker, excepted, CODE)
    assert code_rule not in by_rules(checker, excepted, f"In the training flat the {CODE}")


def test_a_rule_that_is_off_is_still_told_to_the_reader(checker: Checker, code_rule: str) -> None:
    off = upon(checker, change_of(checker.rulebook, code_rule, enabled=False))
    evidence = checker.gather([Draft(CODE)])[0][0]
    found = off.judging.look(evidence)[1]
    assert code_rule not in [one.rule for one in found.shown]
    assert code_rule in [one.rule for one in found.told]


def test_extra_words_fill_a_shipped_rule_s_need(checker: Checker) -> None:
    text = "our resident Nettie had her wee blue whirligig at noon"
    id = "care-detail.named-person"
    wider = change_of(checker.rulebook, id, words=("blue whirligig",))
    assert id not in by_rules(checker, Overlay(), text)
    assert by_rules(checker, wider, text)[id] == "stop"
    report = upon(checker, wider).check(Draft(text))
    (finding,) = [one for one in report.findings if one.rule == id]
    assert "“blue whirligig”" in finding.message


def test_a_photo_rule_can_be_excepted_by_words(checker: Checker) -> None:
    rule = next(one for one in checker.rulebook.rules if one.photo and not one.needs)
    excepted = change_of(checker.rulebook, rule.id, unless_words=("stock picture",))
    with_photo = [
        make_draft(text, photo=rule.photo) for text in ("look at this", "look, a stock picture")
    ]
    found = upon(checker, excepted).find_by_rules(with_photo)
    assert [rule.id in [one.rule for one in each] for each, _ in found] == [True, False]


@pytest.mark.parametrize(
    ("change", "key", "sentence"),
    [
        (RuleChange("gone.rule", "abc", enabled=False), "rule", "This rule is gone"),
        (RuleChange("care-detail.named-person", "old", enabled=False), "made_for", "has changed since"),
    ],
)  # fmt: skip
def test_an_update_says_where_a_change_no_longer_fits(
    change: RuleChange, key: str, sentence: str, checker: Checker
) -> None:
    (problem,) = misfits(checker.rulebook, overlay_of(changes=(change,)))
    assert (problem.part, problem.key, problem.blocks) == ("shipped", key, False)
    assert sentence in problem.sentence
    assert upon(checker, overlay_of(changes=(change,)), overlay_of(RULE)).check(Draft("hi"))


def test_a_change_that_fits_is_not_told_and_one_that_changes_nothing_is(checker: Checker) -> None:
    book = checker.rulebook
    id = "care-detail.named-person"
    assert misfits(book, change_of(book, id, enabled=False)) == ()
    (problem,) = misfits(book, change_of(book, id, verdict=Verdict.STOP))
    assert problem.sentence == "The rule says stop already: this changes nothing."


def test_a_fingerprint_is_of_what_a_rule_judges_and_not_of_its_wording(checker: Checker) -> None:
    rule = checker.rulebook.rules[0]
    assert fingerprint(replace(rule, message="other words")) == fingerprint(rule)
    assert fingerprint(replace(rule, certain=not rule.certain)) != fingerprint(rule)


LOCAL = Local(
    services=("Cedar Lane",),
    units=("Rowan",),
    streets=("The Loaning",),
    staff=("Nettie", "Agnes Brown"),
    events=("Moor Bairns Evening",),
)


@pytest.fixture(scope="module")
def local(checker: Checker) -> Checker:
    return upon(checker, overlay_of(local=LOCAL))


@pytest.mark.parametrize(
    ("text", "label", "quote"),
    [
        ("busy shift at cedar lane", "place.premises", "cedar lane"),
        ("all quiet in Rowan", "place.premises", "Rowan"),
        ("roadworks on the loaning", "place.street", "the loaning"),
        ("see you at the moor bairns evening", "unless.event", "moor bairns evening"),
    ],
)
def test_local_names_become_clues(text: str, label: str, quote: str, checker: Checker, local: Checker) -> None:  # fmt: skip
    def quotes(one: Checker) -> list[str]:
        ((evidence, _),) = one.gather([Draft(text)])
        return [clue.quote for clue in evidence.clues if clue.label == label]

    assert (quotes(checker), quotes(local)) == ([], [quote])


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        pytest.param("Nettie did the meds in flat 2", "Nettie", "colleague", id="staff"),
        pytest.param("Mrs Agnes Brown did the meds", "Mrs Agnes Brown", "colleague", id="title"),
        pytest.param("our resident Nettie is off her meds", "Nettie", "supported", id="tied"),
        pytest.param("Rowan was busy with the meds", "Rowan", "place-or-word", id="unit"),
    ],
)
def test_local_names_say_who_people_are(text: str, quote: str, role: str, local: Checker) -> None:
    people = {one.quote: str(one.role) for one in local.check(Draft(text)).people}
    assert people[quote] == role


def test_another_of_the_same_first_name_is_not_staff(local: Checker) -> None:
    people = local.check(Draft("Agnes in flat 2 is off her meds again")).people
    assert [str(one.role) for one in people] != ["colleague"]


def test_staff_who_may_be_named_are_no_finding(checker: Checker, local: Checker) -> None:
    tried = try_text(checker, local, Draft("Nettie did the meds round in flat 2 before her break"))
    named = {"identifies-person.named", "care-detail.named-person"}
    assert named <= {one.rule for one in tried.gone}
    spans = [span.quote for one in tried.after.findings for span in one.spans]
    assert "Nettie" not in spans


def test_a_policy_is_edited_and_added_to(checker: Checker) -> None:
    clauses = (
        CouncilClause("images", "4.1", "Photos", "Ask first.", "https://example.org/4"),
        CouncilClause("gardens", "9", "Gardens", "Tell nobody yet."),
    )
    council = CouncilPolicy(
        owner="Ann", review_by=date(2027, 1, 1), version="2026", clauses=clauses
    )
    rule = replace(RULE, clauses=("council.gardens",))
    after = upon(checker, overlay_of(rule, policy=council))
    policy = after.rulebook.policy
    edited, old = policy.clause("council.images"), checker.rulebook.policy.clause("council.images")
    assert (edited.number, edited.version, edited.confirmed) == ("4.1", "2026", True)
    assert old.number != "4.1"
    (finding,) = after.check(Draft("the walled garden")).findings
    assert [one.title for one in finding.clauses][1:] == ["Gardens"]
    assert policy.cite(finding.clauses[1]) == "Council policy 9 (2026)"


def test_a_clause_that_is_gone_is_left_out_and_told(checker: Checker) -> None:
    overlay = overlay_of(replace(RULE, clauses=("council.gone",)))
    (finding,) = upon(checker, overlay).check(Draft("the walled garden")).findings
    assert [one.id for one in finding.clauses] == ["sssc.suitability"]
    (problem,) = misfits(checker.rulebook, overlay)
    assert (problem.field, problem.blocks) == ("rules.garden.clauses", False)


@pytest.mark.parametrize(
    ("factor", "expected"),
    [(1.0, 0.6), (2.0, 3 / 7), (0.5, 0.75), (1e9, 0.05), (1e-9, 0.95)],
)
def test_strictness_moves_the_odds_and_stays_where_it_was_measured(
    factor: float, expected: float
) -> None:
    at = stricter(Thresholds(0.6, 0.6, 0.6), factor)
    assert (at.raise_review, at.raise_stop, at.clear) == pytest.approx((expected,) * 3)


def test_strictness_is_of_one_account(checker: Checker) -> None:
    after = upon(checker, overlay_of(strictness={Account.PERSONAL: 5.0}))
    strict, usual = after.judging.thresholds[Account.PERSONAL], after.judging.thresholds
    assert strict.raise_review < checker.judging.thresholds[Account.PERSONAL].raise_review
    assert usual[Account.SERVICE] == checker.judging.thresholds[Account.SERVICE]


def test_a_service_is_laid_upon_its_council(checker: Checker) -> None:
    council = overlay_of(
        RULE,
        local=Local(units=("Rowan",)),
        strictness={Account.PERSONAL: 2.0},
        contact=Contact("Ann"),
    )
    book = apply_overlay(checker.rulebook, council)
    made = next(rule for rule in book.rules if rule.id == "own.garden")
    service = overlay_of(
        changes=(RuleChange("own.garden", fingerprint(made), enabled=False),),
        contact=Contact("Bea"),
    )
    both = upon(checker, council, service)
    assert upon(checker, council).check(Draft("the walled garden")).verdict == "review"
    assert both.check(Draft("the walled garden")).verdict == "ok"
    assert both.rulebook.contact == Contact("Bea")
    assert both.rulebook.strictness[Account.PERSONAL] == 2.0
    assert both.rulebook.told == checker.rulebook.rules


def test_a_service_may_not_take_the_id_of_its_council_s_rule(checker: Checker) -> None:
    with pytest.raises(OverlayError, match="rules.garden.id: A rule beneath"):
        upon(checker, overlay_of(RULE), overlay_of(RULE))


def test_trying_shows_what_is_new_and_what_is_gone(checker: Checker) -> None:
    after = upon(checker, overlay_of(RULE, replace(RULE, id="trial", state=State.SHADOW)))
    tried = try_text(checker, after, Draft("the walled garden"))
    assert (tried.before.verdict, tried.after.verdict) == ("ok", "review")
    assert ([one.rule for one in tried.new], tried.gone) == (["own.garden"], ())
    assert tried.shadow == ("own.trial",)
    back = try_text(after, checker, Draft("the walled garden"))
    assert ([one.rule for one in back.gone], back.new) == (["own.garden"], ())
