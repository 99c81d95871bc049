"""What would do harm by a slip is refused or pointed out: common words, empty texts, odd values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from checker.overlay.contents import CouncilClause, CouncilPolicy, Overlay, RuleChange, State
from checker.overlay.document import read_overlay
from checker.overlay.written import write_overlay
from tests.overlays import RULE as GARDEN_RULE
from tests.overlays import overlay_of
from tests.webapp.console.rule_steps import NEW, RULE, RULES, problems, revision, save, words
from webapp.console.common_words import common_words, load_fine
from webapp.store.database import Store
from webapp.store.overlays import read_working, save_working, submit
from webapp.store.tables import Manager, Role
from webapp.store.teams import find_team

Browser = Any
YAML = f"{RULES}/yaml"
SHIPPED = "/manage/at/council/shipped/care-detail.named-person"
CLAUSE = "/manage/at/council/policy/clause/change"
# One of ten: at the bar. The last has the word in another sentence.
FINE = (" the cake | was nice ", " ice cream ", *[" tea "] * 8)
COMMON = {
    "words": "the\nand\nof",
    "flag": "the shop and the bus\nend of the road",
    "ok": "hello all\ngood night",
}


@pytest.fixture
def manager(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.MANAGER)


def saved(store: Store) -> str:
    return read_working(store, find_team(store).id).yaml


def notes(page: Any) -> list[str]:
    said = (words(one) for one in page.select(".ds_inset-text p"))
    return [one.removeprefix("Worth knowing: ") for one in said]


def told(
    words: tuple[str, ...], near: tuple[str, ...] = (), **more: Any
) -> list[tuple[bool, str, str]]:
    own = replace(GARDEN_RULE, words=words, near=near, state=State.ON, **more)
    found = common_words(overlay_of(own), FINE)
    return [(one.blocks, one.key, one.sentence.partition(",")[0]) for one in found]


@pytest.mark.parametrize("phrase", ["cream", "ice cream", "crea*", "cake"])
def test_words_in_one_of_ten_fine_drafts_block_a_rule_that_is_on(phrase: str) -> None:
    said = f"“{phrase}” can be found in 1 of 10 judged drafts that are fine"
    assert told((phrase,)) == [(True, "words", said)]


@pytest.mark.parametrize("phrase", ["cre", "cake was", "ice", "ream*"])
def test_words_that_stand_in_none_of_them_are_left_alone(phrase: str) -> None:
    assert told(("ice tea", phrase) if phrase != "ice" else ("ices",)) == []


def test_words_count_only_near_those_that_they_must_be_near() -> None:
    assert told(("cake",), ("nice",)) == []
    assert told(("cake",), ("the",)) != []
    assert told(("cake",), not_near=("the",)) == []


def test_a_rule_on_trial_is_told_and_not_hindered_and_a_retired_one_left_alone() -> None:
    def blocking(state: State) -> list[bool]:
        own = replace(GARDEN_RULE, words=("cream",), near=(), state=state)
        return [one.blocks for one in common_words(overlay_of(own), FINE)]

    states = (State.ON, State.SHADOW, State.DRAFT, State.RETIRED)
    assert [blocking(one) for one in states] == [[True], [False], [False], []]


def test_a_change_with_a_common_word_is_told_beside_it() -> None:
    change = RuleChange("care-detail.named-person", "", unless_words=("cream", "soup"))
    (one,) = common_words(Overlay(changes=(change,)), FINE)
    assert (one.key, one.blocks) == ("unless_words", False)
    assert one.sentence.startswith("“cream” or “soup” can be found in 1 of 10 judged drafts")


def test_many_words_are_counted_at_once_and_the_commonest_named() -> None:
    ((_, _, said),) = told(("cream", *(f"word{one}" for one in range(400)), "ice"))
    assert (
        said
        == "“cream” or “ice” or “word0” or others can be found in 1 of 10 judged drafts "
        + ("that are fine")
    )


def test_a_rule_on_common_words_alone_cannot_be_on(manager: Browser, store: Store) -> None:
    status, page = save(manager, NEW, **COMMON)
    fine = len(load_fine())
    assert status == 400
    assert f"of {fine:,} judged drafts that are fine" in problems(page)["words"]
    assert "Take words that say more" in problems(page)["words"]
    assert page.select_one("#words").text.strip() == COMMON["words"]
    assert saved(store) == ""


def test_the_same_rule_on_trial_is_saved_with_a_note(manager: Browser) -> None:
    assert save(manager, NEW, **COMMON, state="shadow")[0] == 303
    assert [one for one in notes(manager.get(RULE)) if "of 100 good posts" in one] != []
    assert save(manager, RULE)[0] == 303
    assert [one for one in notes(manager.get(RULE)) if "judged drafts" in one] == []


def test_common_words_that_came_by_yaml_are_in_the_way_of_a_publish(manager: Browser) -> None:
    own = replace(GARDEN_RULE, words=("the",), near=(), state=State.ON)
    text = write_overlay(overlay_of(own))
    sent = {"how": "add", "yaml": text, "revision": revision(manager, YAML)}
    assert manager.post(YAML, YAML, **sent)[0] == 303
    page = words(manager.get("/manage/at/council/publish"))
    assert "What is in the way" in page
    assert "“the” can be found in" in page


@pytest.mark.parametrize(
    ("how", "text", "field", "said"),
    [
        ("replace", "", "yaml", "Choose a file or paste a text first."),
        ("replace", " \n\n", "yaml", "Choose a file or paste a text first."),
        ("replace", "# nothing", "yaml", "This text is empty, and everything that you have"),
        ("replace", "rules: []\nlocal: {}", "yaml", "This text is empty, and everything"),
        ("add", "", "yaml", "Choose a file or paste a text first."),
        ("add", "local:\n  units: [Rowan]", "yaml", "There are no rules in this text to add."),
        ("", "rules: []", "how", "Choose one of the answers to “How?”."),
        ("wipe", "rules: []", "how", "Choose one of the answers to “How?”."),
    ],
)
def test_a_text_with_nothing_in_it_takes_nothing_away(
    manager: Browser, store: Store, how: str, text: str, field: str, said: str
) -> None:
    assert save(manager, NEW)[0] == 303
    before = saved(store)
    sent = {"how": how, "yaml": text, "revision": revision(manager, YAML)}
    status, page = manager.post(YAML, YAML, **sent)
    found = problems(page)
    assert (status, list(found), saved(store)) == (400, [field], before)
    assert found[field].startswith(said)
    assert page.select_one("textarea#yaml").get_text().removeprefix("\n") == text


def test_a_text_with_something_in_it_takes_the_place_of_all(manager: Browser, store: Store) -> None:
    assert save(manager, NEW)[0] == 303
    text = "local:\n  units: [Rowan]"
    sent = {"how": "replace", "yaml": text, "revision": revision(manager, YAML)}
    assert manager.post(YAML, YAML, **sent)[0] == 303
    assert read_overlay(saved(store)).rules == ()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("category", "What is it about?"),
        ("verdict", "What should the author do?"),
        ("account", "Which posts is it for?"),
        ("scope", "Where is “near”?"),
        ("state", "How far is it?"),
    ],
)
def test_a_forged_choice_names_the_field_and_no_value(
    manager: Browser, store: Store, field: str, said: str
) -> None:
    status, page = save(manager, NEW, **{field: "no-such-value"})
    assert (status, saved(store)) == (400, "")
    assert problems(page) == {field: f"Choose one of the answers to “{said}”."}


def test_a_forged_exception_names_the_list_and_no_value(manager: Browser) -> None:
    sent = {"unless": "no-such-value", "verdict": "", "revision": revision(manager, SHIPPED)}
    status, page = manager.post(SHIPPED, SHIPPED, **sent)
    said = "Tick only what is in the list under “Let the post go as well for …”."
    assert (status, problems(page)) == (400, {"unless": said})


def test_a_forged_account_to_try_is_told_beside_it(manager: Browser) -> None:
    path = "/manage/at/council/try"
    status, page = manager.post(path, path, text="hello", account="moon")
    said = "Choose one of the answers to “Where would it be posted?”."
    assert (status, problems(page)) == (400, {"account": said})


def test_a_forged_role_is_told_beside_it(administrator: Browser) -> None:
    sent = {"name": "Ann Ward", "email": "ann@example.org", "role": "king"}
    status, page = administrator.post("/manage/people", "/manage/people", **sent)
    assert (status, problems(page)) == (400, {"role": "Choose one of the answers to “Role”."})


def test_a_retired_clause_is_told_by_number_and_title_with_what_to_do(manager: Browser) -> None:
    assert save(manager, NEW)[0] == 303
    policy = "/manage/at/council/policy"
    sent = {"topic": "confidentiality", "revision": revision(manager, policy)}
    assert manager.post(CLAUSE, policy, do="retire", **sent)[0] == 303
    page = manager.get(RULE)
    label = page.select_one('label[for="clauses-council.confidentiality"]')
    assert label is not None
    shown = words(label)
    assert shown.endswith("(retired)")
    number, _, title = shown.removesuffix(" (retired)").partition(": ")
    said = (
        f"Clause {number}, “{title}”, is retired: take its tick away and choose another, or bring "
        "it back on the page Policy."
    )
    assert said in notes(page)
    assert "council.confidentiality" not in words(page.select_one("form[novalidate]"))
    assert said in words(manager.get("/manage/at/council/publish"))
    status, page = save(manager, RULE)
    assert (status, problems(page)) == (400, {"clauses": said})
    sent["revision"] = revision(manager, policy)
    assert manager.post(CLAUSE, policy, do="bring-back", **sent)[0] == 303
    assert save(manager, RULE)[0] == 303


def test_a_clause_that_never_was_is_told_without_its_id(manager: Browser) -> None:
    status, page = save(manager, NEW, clauses=["council.no-such-clause"])
    said = "One of the clauses is not in the policy: take its tick away, and choose another."
    assert (status, problems(page)) == (400, {"clauses": said})


def test_a_clause_that_was_deleted_is_told_by_what_it_was_called(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    team, by = find_team(store).id, people[Role.MANAGER]
    added = write_overlay(
        Overlay(policy=CouncilPolicy(clauses=(CouncilClause("sheds", "98", "Sheds", "Ask."),)))
    )
    save_working(store, team, added, revision=0, by=by)
    submit(store, team, revision=1, digest="1", reason="x", by=by, needs_approval=False)
    save_working(store, team, "", revision=1, by=by)
    page = save(manager, NEW, clauses=["council.sheds", "council.never-was"])[1]
    shown = [
        words(page.select_one(f'label[for="clauses-council.{topic}"]'))
        for topic in ("sheds", "never-was")
    ]
    assert shown == [
        "98: Sheds (not in the policy any longer)",
        "A clause (not in the policy any longer)",
    ]


def test_a_clause_that_the_team_added_can_be_ticked(manager: Browser, store: Store) -> None:
    path = "/manage/at/council/policy/clause"
    sent = {"number": "99", "title": "Allotments", "text": "Ask first.", "url": ""}
    sent["revision"] = revision(manager, path)
    assert manager.post(path, path, **sent)[0] == 303
    label = manager.get(NEW).select_one('label[for="clauses-council.allotments"]')
    assert label is not None
    assert words(label) == "99: Allotments"
    assert save(manager, NEW, clauses=["council.allotments"])[0] == 303
