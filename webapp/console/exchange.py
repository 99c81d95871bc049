"""The YAML behind the forms: seen, taken out as a file, and taken in."""

from __future__ import annotations

import yaml
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from checker.overlay.contents import Overlay
from checker.overlay.document import read_overlay
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.written import write_overlay
from webapp.console.blueprint import console
from webapp.console.choices import ChoiceField
from webapp.console.rights import allow
from webapp.console.rule_form import NotedForm
from webapp.console.working import (
    Working,
    read_text,
    read_unreadable,
    read_working,
    save_working,
)
from webapp.rule_ids import clashes
from webapp.storage import this_store
from webapp.store.errors import StaleRevisionError
from webapp.store.tables import Role

ADD, REPLACE = "add", "replace"
NOTHING_SENT = "Choose a file or paste a text first."
NOT_UTF_8 = "The file is not UTF-8: save it as UTF-8, or paste the text."
NO_RULES = "There are no rules in this text to add. To take all of it, choose the other way above."
# Everything can be taken away, but rule by rule or by going back, and never by a slip.
WOULD_WIPE = (
    "This text is empty, and everything that you have would be gone. Retire or change what is not "
    "wanted page by page, or go back to an earlier version on the page History."
)
UNREADABLE = (
    "What is saved cannot be read, so nothing can be added to it: put it right first, with the "
    "other way above. The text that you sent is kept below."
)
# What the item of a problem ends with that is about the examples of a rule.
EXAMPLES = ".examples"
HOW = {
    ADD: "Add its own rules to yours; one with the same id takes the place of yours",
    REPLACE: "Put all of it in the place of everything that you have",
}


class ImportForm(NotedForm):
    """A text to take in, pasted or from a file."""

    how = ChoiceField("How?", HOW, default=ADD)
    yaml = TextAreaField("The text")


@console.get("/at/<team>/rules/yaml")
@allow(Role.MANAGER)
def show_yaml() -> str:
    """Return the page with the YAML of what is worked on, and the form to take one in.

    A text that was saved and cannot be read, as after an update, stands in the form to be mended.
    """
    form = ImportForm()
    try:
        return _show(read_working(), form)
    except OverlayError as error:
        form.how.data, form.yaml.data = REPLACE, read_text()
        form.yaml.errors = [_with_line(form.yaml.data, one) for one in error.problems]
        return _show(read_unreadable(), form)


@console.get("/at/<team>/rules/export/<any(all, rules):part>")
@allow(Role.MANAGER)
def export_yaml(part: str) -> Response:
    """Return what is worked on as a file: all of it, or the own rules alone."""
    working = read_working()
    overlay = working.overlay if part == "all" else Overlay(rules=working.overlay.rules)
    name = f"postcheck-{working.team.slug}-{part}.yaml"
    response = Response(write_overlay(overlay), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@console.post("/at/<team>/rules/yaml")
@allow(Role.MANAGER)
def import_yaml() -> ResponseReturnValue:
    """Take a YAML text in, or say with line and field what is wrong with it."""
    form = ImportForm(request.form)
    try:
        working = read_working()
    except OverlayError:
        # What cannot be read can be replaced, and is no more to add to.
        working = read_unreadable()
        if form.how.data == ADD:
            return _refuse_adding(working, form), 400
    try:
        form.yaml.data = _sent(form)
        given = read_overlay(form.yaml.data, "the text")
        if not _has_slip(form, given):
            is_whole = form.how.data == REPLACE
            if problems := clashes(this_store(), working.team, given):
                raise OverlayError(problems)
            save_working(working, given if is_whole else working.overlay.adding(given))
            return redirect(url_for("console.show_yaml", saved=1), 303)
    except OverlayError as error:
        form.yaml.errors = [_with_line(form.yaml.data or "", one) for one in error.problems]
    except UnicodeDecodeError:
        form.yaml.errors = [NOT_UTF_8]
    except StaleRevisionError as error:
        form.form_errors.append(str(error))
    return _show(working, form), 400


def _refuse_adding(working: Working, form: ImportForm) -> str:
    """Return the page with what was sent, also from a file, which a browser does not keep."""
    try:
        form.yaml.data = _sent(form)
        form.how.errors = [UNREADABLE]
    except UnicodeDecodeError:
        form.how.errors, form.yaml.errors = [UNREADABLE], [NOT_UTF_8]
    return _show(working, form)


def _has_slip(form: ImportForm, given: Overlay) -> bool:
    """Tell whether the form cannot be meant as it was sent; what is wrong is put by its field."""
    if not form.how.is_known:
        form.how.errors = [form.how.demand]
    elif not (form.yaml.data or "").strip():
        form.yaml.errors = [NOTHING_SENT]
    elif form.how.data == REPLACE and given == Overlay():
        form.yaml.errors = [WOULD_WIPE]
    elif form.how.data == ADD and not given.rules:
        form.yaml.errors = [NO_RULES]
    return bool(form.errors)


def _sent(form: ImportForm) -> str:
    """Return the text of the file that was sent, else what was pasted.

    Raises `UnicodeDecodeError` for a file that is not UTF-8.
    """
    file = request.files.get("file")
    content = file.read().decode("utf-8-sig") if file else ""
    return (content or form.yaml.data or "").replace("\r\n", "\n")


def _with_line(text: str, problem: Problem) -> str:
    line = find_line(text, problem)
    return f"Line {line}, {problem}" if line else str(problem)


def find_line(text: str, problem: Problem) -> int:
    """Return the number of the line that `problem` is about as near as can be told; 0 for none."""
    try:
        # In C, as it was read: the other way Python runs out of depth on lists in lists.
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        # The sentence has the line itself.
        return 0
    line = 0
    item = problem.item.removesuffix(EXAMPLES)
    for step in (problem.part, item, *(["examples"] if item != problem.item else []), problem.key):
        found = _step(node, step) if step else None
        if found is not None:
            node, line = found
    return line


def _step(node: yaml.Node | None, step: str) -> tuple[yaml.Node, int] | None:
    """Return what stands under the key `step`, or the entry of a list that is called so."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        # Only mappings: going down into lists in lists would double the work at each level.
        for entry in (one for one in node.value if isinstance(one, yaml.MappingNode)):
            names = [_step(entry, key) for key in ("id", "rule")]
            if any(name and name[0].value == step for name in names):
                return entry, entry.start_mark.line + 1
    return None


def _show(working: Working, form: ImportForm) -> str:
    return render_template(
        "console/yaml.html",
        working=working,
        form=form,
        yaml=read_text(),
        is_saved="saved" in request.args,
    )
