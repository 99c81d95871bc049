"""The history of a team's rules: what each version changed, approving, refusing, bringing back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checker.overlay.contents import Overlay
from checker.overlay.difference import differences
from checker.overlay.document import read_overlay
from webapp.console.blueprint import console
from webapp.console.called import called_by
from webapp.console.engines import engine_beneath
from webapp.console.identity import the_manager
from webapp.console.rights import allow
from webapp.console.working import Working, read_working, save_working, the_team
from webapp.rule_ids import taken_ids
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store import overlays
from webapp.store.errors import (
    MissingRowError,
    NotPendingError,
    ReasonError,
    SecondPersonError,
    StaleRevisionError,
)
from webapp.store.managers import list_managers
from webapp.store.tables import AuditEvent, OverlayVersion, Role, State

STATES = {
    State.PENDING: "Waits for approval",
    State.PUBLISHED: "Published",
    State.SUPERSEDED: "Replaced or put aside",
}
REFUSED = "Refused"
# Versions on one page; older ones on the next.
PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A version with what it changed, and who wrote, approved and refused it."""

    version: OverlayVersion
    changes: tuple[str, ...]
    author: str
    approver: str
    state: str
    refusal: AuditEvent | None


@console.get("/at/<team>/history")
@allow(Role.MANAGER, menu="History", order=18)
def show_history() -> str:
    """Return the versions of the team, the newest first, each with what it changed."""
    return _show(read_working())


@console.post("/at/<team>/history/<row:version>/approve")
@allow(Role.APPROVER)
def approve_version(version: int) -> ResponseReturnValue:
    """Publish a version that waits for a second person."""
    try:
        overlays.approve(this_store(), _find(version).id, by=the_manager())
    except (NotPendingError, SecondPersonError) as error:
        return _show(read_working(), str(error)), 400
    return redirect(url_for("console.show_history", done=1), 303)


@console.post("/at/<team>/history/<row:version>/decline")
@allow(Role.APPROVER)
def decline_version(version: int) -> ResponseReturnValue:
    """Put a version that waits aside, with a reason."""
    reason = request.form.get("reason", "")[:1000]
    try:
        overlays.decline(this_store(), _find(version).id, reason=reason, by=the_manager())
    except (NotPendingError, ReasonError) as error:
        return _show(read_working(), str(error), reason), 400
    return redirect(url_for("console.show_history", done=1), 303)


@console.post("/at/<team>/history/<row:version>/restore")
@allow(Role.MANAGER)
def restore_version(version: int) -> ResponseReturnValue:
    """Make an old version what is worked on, to be previewed and published like any change."""
    working, old = read_working(), _find(version)
    try:
        overlay = read_overlay(old.yaml, f"version {old.number}")
        if clash := _tell_clash(old, overlay):
            return _show(working, clash), 400
        save_working(working, overlay, restored=old)
    except StaleRevisionError as error:
        return _show(working, str(error)), 400
    return redirect(url_for("console.show_publish"), 303)


def _tell_clash(old: OverlayVersion, overlay: Overlay) -> str:
    """Return why an old version cannot come back: whose rules have ids of its rules; "" if none."""
    taken = taken_ids(this_store(), the_team())
    clashing = [
        f"“{rule.name}” has the id {rule.id}, and so has a rule of {taken[rule.id]} now."
        for rule in overlay.rules
        if rule.id in taken
    ]
    if not clashing:
        return ""
    return " ".join(
        (
            f"Nothing was changed: version {old.number} cannot come back as it is.",
            *clashing,
            "Write anew what you want of it: what each version changed is told below.",
        )
    )


def _find(id: int) -> OverlayVersion:
    """Return a version of this page's team; raises `MissingRowError` for any other."""
    for one in overlays.history(this_store(), the_team().id):
        if one.id == id:
            return one
    raise MissingRowError("There is no such version: choose one from the history.")


def _show(working: Working, problem: str = "", reason: str = "") -> str:
    versions = overlays.history(this_store(), working.team.id)
    page = max(0, request.args.get("page", 0, type=int))
    shown = versions[page * PAGE : (page + 1) * PAGE]
    return render_template(
        "console/history.html",
        working=working,
        versions=_entries(versions, shown),
        problem=problem,
        reason=reason,
        page=page,
        has_more=len(versions) > (page + 1) * PAGE,
        second_person=this_site().settings.needs_second_person,
        is_done="done" in request.args,
    )


def _entries(versions: list[OverlayVersion], shown: list[OverlayVersion]) -> list[Entry]:
    refusals = overlays.read_refusals(this_store(), the_team().id)
    names = {one.id: one.name for one in list_managers(this_store())}
    called = called_by(engine_beneath(the_team()).rulebook)
    return [
        Entry(
            one,
            differences(_before(versions, one), read_overlay(one.yaml), called),
            names.get(one.author_id, ""),
            names.get(one.approver_id or 0, ""),
            REFUSED if one.number in refusals else STATES[one.state],
            refusals.get(one.number),
        )
        for one in shown
    ]


def _before(versions: list[OverlayVersion], version: OverlayVersion) -> Overlay:
    """Return what was published before `version` was made, an empty overlay where nothing was."""
    older = (one for one in versions if one.number < version.number and one.published)
    before = next(older, None)
    return read_overlay(before.yaml) if before else Overlay()
