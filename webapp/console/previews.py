"""What would change: starts a preview of what is worked on, shows its progress and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from checker.preview.changes import Change, Effect, change_from
from checker.preview.examples import load_examples, rule_examples
from checker.words import VERDICTS
from webapp.console.blueprint import console
from webapp.console.engines import engine_shipped
from webapp.console.identity import the_manager
from webapp.console.preview_start import start_previews
from webapp.console.preview_work import engines_of, name_run
from webapp.console.rights import allow
from webapp.console.rule_names import names_of
from webapp.console.working import read_working, the_team
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.queue_tables import PreviewRun, RunState
from webapp.store.runs import ask_for_run, find_last_run, is_waiting
from webapp.store.tables import Role, Team

EFFECTS: Mapping[Effect, str] = MappingProxyType(
    {
        Effect.LOST: "Breaches that would be lost",
        Effect.NEWLY_FLAGGED: "Fine drafts that would be flagged",
        Effect.NEWLY_CAUGHT: "Breaches that would be caught",
        Effect.CLEARED: "Fine drafts that would be let go",
        Effect.MOVED: "Drafts with another answer",
    }
)
# Of each kind; a page with thousands helps nobody.
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a preview found, read back from the store."""

    sentence: str
    changes: tuple[Change, ...] = field(default=(), repr=False)

    @property
    def lost_must_catch(self) -> tuple[Change, ...]:
        """Return the examples that must be caught and would not be."""
        return tuple(one for one in self.changes if one.must_catch and one.effect is Effect.LOST)

    def grouped(self) -> dict[str, list[Change]]:
        """Return the changes of each kind under its heading, kinds without any left out."""
        found: dict[str, list[Change]] = {words: [] for words in EFFECTS.values()}
        for one in self.changes:
            found[EFFECTS[one.effect]].append(one)
        return {words: changes for words, changes in found.items() if changes}


def find_run(team: Team) -> PreviewRun | None:
    """Return the newest preview of just what is worked on against just what is published."""
    engines = engines_of(this_store(), team, engine_shipped())
    return find_last_run(this_store(), PreviewRun, team.id, name_run(*engines))


def read_outcome(run: PreviewRun | None) -> Outcome | None:
    """Return what `run` found, None while it has not ended well."""
    if run is None or run.state is not RunState.DONE:
        return None
    return Outcome(run.result["sentence"], tuple(map(change_from, run.result["changes"])))


@console.get("/at/<team>/preview")
@allow(Role.MANAGER, menu="What would change", order=14)
def show_preview() -> str:
    """Return the page of the preview: a button, its progress, or what it found."""
    team, store = the_team(), this_store()
    before, after = engines_of(store, team, engine_shipped())
    run = find_last_run(store, PreviewRun, team.id, name_run(before, after))
    _see_to(run)
    outcome = read_outcome(run)
    return render_template(
        "console/preview.html",
        team=team,
        is_changed=before.rulebook.hash != after.rulebook.hash,
        run=run,
        is_under_way=run is not None and run.state in (RunState.WAITING, RunState.RUNNING),
        outcome=outcome,
        grouped=outcome.grouped() if outcome else {},
        texts=_texts(outcome) if outcome else {},
        names=names_of(read_working(), before.rulebook) if outcome else {},
        most=MOST_SHOWN,
        verdicts=VERDICTS,
    )


@console.post("/at/<team>/preview")
@allow(Role.MANAGER)
def start_preview() -> ResponseReturnValue:
    """Start a preview, unless nothing is changed or one of just these rules is there already."""
    team, store = the_team(), this_store()
    before, after = engines_of(store, team, engine_shipped())
    about = name_run(before, after)
    run = find_last_run(store, PreviewRun, team.id, about)
    is_wanted = run is None or run.state is RunState.FAILED
    if is_wanted and before.rulebook.hash != after.rulebook.hash:
        run = ask_for_run(store, PreviewRun, team.id, about, by=the_manager())
    _see_to(run)
    return redirect(url_for("console.show_preview"), 303)


@console.get("/at/<team>/preview/progress")
@allow(Role.MANAGER)
def tell_progress() -> ResponseReturnValue:
    """Return as JSON how far the preview is, for the script of its page."""
    run = find_run(the_team())
    _see_to(run)
    if run is None:
        return jsonify(state="none", progress=0, total=0)
    return jsonify(state=str(run.state), progress=run.progress, total=run.total)


def _see_to(run: PreviewRun | None) -> None:
    """Have `run` gone on with where nobody is at it, as after a restart."""
    if run is not None and is_waiting(this_store(), run):
        start_previews()


def _texts(outcome: Outcome) -> dict[str, str]:
    """Return the texts of the changed drafts that are shipped, which are all made up, by id."""
    wanted = {one.id for one in outcome.changes}
    known = (*load_examples(), *rule_examples(this_site().lives.base().rulebook))
    return {one.id: one.draft.text for one in known if one.id in wanted}
