"""What pages that edit one part of a team's overlay share: problems by the field, and saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Form

from checker.overlay.contents import Overlay
from checker.overlay.document import read_values
from checker.overlay.problem import OverlayError, Problem
from webapp.console.working import Working, save_working
from webapp.store.errors import StaleRevisionError

CONFLICT = (
    "What you typed is kept below. What is saved now stands under the form: save again to put "
    "yours in its place."
)


def read_part(part: str, values: Mapping[str, Any], form: Form) -> Overlay | None:
    """Return an overlay of the one `part` that a form describes.

    Or None, when what is wrong was put beside the fields of `form`.
    """
    try:
        return read_values({part: {key: value for key, value in values.items() if value}})
    except OverlayError as error:
        tell(form, *error.problems)
        return None


def tell(form: Form, *problems: Problem) -> None:
    """Put each problem beside its field of `form`, or above all fields when it has none."""
    for problem in problems:
        if problem.key in form:
            add_error(form, problem.key, problem.sentence)
        else:
            form.form_errors.append(problem.sentence)


def add_error(form: Form, name: str, sentence: str) -> None:
    """Put a sentence beside a field of `form`."""
    form[name].errors = [*form[name].errors, sentence]


def save(working: Working, overlay: Overlay, form: Form, advice: str = CONFLICT) -> bool:
    """Save `overlay`; False when somebody else saved meanwhile, which `form` then tells.

    `advice` is what to do then; with the usual one the page shows what is saved now.
    """
    try:
        save_working(working, overlay)
    except StaleRevisionError as error:
        form.form_errors.append(f"{error} {advice}")
        return False
    return True


def is_conflict(form: Form) -> bool:
    """Tell whether the page should show what somebody else saved meanwhile."""
    return any(CONFLICT in sentence for sentence in form.form_errors)
