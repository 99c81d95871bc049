"""The page of local names: five lists, filled in by hand or from CSV with a look at it first."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, TextAreaField

from checker.overlay.contents import Local
from webapp.console import parts
from webapp.console.blueprint import console
from webapp.console.names import (
    LISTS,
    LONGEST_CSV,
    CsvError,
    Line,
    decode,
    find_excess,
    find_repeats,
    read_csv,
    split_lines,
    take_over,
    write_csv,
)
from webapp.console.rights import allow
from webapp.console.working import Working, read_working
from webapp.store.tables import Role

HINTS = {
    "services": "What people call it, like Cedar Lane. “At Cedar Lane” then counts as a place.",
    "units": "Like Rowan, or Ward 3.",
    "streets": "Streets that few people outside would know.",
    "staff": "They agreed to be named. They are taken for colleagues, not for people you support.",
    "events": "Open to all and announced, like Kelso Show. A post about one can name the place.",
}
# The lines are judged anew beside what somebody else saved, and nothing of it is replaced.
LOOK_AGAIN = "Below the lines are looked at again, beside what is saved now: take them over then."


class NamesForm(Form):
    """The five lists, one name a line."""

    services = TextAreaField(LISTS["services"])
    units = TextAreaField(LISTS["units"])
    streets = TextAreaField(LISTS["streets"])
    staff = TextAreaField(LISTS["staff"])
    events = TextAreaField(LISTS["events"])


class CsvForm(Form):
    """CSV that was pasted, or read from a file."""

    csv = TextAreaField("Lines")


@console.route("/at/<team>/local", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Local names", order=30)
def edit_local() -> ResponseReturnValue:
    """Return the lists of the team, or save them."""
    working = read_working()
    form = NamesForm(request.form, data=_as_lines(working.overlay.local))
    if request.method == "POST" and _save_names(working, form):
        return redirect(url_for("console.edit_local", saved="names"), 303)
    page = render_template(
        "console/local.html",
        form=form,
        working=working,
        hints=HINTS,
        saved=request.args.get("saved"),
        now=_as_lines(working.overlay.local) if parts.is_conflict(form) else {},
        labels=LISTS,
    )
    return page, 400 if form.errors else 200


def _as_lines(local: Local) -> dict[str, str]:
    return {key: "\n".join(names) for key, names in asdict(local).items()}


def _save_names(working: Working, form: NamesForm) -> bool:
    sent = {key: request.form.get(key, "") for key in LISTS}
    read = parts.read_part("local", {key: split_lines(text) for key, text in sent.items()}, form)
    for key, text in sent.items():
        for sentence in find_repeats(text)[:1]:
            parts.add_error(form, key, sentence)
    if read is None or form.errors:
        return False
    return parts.save(working, replace(working.overlay, local=read.local), form)


@console.route("/at/<team>/local/csv", methods=["GET", "POST"])
@allow(Role.MANAGER)
def import_local() -> ResponseReturnValue:
    """Return the form for CSV, what each of its lines would do, or take the good ones over."""
    working = read_working()
    form = CsvForm(request.form)
    lines = _look(working, form) if request.method == "POST" else ()
    if "take" in request.form and lines and _take(working, form, lines):
        return redirect(url_for("console.edit_local", saved="csv"), 303)
    page = render_template(
        "console/local_csv.html", form=form, working=working, lines=lines, labels=LISTS
    )
    return page, 400 if form.errors else 200


def _look(working: Working, form: CsvForm) -> tuple[Line, ...]:
    """Return the lines that were sent, judged; a file stands in the box from then on."""
    try:
        file = request.files.get("file")
        if file:
            text = decode(file.read())
            # A browser stands still over a box with more than that.
            form.csv.data = text if len(text) <= LONGEST_CSV else ""
            return read_csv(text, working.overlay.local)
        return read_csv(form.csv.data or "", working.overlay.local)
    except CsvError as error:
        parts.add_error(form, "csv", str(error))
        return ()


def _take(working: Working, form: CsvForm, lines: tuple[Line, ...]) -> bool:
    if not any(line.is_good for line in lines):
        parts.add_error(form, "csv", "None of these lines can be taken over: see what is wrong.")
        return False
    local = take_over(working.overlay.local, lines)
    excess = find_excess(local)
    if excess:
        parts.add_error(form, "csv", excess)
        return False
    return parts.save(working, replace(working.overlay, local=local), form, LOOK_AGAIN)


@console.get("/at/<team>/local/names.csv")
@allow(Role.MANAGER)
def export_local() -> Response:
    """Return the names that are saved as a CSV file."""
    working = read_working()
    name = f"local-names-{working.team.slug}.csv"
    # The mark at the front tells spreadsheets that it is UTF-8.
    return Response(
        "\ufeff" + write_csv(working.overlay.local),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
