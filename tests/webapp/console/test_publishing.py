"""From a preview to what staff see: reasons, a second person, going back, runs that go on."""

from __future__ import annotations

import csv
import io
import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from checker.draft import Draft
from checker.engine import Checker
from checker.overlay.contents import Overlay
from checker.overlay.written import hash_overlay, write_overlay
from checker.preview.examples import Example, Origin
from checker.verdict import Verdict
from tests.overlays import RULE as GARDEN_RULE
from tests.overlays import overlay_of
from tests.webapp.console.rule_steps import NEW, RULE, problems, revision, save, words
from webapp.console.preview_start import PreviewStarter
from webapp.console.preview_work import DAYS, tidy_journals, work_off
from webapp.rule_ids import taken_ids
from webapp.settings import Settings
from webapp.site import site_of
from webapp.store.database import Store
from webapp.store.examples import add_example
from webapp.store.overlays import (
    decline,
    find_pending,
    history,
    read_published,
    read_working,
    save_working,
    submit,
)
from webapp.store.queue_tables import PreviewRun, RunState
from webapp.store.reason import UNSEEN_SIGNS
from webapp.store.runs import ask_for_run, find_last_run, get_run
from webapp.store.tables import Manager, Role, State
from webapp.store.teams import add_team, find_team

Browser = Any
BrowserOf = Callable[[Role | None], Browser]
HERE = "/manage/at/council"
PREVIEW, PUBLISH, HISTORY = f"{HERE}/preview", f"{HERE}/publish", f"{HERE}/history"
SHIPPED = (
    Example("fine", Draft("the walled garden is lovely"), Verdict.OK, origin=Origin.SHIPPED),
    Example("breach", Draft("two greenhouses opened"), Verdict.REVIEW, origin=Origin.SHIPPED),
    Example("other", Draft("a lovely day"), Verdict.OK, origin=Origin.SHIPPED),
)
SENTENCE = "Newly flags 1 of 2 fine drafts"


@pytest.fixture
def work(app: Flask, store: Store, engine: Checker, tmp_path: Path) -> list[str]:
    """Have previews worked off at once, on three drafts; return the list of times they were."""
    done: list[str] = []

    def start() -> None:
        done.append("started")
        work_off(store, engine, tmp_path / "preview", shipped=SHIPPED)

    app.extensions["postcheck-preview"] = start
    return done


@pytest.fixture
def manager(browser_of: BrowserOf) -> Browser:
    return browser_of(Role.MANAGER)


def publish(browser: Browser, **fields: str) -> tuple[int, Any]:
    """Preview what is worked on and publish it."""
    assert browser.post(PREVIEW, PREVIEW)[0] == 303
    sent = {"revision": revision(browser, PUBLISH), "reason": "not public", **fields}
    found: tuple[int, Any] = browser.post(PUBLISH, PUBLISH, **sent)
    return found


def test_a_preview_tells_what_would_change(manager: Browser, work: list[str]) -> None:
    assert "Nothing is changed" in words(manager.get(PREVIEW))
    save(manager, NEW)
    assert manager.post(PREVIEW, PREVIEW)[0] == 303
    page = manager.get(PREVIEW)
    assert SENTENCE in words(page)
    flagged, caught = (words(one) for one in page.select("section"))
    assert flagged.startswith(" Fine drafts that would be flagged: 1")
    said = (
        "Because of “walled garden”, by “The garden project”. “Nothing found” before, “Change or "
    )
    assert f"{said}ask” with your changes" in flagged
    assert caught.startswith(" Breaches that would be caught: 1")
    told = manager.client.get(f"{PREVIEW}/progress").get_json()
    assert told["state"] == "done"
    assert told["progress"] == told["total"] > len(SHIPPED)
    # Asked once more, it is not run again.
    manager.post(PREVIEW, PREVIEW)
    assert work == ["started"]


@pytest.mark.usefixtures("work")
def test_a_change_is_told_by_what_the_reader_and_rules_are_called(
    manager: Browser, store: Store
) -> None:
    save(manager, NEW)
    manager.post(PREVIEW, PREVIEW)
    with store.writing() as session:
        run = session.scalars(select(PreviewRun)).one()
        (one, *_) = run.result["changes"]
        run.result = run.result | {"changes": [one | {"rules": ["reader", "gone.rule"]}]}
    assert "by “The learned reader”, “gone.rule”. “" in words(manager.get(PREVIEW))


def test_just_what_was_previewed_is_published_with_a_reason(
    manager: Browser, work: list[str], store: Store
) -> None:
    save(manager, NEW)
    page = manager.get(PUBLISH)
    assert "Rule “The garden project”: added." in words(page)
    assert page.select("textarea#reason") == []
    sent = {"revision": "1", "reason": "not public"}
    status, page = manager.post(PUBLISH, PUBLISH, **sent)
    assert (status, "It cannot be published yet" in words(page)) == (400, True)
    status, page = publish(manager, reason=" ")
    assert (status, "Say why: others read it in the history." in words(page)) == (400, True)
    status, page = publish(manager, reason="not \u202ecilbup")
    assert (status, problems(page)) == (400, {"reason": UNSEEN_SIGNS})
    # Another change needs another preview.
    save(manager, RULE, name="Garden")
    assert manager.post(PUBLISH, PUBLISH, **sent | {"revision": "2"})[0] == 400
    assert read_published(store) == {}
    assert publish(manager)[0] == 303
    (version,) = history(store, find_team(store).id)
    assert (version.number, version.state, version.reason) == (1, State.PUBLISHED, "not public")
    page = words(manager.get(HISTORY))
    assert "Version 1: Published" in page
    assert "by Morven Reid" in page
    assert "Nothing is changed" in words(manager.get(PUBLISH))


def test_a_stale_page_publishes_nothing_and_keeps_the_reason(
    manager: Browser, work: list[str], store: Store
) -> None:
    save(manager, NEW)
    status, page = publish(manager, revision="0")
    assert (status, "saved a change while you were editing" in words(page)) == (400, True)
    assert page.select_one("#reason").text.strip() == "not public"
    assert read_published(store) == {}


@pytest.mark.usefixtures("work")
def test_of_two_who_publish_the_second_is_told_that_it_is_done(
    manager: Browser, browser_of: BrowserOf, store: Store
) -> None:
    save(manager, NEW)
    other = browser_of(Role.APPROVER)
    manager.post(PREVIEW, PREVIEW)
    sent = {"revision": revision(other, PUBLISH), "reason": "too early for staff"}
    assert publish(manager)[0] == 303
    status, page = other.post(PUBLISH, PUBLISH, **sent)
    said = "Nothing was published: what is saved is published already."
    assert (status, said in words(page.select_one("#error-summary"))) == (400, True)
    assert "too early for staff" in words(page)
    assert len(history(store, find_team(store).id)) == 1


def test_losing_what_must_be_caught_needs_a_reason_of_its_own(
    manager: Browser, work: list[str], store: Store, engine: Checker
) -> None:
    text = "shipped:\n" + "".join(
        f"- {{rule: {rule.id}, made_for: x, enabled: false}}\n"
        for rule in engine.rulebook.rules
        if rule.id.startswith("service-detail.")
    )
    page = f"{HERE}/rules/yaml"
    assert manager.post(page, page, revision="0", yaml=text, how="replace")[0] == 303
    status, answer = publish(manager)
    assert (status, "Say why it is right that these" in words(answer)) == (400, True)
    assert read_published(store) == {}
    assert publish(manager, why_lost="we have no doors")[0] == 303
    (version,) = history(store, find_team(store).id)
    first, second = version.reason.split("\n")
    assert first == "Why: not public"
    assert re.fullmatch(
        r"Why it may lose \d+ examples that must be caught: we have no doors", second
    )
    for path in (HISTORY, "/manage/log"):
        told = [one.text for one in manager.get(path).select(".said")]
        assert version.reason in told


def test_a_second_person_approves_or_refuses(
    make_app: Callable[..., Flask],
    people: dict[Role, Manager],
    work: list[str],
    app: Flask,
    browser_of: BrowserOf,
) -> None:
    careful = make_app(second_person="on")
    careful.extensions["postcheck-preview"] = app.extensions["postcheck-preview"]
    store = careful.extensions["postcheck-store"].open()
    browsers = {}
    for role in Role:
        browsers[role] = type(browser_of(None))(careful.test_client())
        assert browsers[role].log_in(people[role].email) == 303
    author, approver = browsers[Role.APPROVER], browsers[Role.ADMINISTRATOR]
    save(author, NEW)
    assert publish(author)[0] == 303
    (version,) = history(store, find_team(store).id)
    assert version.state is State.PENDING
    path = f"{HISTORY}/{version.id}"
    waits = approver.get("/manage/").find("a", string="Version 1 of The council")
    assert waits["href"] == HISTORY
    status, page = author.post(f"{path}/approve")
    assert (status, "Somebody other than its author" in words(page)) == (400, True)
    assert browsers[Role.MANAGER].post(f"{path}/approve")[0] == 403
    status, page = approver.post(f"{path}/decline", reason=" ")
    assert (status, "Say why" in words(page)) == (400, True)
    assert approver.post(f"{path}/approve")[0] == 303
    (version,) = history(store, find_team(store).id)
    assert (version.state, version.approver_id) == (State.PUBLISHED, people[Role.ADMINISTRATOR].id)
    status, page = approver.post(f"{path}/decline", reason="late")
    assert (status, "no longer waits" in words(page)) == (400, True)
    save(author, RULE, state="retired")
    assert publish(author)[0] == 303
    second = history(store, find_team(store).id)[0]
    assert approver.post(f"{HISTORY}/{second.id}/decline", HISTORY, reason="Too soon")[0] == 303
    # Its author reads why; the version before was not refused.
    refused, published = author.get(HISTORY).select("main section")
    assert words(refused.h2) == "Version 2: Refused"
    said = f"{people[Role.ADMINISTRATOR].name} did not approve it: Too soon"
    assert said in words(refused)
    assert "did not approve" not in words(published)


def test_an_old_version_comes_back_by_way_of_a_preview(
    manager: Browser, work: list[str], store: Store
) -> None:
    save(manager, NEW)
    publish(manager)
    save(manager, RULE, state="retired")
    publish(manager, reason="it is public now")
    new, old = history(store, find_team(store).id)
    path = f"{HISTORY}/{old.id}/restore"
    status, page = manager.post(path, HISTORY, revision="0")
    assert (status, "saved a change while you were editing" in words(page)) == (400, True)
    assert manager.post(path, HISTORY, revision=revision(manager, HISTORY))[0] == 303
    assert "state from “Retired” to “On”" in words(manager.get(PUBLISH))
    assert "Took up an earlier version again: version 1 of The council" in words(
        manager.get("/manage/log")
    )
    assert publish(manager, reason="too early")[0] == 303
    newest = history(store, find_team(store).id)[0]
    assert (newest.number, newest.hash, newest.state) == (3, old.hash, State.PUBLISHED)
    assert "Version 3: Published" in words(manager.get(HISTORY))
    assert manager.post(f"{HISTORY}/999/restore", HISTORY, revision="4")[0] == 404
    assert new.number == 2


@pytest.mark.usefixtures("work")
def test_an_old_version_whose_rule_has_the_id_of_another_does_not_come_back(
    manager: Browser, store: Store, people: dict[Role, Manager]
) -> None:
    add_team(store, "glen-view", "Glen View", people[Role.MANAGER])
    save(manager, NEW)
    publish(manager)
    assert _take_in(manager, "council", "the-minibus") == 303
    publish(manager)
    old = history(store, find_team(store).id)[1]
    assert _go_back(manager, old.id)[0] == 303
    assert _take_in(manager, "council", "the-minibus") == 303
    # Nobody holds its id any more, and a service takes it.
    assert _take_in(manager, "glen-view", "the-garden-project") == 303
    status, page = _go_back(manager, old.id)
    said = (
        "Nothing was changed: version 1 cannot come back as it is. “The garden project” has the id "
        "the-garden-project, and so has a rule of Glen View now."
    )
    assert (status, said in words(page.select_one("#error-summary"))) == (400, True)
    assert "the-minibus" in read_working(store, find_team(store).id).yaml


def test_what_waits_for_approval_holds_its_ids(store: Store, people: dict[Role, Manager]) -> None:
    team = find_team(store)
    glen = add_team(store, "glen-view", "Glen View", people[Role.MANAGER])
    given = overlay_of(GARDEN_RULE)
    for text, revision_ in ((write_overlay(given), 0), ("", 1)):
        save_working(store, team.id, text, revision=revision_, by=people[Role.MANAGER])
        if text:
            _submit(store, team.id, given, people[Role.MANAGER])
    assert taken_ids(store, glen) == {GARDEN_RULE.id: "The council"}
    (waiting,) = find_pending(store)
    decline(store, waiting.id, reason="no", by=people[Role.APPROVER])
    assert taken_ids(store, glen) == {}


def _submit(store: Store, team_id: int, overlay: Overlay, by: Manager) -> None:
    submit(
        store,
        team_id,
        revision=1,
        digest=hash_overlay(overlay),
        reason="not public",
        by=by,
        needs_approval=True,
    )


def _go_back(browser: Browser, version: int) -> tuple[int, Any]:
    sent = {"revision": revision(browser, HISTORY)}
    found: tuple[int, Any] = browser.post(f"{HISTORY}/{version}/restore", HISTORY, **sent)
    return found


def _take_in(browser: Browser, team: str, id: str) -> int:
    """Put one rule with `id` in the place of all that `team` works on; return the status."""
    path = f"/manage/at/{team}/rules/yaml"
    given = write_overlay(overlay_of(replace(GARDEN_RULE, id=id)))
    sent = {"how": "replace", "yaml": given, "revision": revision(browser, path)}
    status: int = browser.post(path, path, **sent)[0]
    return status


def test_a_preview_that_was_stopped_goes_on_where_it_was(
    manager: Browser, app: Flask, store: Store, engine: Checker, tmp_path: Path, clock: Any
) -> None:
    drafts = [Draft(f"the walled garden has {number} apple trees") for number in range(120)]
    many = [
        Example(f"d{number}", draft, Verdict.OK, origin=Origin.SHIPPED)
        for number, draft in enumerate(drafts)
    ]
    place = tmp_path / "preview"
    save(manager, NEW)
    app.extensions["postcheck-preview"] = lambda: None
    manager.post(PREVIEW, PREVIEW)
    page = manager.get(PREVIEW)
    refresh = page.select_one("noscript meta[http-equiv=refresh]")
    assert (refresh["content"], words(page.select_one("#progress-said"))) == (
        "5",
        "It begins in a moment.",
    )
    # The power fails once the first fifty are judged.
    reads = engine.detectors.find
    judged: list[str] = []
    allowed = [70]

    def find(reading: Any, encoded: Any) -> Any:
        if len(judged) == allowed[0]:
            raise KeyboardInterrupt
        judged.append(reading.draft.text)
        return reads(reading, encoded)

    counting = engine.with_rulebook(engine.rulebook)
    counting.detectors = type("Counting", (), {"find": staticmethod(find)})()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        work_off(store, counting, place, shipped=many)
    run = find_last_run(store, PreviewRun, find_team(store).id)
    assert run is not None
    assert (run.state, run.progress) == (RunState.RUNNING, 50)
    started: list[str] = []
    app.extensions["postcheck-preview"] = lambda: started.append("again")
    manager.get(PREVIEW)
    assert started == []
    clock.move(seconds=31)
    manager.client.get(f"{PREVIEW}/progress")
    assert started == ["again"]
    judged.clear()
    allowed[0] = -1
    work_off(store, counting, place, shipped=many)
    # Those in the journal are not judged again.
    assert [one.draft.text for one in many if one.draft.text in judged] == [
        one.draft.text for one in many[50:]
    ]
    run = find_last_run(store, PreviewRun, find_team(store).id)
    assert run is not None
    assert (run.state, run.result["fine"] >= 120) == (RunState.DONE, True)
    assert len(run.result["changes"]) == 120


def test_rules_that_changed_meanwhile_are_told_and_the_run_can_be_started_again(
    manager: Browser, app: Flask, store: Store, engine: Checker, tmp_path: Path
) -> None:
    save(manager, NEW)
    app.extensions["postcheck-preview"] = lambda: None
    manager.post(PREVIEW, PREVIEW)
    save(manager, RULE, name="Garden")
    work_off(store, engine, tmp_path / "preview", shipped=SHIPPED)
    run = find_last_run(store, PreviewRun, find_team(store).id)
    assert run is not None
    assert run.state is RunState.FAILED
    save(manager, RULE)
    assert "were changed while this waited" in words(manager.get(PREVIEW))
    assert manager.post(PREVIEW, PREVIEW)[0] == 303
    again = find_last_run(store, PreviewRun, find_team(store).id)
    assert again is not None
    assert again.id == run.id + 1


def test_a_run_is_worked_off_in_a_process_of_its_own(
    settings: Settings, store: Store, people: dict[Role, Manager]
) -> None:
    run = ask_for_run(
        store, PreviewRun, find_team(store).id, "other rules", by=people[Role.MANAGER]
    )
    starter = PreviewStarter(settings)
    starter()
    process = starter._process
    assert process is not None
    starter()
    assert starter._process is process
    process.join(timeout=300)
    assert process.exitcode == 0
    run = get_run(store, PreviewRun, run.id)
    assert (run.state, run.result) == (
        RunState.FAILED,
        {"error": "The rules were changed while this waited: please start it again."},
    )


def test_no_word_of_a_local_example_is_kept_with_a_run(
    manager: Browser, work: list[str], store: Store, people: dict[Role, Manager]
) -> None:
    add_example(
        store,
        find_team(store).id,
        "we met in the walled garden",
        account="personal",  # type: ignore[arg-type]
        verdict=Verdict.OK,
        categories=(),
        origin="typed",
        by=people[Role.MANAGER],
    )
    save(manager, NEW)
    manager.post(PREVIEW, PREVIEW)
    run = find_last_run(store, PreviewRun, find_team(store).id)
    assert run is not None
    (local,) = (one for one in run.result["changes"] if one["origin"] == "local")
    assert (local["id"], local["words"]) == ("local example 1", [])


def test_old_journals_are_tidied(tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    for path in (old, new):
        path.write_text("{}\n")
    past = time.time() - (DAYS + 1) * 24 * 3600
    os.utime(old, (past, past))
    tidy_journals(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["new.jsonl"]


def test_a_reason_that_was_typed_is_kept_where_somebody_else_saved_meanwhile(
    manager: Browser, work: list[str]
) -> None:
    save(manager, NEW)
    sent = {"revision": "1", "reason": "A long reason of mine"}
    # Theirs was not tried yet, so that there is no form to publish on the page that comes back.
    save(manager, RULE, name="Theirs")
    status, page = manager.post(PUBLISH, PUBLISH, **sent)
    assert (status, page.select_one("#reason")) == (400, None)
    assert words(page.select_one("pre.masked")).strip() == "A long reason of mine"


def test_what_is_published_is_in_the_log_and_its_file(
    manager: Browser, work: list[str], app: Flask
) -> None:
    save(manager, NEW)
    publish(manager, reason="=not public")
    told = {cell.text for cell in manager.get("/manage/log?kind=overlay.").select("tbody td")}
    assert "Published a version: version 1 of The council" in told
    assert "Logged in" not in told
    assert "Nothing." in words(manager.get("/manage/log?kind=overlay.&who=999"))
    sent = manager.client.get("/manage/log.csv?kind=overlay.")
    rows = list(csv.reader(io.StringIO(sent.text)))
    assert rows[0] == ["when", "who", "what", "why", "detail"]
    assert rows[1][1:4] == ["Morven Reid", "overlay.published", "'=not public"]
    assert manager.client.get("/manage/log?kind=x").status_code == 400
    assert site_of(app).settings.second_person == "off"
