"""Own rules and changed ones: written, refused beside the field, found in the list, taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from checker.overlay.applied import apply_overlay
from checker.overlay.contents import Overlay, State
from checker.overlay.document import read_overlay
from checker.overlay.problem import Problem
from checker.overlay.written import hash_overlay, write_overlay
from checker.rulebook import load_rulebook
from tests.overlays import RULE as GARDEN_RULE
from tests.overlays import overlay_of
from tests.webapp.console.rule_steps import (
    GARDEN,
    NEW,
    RULE,
    RULES,
    problems,
    revision,
    save,
    words,
)
from webapp.console.exchange import find_line
from webapp.console.problems import CHANGED_SINCE
from webapp.console.rule_rows import Numbers, list_rows
from webapp.store.counts import count
from webapp.store.database import Store
from webapp.store.overlays import read_working, save_working, submit
from webapp.store.queue_tables import Counted
from webapp.store.tables import Manager, Role
from webapp.store.teams import add_team, find_team

Browser = Any
BrowserOf = Callable[[Role | None], Browser]
YAML = f"{RULES}/yaml"
SHIPPED = "/manage/at/council/shipped/care-detail.named-person"


@pytest.fixture
def manager(browser_of: BrowserOf) -> Browser:
    return browser_of(Role.MANAGER)


def saved(store: Store) -> str:
    return read_working(store, find_team(store).id).yaml


def names(page: Any) -> list[str]:
    return [words(one) for one in page.select("tbody th a")]


def test_a_rule_is_written_edited_copied_and_retired(manager: Browser, store: Store) -> None:
    assert save(manager, NEW)[0] == 303
    (rule,) = read_overlay(saved(store)).rules
    assert (rule.id, rule.words, rule.state) == (
        "the-garden-project",
        ("walled garden", "greenhous*"),
        "on",
    )
    assert save(manager, RULE, state="retired", name="Old garden")[0] == 303
    (rule,) = read_overlay(saved(store)).rules
    assert (rule.id, rule.name, rule.state) == ("the-garden-project", "Old garden", "retired")
    page = manager.get(f"{NEW}?copy=the-garden-project")
    assert page.select_one("#name")["value"] == "Old garden (copy)"
    assert page.select_one("#words").text.strip() == GARDEN["words"]
    assert save(manager, NEW, name="Old garden (copy)")[0] == 303
    assert [one.id for one in read_overlay(saved(store)).rules] == [
        "the-garden-project",
        "old-garden-copy",
    ]


@pytest.mark.parametrize("state", ["on", "shadow"])
def test_a_rule_whose_example_fails_is_not_switched_on_and_says_which_word(
    manager: Browser, store: Store, state: str
) -> None:
    bad = "the walled garden is lovely\na green house on the hill"
    status, page = save(manager, NEW, ok=bad, state=state)
    assert status == 400
    assert problems(page) == {
        "ok": "“the walled garden is lovely” is flagged, because of “walled garden”."
    }
    assert page.select_one("#ok").text.strip() == bad
    assert page.select_one("#name")["value"] == "The garden project"
    assert saved(store) == ""


def test_a_draft_may_fail_and_its_page_says_so(manager: Browser, store: Store) -> None:
    bad = "the walled garden is lovely\na green house on the hill"
    assert save(manager, NEW, ok=bad, state="draft")[0] == 303
    assert "is flagged, because of “walled garden”" in words(manager.get(RULE))
    assert read_overlay(saved(store)).rules[0].state == "draft"


def test_each_field_has_its_sentence_and_keeps_what_was_typed(
    manager: Browser, store: Store
) -> None:
    status, page = save(
        manager, NEW, name="", words="a*", message="{name} <b>", verdict="ok", clauses=[], flag="x"
    )
    assert status == 400
    assert set(problems(page)) == {"name", "words", "message", "verdict", "clauses", "flag"}
    assert "give 3 letters or more" in problems(page)["words"]
    assert page.select_one("#message")["value"] == "{name} <b>"
    assert page.select_one("#words").text.strip() == "a*"
    assert saved(store) == ""


def test_what_repeats_another_rule_is_pointed_out(manager: Browser) -> None:
    save(manager, NEW)
    assert save(manager, NEW, name="Again", words="walled garden\npotting shed",
                flag="the walled garden opens soon\nthe potting shed is up")[0] == 303  # fmt: skip
    page = manager.get("/manage/at/council/rule/again")
    assert "“walled garden” stands in your rule “The garden project” too." in words(page)


@pytest.fixture
def overtaken(browser_of: BrowserOf) -> tuple[Browser, str]:
    """Return a manager with the revision of a rule's form that somebody else has saved since."""
    first, second = browser_of(Role.MANAGER), browser_of(Role.APPROVER)
    assert save(first, NEW)[0] == 303
    old = revision(first, RULE)
    assert save(second, RULE, name="Theirs")[0] == 303
    return first, old


def test_a_conflicting_edit_is_noticed_and_nothing_is_overwritten(
    overtaken: tuple[Browser, str], store: Store
) -> None:
    first, old = overtaken
    status, page = save(first, RULE, revision=old, name="Mine")
    assert status == 400
    assert "Bruce Lamont saved a change while you were editing." in words(page)
    assert page.select_one("#name")["value"] == "Mine"
    shown = page.select_one("section[aria-labelledby=saved-now] dl")
    assert words(shown).strip() == "What is the rule called? Theirs"
    assert read_overlay(saved(store)).rules[0].name == "Theirs"
    # The page that came back is made from their saving, so that mine can follow.
    assert page.select_one("input[name=revision]")["value"] == "2"
    for wrong in ("", "x", "99999999999"):
        assert save(first, RULE, revision=wrong)[0] == 400


def test_something_to_put_right_does_not_hide_that_somebody_else_saved(
    overtaken: tuple[Browser, str], store: Store
) -> None:
    first, old = overtaken
    status, page = save(first, RULE, revision=old, name="")
    assert (status, page.select_one("input[name=revision]")["value"]) == (400, old)
    assert save(first, RULE, revision=old, name="Mine")[0] == 400
    assert read_overlay(saved(store)).rules[0].name == "Theirs"


def test_a_conflicting_change_of_a_shipped_rule_shows_what_is_saved_now(
    browser_of: BrowserOf,
) -> None:
    first, second = browser_of(Role.MANAGER), browser_of(Role.APPROVER)
    theirs = {"revision": "0", "off": "y", "unless": "public-event"}
    assert second.post(SHIPPED, SHIPPED, **theirs)[0] == 303
    status, page = first.post(SHIPPED, SHIPPED, revision="0", unless_words="bingo")
    assert status == 400
    shown = page.select_one("section[aria-labelledby=saved-now] dl")
    assert [(words(one), words(one.find_next("dd"))) for one in shown.select("dt")] == [
        ("Switch this rule off", "Yes"),
        ("Let the post go as well for …", "A public event or an advert"),
        ("… or near one of these words", "Nothing"),
    ]


def test_the_list_is_searched_and_filtered(manager: Browser) -> None:
    save(manager, NEW)
    assert names(manager.get(f"{RULES}?kind=own")) == ["The garden project"]
    assert names(manager.get(f"{RULES}?find=GARDEN+project")) == ["The garden project"]
    for said in ("not+public+yet", "greenhous"):
        assert names(manager.get(f"{RULES}?kind=own&find={said}")) == ["The garden project"]
    assert names(manager.get(f"{RULES}?kind=own&find=kennel")) == []
    assert names(manager.get(f"{RULES}?kind=own&state=retired")) == []
    assert names(manager.get(f"{RULES}?kind=changed")) == []
    found = names(manager.get(f"{RULES}?kind=shipped&category=care-detail&verdict=stop"))
    assert "care-detail.named-person" in found
    assert all(name.startswith("care-detail.") for name in found)
    changed = "Not published yet; last saved by Morven Reid"
    assert changed in words(manager.get(f"{RULES}?kind=own"))


def test_counts_are_shown_from_five_upwards(manager: Browser, store: Store) -> None:
    save(manager, NEW)
    for _ in range(10):
        count(store, Counted.FINDING, ["own.the-garden-project"])
    cells = [words(one) for one in manager.get(f"{RULES}?kind=own").select("tbody td")]
    assert cells[3:6] == ["10", "under 5", "at least 60%"]
    for _ in range(5):
        count(store, Counted.DISMISSAL, ["own.the-garden-project"])
    cells = [words(one) for one in manager.get(f"{RULES}?kind=own").select("tbody td")]
    # Wilson's interval for 5 of 10.
    assert cells[3:6] == ["10", "5", "50% (24% to 76%)"]
    assert Numbers(None, None).confirmed == ""


def test_a_shipped_rule_is_switched_off_and_comes_back(manager: Browser, store: Store) -> None:
    sent = {"revision": revision(manager, SHIPPED), "off": "y", "unless": ["public-event"]}
    assert manager.post(SHIPPED, SHIPPED, **sent)[0] == 303
    (change,) = read_overlay(saved(store)).changes
    assert (change.rule, change.enabled, change.unless) == (
        "care-detail.named-person",
        False,
        ("public-event",),
    )
    page = manager.get(f"{RULES}?kind=changed")
    assert names(page) == ["care-detail.named-person"]
    assert "Switched off" in words(page)
    assert manager.post(SHIPPED, SHIPPED, revision="1")[0] == 303
    assert read_overlay(saved(store)).changes == ()


def test_a_change_that_changes_nothing_is_told_beside_its_field(
    manager: Browser, store: Store
) -> None:
    sent = {"revision": revision(manager, SHIPPED), "verdict": "stop", "unless_words": "b*"}
    status, page = manager.post(SHIPPED, SHIPPED, **sent)
    assert (status, set(problems(page))) == (400, {"unless_words"})
    assert "would fit too many words" in problems(page)["unless_words"]
    assert page.select_one("#unless_words").text.strip() == "b*"
    status, page = manager.post(SHIPPED, SHIPPED, **sent | {"unless_words": ""})
    assert (status, set(problems(page))) == (400, {"verdict"})
    assert "The rule says stop already" in problems(page)["verdict"]
    assert saved(store) == ""


def test_a_change_that_an_update_left_behind_is_shown(manager: Browser, store: Store) -> None:
    gone = "shipped: [{rule: gone.rule, made_for: abc, enabled: false}]"
    here = "{rule: care-detail.named-person, made_for: old, enabled: false}"
    text = gone.replace("]", f", {here}]")
    sent = {"revision": revision(manager, YAML), "yaml": text, "how": "replace"}
    assert manager.post(YAML, YAML, **sent)[0] == 303
    page = words(manager.get(RULES))
    assert "This rule is gone, so the change does nothing" in page
    assert CHANGED_SINCE in page
    assert CHANGED_SINCE in words(manager.get(SHIPPED))
    assert "This rule is gone" in words(manager.get("/manage/at/council/shipped/gone.rule"))


def test_the_yaml_goes_out_and_comes_in_again(manager: Browser, store: Store) -> None:
    save(manager, NEW)
    exported = manager.client.get(f"{RULES}/export/rules")
    assert exported.headers["Content-Disposition"] == (
        'attachment; filename="postcheck-council-rules.yaml"'
    )
    assert exported.text == saved(store) == manager.client.get(f"{RULES}/export/all").text
    changed = exported.text.replace("The garden project", "Garden, again")
    data = {
        "csrf_token": manager.token(YAML),
        "revision": revision(manager, YAML),
        "how": "add",
        "file": (BytesIO(changed.encode()), "rules.yaml"),
    }
    assert manager.client.post(YAML, data=data).status_code == 303
    assert [one.name for one in read_overlay(saved(store)).rules] == ["Garden, again"]


def test_a_file_that_is_not_utf_8_is_told_and_changes_nothing(
    manager: Browser, store: Store
) -> None:
    data = {
        "csrf_token": manager.token(YAML),
        "revision": revision(manager, YAML),
        "how": "add",
        "file": (BytesIO("rules: [] # caf\u00e9".encode("latin-1")), "rules.yaml"),
    }
    response = manager.client.post(YAML, data=data)
    assert (response.status_code, saved(store)) == (400, "")
    assert "The file is not UTF-8: save it as UTF-8, or paste the text." in response.text


def test_yaml_that_is_wrong_is_told_by_line_and_field(manager: Browser, store: Store) -> None:
    text = "rules:\n  - id: one\n    name: One\n    verdict: maybe\n"
    sent = {"revision": revision(manager, YAML), "yaml": text, "how": "add"}
    status, page = manager.post(YAML, YAML, **sent)
    assert (status, page.select_one("#yaml").text.strip()) == (400, text.strip())
    assert "Line 4, rules.one.verdict: Choose one of: ok, review, stop." in words(page)
    assert saved(store) == ""


def test_lists_in_lists_are_refused_at_once_and_kept_to_be_mended(manager: Browser) -> None:
    for text in ("rules: " + "[" * 40 + "]" * 40, "[" * 990 + "]" * 990, "[" * 5_000):
        sent = {"revision": revision(manager, YAML), "yaml": text, "how": "add"}
        status, page = manager.post(YAML, YAML, **sent)
        assert (status, page.select_one("#yaml").text.strip()) == (400, text)


def test_a_saved_text_that_cannot_be_read_is_shown_and_can_be_mended(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    team = find_team(store).id
    save_working(store, team, "rules:\n- id: X\n", revision=0, by=people[Role.MANAGER])
    response = manager.client.get(RULES)
    assert (response.status_code, response.headers["Location"]) == (303, YAML)
    page = manager.get(YAML)
    assert page.select_one("#yaml").text.strip() == "rules:\n- id: X"
    assert "Line 2, rules.X.id: An id is small letters" in words(page)
    sent = {"revision": "1", "yaml": "contact: {name: Ann}", "how": "replace"}
    assert manager.post(YAML, YAML, **sent)[0] == 303
    assert manager.client.get(RULES).status_code == 200


def test_nothing_typed_is_lost_where_the_saved_text_cannot_be_read(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    team = find_team(store).id
    save_working(store, team, "rules:\n- id: X\n", revision=0, by=people[Role.MANAGER])
    sent = {"revision": "1", "yaml": "rules:\n- id: y", "how": "add"}
    status, page = manager.post(YAML, YAML, **sent)
    assert (status, page.select_one("#yaml").text.strip()) == (400, "rules:\n- id: y")
    assert "so nothing can be added to it" in problems(page)["how"]
    assert "- id: X" in words(page.select_one("details pre"))
    file = (BytesIO(b"rules:\n- id: z"), "rules.yaml")
    status, page = manager.post(YAML, YAML, **{**sent, "yaml": "", "file": file})
    assert (status, page.select_one("#yaml").text.strip()) == (400, "rules:\n- id: z")
    # A form that was opened before the text was torn.
    status, page = manager.post(NEW, YAML, **{**GARDEN, "revision": "1"})
    assert (status, words(page.h1)) == (409, "What is saved cannot be read")
    assert "The garden project" in words(page)
    assert page.select_one("main a.ds_button")["href"] == YAML
    assert read_working(store, team).revision == 1


def test_the_line_of_a_problem_is_found_as_near_as_can_be() -> None:
    text = "contact: {name: x}\nshipped:\n- rule: a.b\n  made_for: x\n"
    found = [
        find_line(text, Problem("shipped", item, key, "s"))
        for item, key in (("a.b", "made_for"), ("a.b", "verdict"), ("c.d", "rule"))
    ]
    assert found == [4, 3, 2]
    assert find_line("rules: [", Problem("", "", "", "s")) == 0


def test_a_text_is_tried_side_by_side_and_kept_nowhere(manager: Browser, store: Store) -> None:
    save(manager, NEW)
    path, text = "/manage/at/council/try", "our walled garden opens on Sunday"
    response = manager.client.post(
        path, data={"csrf_token": manager.token(path), "text": text, "account": "personal"}
    )
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    status, page = manager.post(path, path, text=text, account="personal")
    before, after = (words(one) for one in page.select(".beside > div"))
    assert "We found nothing" in before
    assert "New: “walled garden” is not public yet." in after
    assert "Change or ask, by “The garden project”: “walled garden”" in after
    assert "#words" not in after
    with store.connecting(writes=False) as connection:
        dump = "\n".join(connection.connection.iterdump())  # type: ignore[attr-defined]
    assert "Sunday" not in dump
    status, page = manager.post(path, path, text=" ", account="personal")
    assert (status, set(problems(page))) == (400, {"text"})


def test_a_service_works_upon_what_the_council_published(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    by, council = people[Role.MANAGER], find_team(store).id
    add_team(store, "glen-view", "Glen View", by)
    overlay = overlay_of(GARDEN_RULE)
    save_working(store, council, write_overlay(overlay), revision=0, by=by)
    submit(
        store,
        council,
        revision=1,
        digest=hash_overlay(overlay),
        reason="not public",
        by=by,
        needs_approval=False,
    )
    page = manager.get("/manage/at/glen-view/rules?kind=shipped&find=own.garden")
    assert names(page) == [GARDEN_RULE.name]
    assert words(page.select_one("tbody th")).strip() == f"{GARDEN_RULE.name} the council’s"
    assert names(manager.get("/manage/at/glen-view/rules?kind=own")) == []
    teams = page.select("nav[aria-label=Team] a")
    assert [(words(one), one["href"], one.get("aria-current")) for one in teams] == [
        ("The council", RULES, None),
        ("Glen View", "/manage/at/glen-view/rules", "true"),
    ]
    path = "/manage/at/glen-view/shipped/own.garden"
    assert page.select_one("th a")["href"] == path
    page = manager.get(path)
    assert words(page.h1) == GARDEN_RULE.name
    told = {words(one): words(one.find_next("dd")) for one in page.select("dt")}
    assert told["It tells the author"] == GARDEN_RULE.message
    assert told["It looks for"] == ", ".join(GARDEN_RULE.words)
    assert "It needs" not in told
    # On pages that are of no team there is nothing to choose.
    assert manager.get("/manage/password").select("nav[aria-label=Team]") == []


@pytest.mark.parametrize("state", [State.ON, State.SHADOW])
def test_a_rule_of_the_council_stands_at_a_service_as_it_is_there(state: State) -> None:
    beneath = apply_overlay(load_rulebook(), overlay_of(replace(GARDEN_RULE, state=state)))
    rows = {row.rule_id: row.state for row in list_rows(beneath, Overlay())}
    assert (rows["own.garden"], rows["care-detail.named-person"]) == (state, "on")


@pytest.mark.parametrize("state", [State.ON, State.SHADOW])
def test_a_rule_of_the_council_is_called_by_its_name_and_a_shipped_one_says_what_it_does(
    state: State,
) -> None:
    rule = replace(GARDEN_RULE, state=state)
    beneath = apply_overlay(load_rulebook(), overlay_of(rule))
    rows = {row.rule_id: row for row in list_rows(beneath, Overlay(), {rule.rule_id: rule})}
    garden, shipped = rows["own.garden"], rows["care-detail.named-person"]
    assert (garden.name, garden.told, garden.is_own) == (rule.name, "", False)
    assert (shipped.name, shipped.told) == (
        "care-detail.named-person",
        "… is named beside a detail of their care",
    )


def test_a_service_and_its_council_never_have_rules_with_one_id(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    add_team(store, "glen-view", "Glen View", people[Role.MANAGER])
    new, text = "/manage/at/glen-view/rules/new", "/manage/at/{}/rules/yaml"
    assert save(manager, NEW)[0] == 303
    # Of one name they may be: the second gets another id.
    assert save(manager, new)[0] == 303
    page = manager.get("/manage/at/glen-view/rules?kind=own")
    assert names(page) == ["The garden project"]
    assert page.select_one("th a")["href"] == "/manage/at/glen-view/rule/the-garden-project-2"
    assert manager.get("/manage/at/glen-view/preview").h1.text == "What would change"
    for team, id, whose in (
        ("glen-view", "the-garden-project", "The council"),
        ("council", "the-garden-project-2", "Glen View"),
    ):
        path = text.format(team)
        given = write_overlay(overlay_of(replace(GARDEN_RULE, id=id)))
        sent = {"how": "add", "yaml": given, "revision": revision(manager, path)}
        status, page = manager.post(path, path, **sent)
        assert (status, problems(page)) == (
            400,
            {"yaml": f"Line 2, rules.{id}.id: {whose} has a rule with this id: give it another."},
        )
    path = text.format("glen-view")
    given = write_overlay(overlay_of(replace(GARDEN_RULE, id="the-garden-project-2")))
    sent = {"how": "add", "yaml": given, "revision": revision(manager, path)}
    assert manager.post(path, path, **sent)[0] == 303


def test_a_team_that_is_not_there_is_not_found(manager: Browser) -> None:
    assert manager.client.get("/manage/at/nobody/rules").status_code == 404
    assert manager.client.get("/manage/at/council/rule/nothing").status_code == 404
    assert manager.client.get("/manage/at/council/shipped/nothing").status_code == 404
