"""What the managers of a team work on: the overlay as it was saved last, read and saved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checker.overlay.contents import Overlay
from checker.overlay.document import read_overlay
from checker.overlay.problem import OverlayError
from checker.overlay.written import write_overlay
from webapp.console.blueprint import console
from webapp.console.forms import REVISION
from webapp.console.identity import the_manager
from webapp.console.typed import sent_fields
from webapp.failures import Words
from webapp.storage import this_store
from webapp.store import overlays
from webapp.store.errors import StaleRevisionError, UnmarkedError
from webapp.store.tables import OverlayVersion, Team
from webapp.store.teams import COUNCIL, find_team

UNREADABLE = Words(
    "What is saved cannot be read",
    "Nothing was changed. Put the saved text right on the page “The YAML” first, then send yours "
    "again.",
)


@dataclass(frozen=True, slots=True)
class Working:
    """The overlay that a team's managers work on; `revision` counts how often it was saved."""

    team: Team
    overlay: Overlay = field(repr=False)
    revision: int


@console.url_value_preprocessor
def take_team(_endpoint: str | None, values: dict[str, object] | None) -> None:
    """Note which team's page is asked for: views of `/at/<team>/…` need no parameter for it."""
    g.team = (values or {}).pop("team", COUNCIL)


@console.url_defaults
def add_team(endpoint: str, values: dict[str, object]) -> None:
    """Let each link lead to the page of the team that is being worked on."""
    if current_app.url_map.is_endpoint_expecting(endpoint, "team"):
        values.setdefault("team", g.get("team", COUNCIL))


def the_team() -> Team:
    """Return the team that the address of the page names, the council where it names none.

    Raises `MissingRowError`, which is answered with "page not found", when there is no such team.
    """
    return find_team(this_store(), g.get("team", COUNCIL))


def read_working() -> Working:
    """Return what is worked on for the team of this page; an empty overlay when nothing is.

    Raises `OverlayError` when what was saved cannot be read, as after an update of Postcheck:
    whoever lets it through leads to the page of the YAML.
    """
    team = the_team()
    row = overlays.read_working(this_store(), team.id)
    return Working(team, read_overlay(row.yaml, "the saved rules"), row.revision)


def read_text() -> str:
    """Return the text that is worked on as it was saved, whether it can be read or not."""
    return overlays.read_working(this_store(), the_team().id).yaml


def read_unreadable() -> Working:
    """Return what is worked on as empty, where what was saved cannot be read, to be mended."""
    team = the_team()
    return Working(team, Overlay(), overlays.read_working(this_store(), team.id).revision)


@console.errorhandler(OverlayError)
def lead_to_text(_: OverlayError) -> ResponseReturnValue:
    """Lead to the page where a saved text that cannot be read is shown and can be mended.

    What was typed meanwhile is shown first, to be copied.
    """
    if request.method == "POST":
        to = url_for("console.show_yaml")
        lost, go = sent_fields(), "Go to the YAML"
        page = render_template("console/error.html", words=UNREADABLE, lost=lost, to=to, go=go)
        return page, 409
    return redirect(url_for("console.show_yaml"), 303)


def save_working(
    working: Working, overlay: Overlay, *, restored: OverlayVersion | None = None
) -> Working:
    """Save `overlay` in the place of what `working` held, and return it as it is now.

    The form has to send `REVISION` along; `restored` is the version that is taken up again, for
    the log. Raises `StaleRevisionError` when somebody else has saved since it was made, or it does
    not say from what it was made: the sentence belongs on the page, with what was typed. Raises
    `OverlayError` for what could not be read again.
    """
    text = write_overlay(overlay)
    # Parts that are right by themselves may be too much together.
    read_overlay(text, "the rules")
    with noticing_conflict():
        row = overlays.save_working(
            this_store(),
            working.team.id,
            text,
            revision=sent_revision(),
            by=the_manager(),
            restored=restored,
        )
    return replace(working, overlay=overlay, revision=row.revision)


def sent_revision() -> int:
    """Return the saving that the form which was sent was made from.

    Raises `UnmarkedError` for a form that does not say it.
    """
    sent = request.form.get(REVISION, "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 10):
        raise UnmarkedError
    return int(sent)


@contextmanager
def noticing_conflict() -> Iterator[None]:
    """Have the page that tells somebody of another's saving be made from what is saved now."""
    try:
        yield
    except StaleRevisionError:
        g.is_conflict = True
        raise


@console.context_processor
def offer_mark() -> dict[str, Callable[[str, object], object]]:
    """Let pages write the hidden mark of a form."""
    return {"mark": mark}


def mark(name: str, now: object) -> object:
    """Return what stands in the hidden field `name` of a form that is made from what is `now`.

    A form that comes back for something to put right keeps what its author had read: what somebody
    else saved meanwhile would else be overwritten unseen by the second try. Another form of the
    same page has no such field, and leaves this one as new as the page.
    """
    return now if g.get("is_conflict", False) else request.form.get(name, now)
