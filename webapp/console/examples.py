"""The local examples: texts that managers labelled, to teach the learned reader with."""

from __future__ import annotations

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.console.blueprint import console
from webapp.console.categories import category_titles
from webapp.console.forms import WAS
from webapp.console.identity import the_manager
from webapp.console.label_forms import VERDICTS, LabelForm
from webapp.console.rights import allow
from webapp.console.working import noticing_conflict
from webapp.local_examples import write_jsonl
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.errors import LabelError, StaleRevisionError
from webapp.store.examples import (
    FROM_FEEDBACK,
    change_example,
    delete_example,
    get_example,
    list_examples,
    mark_of,
)
from webapp.store.queue_tables import LocalExample
from webapp.store.tables import Role


@console.get("/examples")
@allow(Role.MANAGER, menu="Local examples", order=45)
def show_examples() -> str:
    """Return the list of local examples, the newest first."""
    return render_template(
        "console/examples.html",
        examples=list_examples(this_store()),
        verdicts=VERDICTS,
        titles=category_titles(this_site().checker.policy),
    )


@console.get("/examples.jsonl")
@allow(Role.MANAGER)
def export_examples() -> Response:
    """Return all local examples as lines of JSON, for a file."""
    return Response(
        write_jsonl(list_examples(this_store())[::-1]),
        mimetype="application/jsonl",
        headers={"Content-Disposition": "attachment; filename=local-examples.jsonl"},
    )


@console.route("/examples/<row:example_id>", methods=["GET", "POST"])
@allow(Role.MANAGER)
def edit_example(example_id: int) -> ResponseReturnValue:
    """Return the page of one example, or the list when its labels were changed."""
    example = get_example(this_store(), example_id)
    form = LabelForm(request.form or None, obj=example)
    if request.method == "POST" and form.validate():
        verdict, categories = form.labels
        try:
            with noticing_conflict():
                change_example(
                    this_store(),
                    example_id,
                    verdict=verdict,
                    categories=categories,
                    was=request.form.get(WAS, ""),
                    by=the_manager(),
                )
        except LabelError as error:
            form.categories.errors = [str(error)]
        except StaleRevisionError as error:
            form.form_errors.append(str(error))
            example = get_example(this_store(), example_id)
        else:
            return redirect(url_for("console.show_examples"), 303)
    return _page(example, form), 400 if request.method == "POST" else 200


@console.post("/examples/<row:example_id>/delete")
@allow(Role.MANAGER)
def remove_example(example_id: int) -> ResponseReturnValue:
    """Delete an example, really."""
    delete_example(this_store(), example_id, by=the_manager())
    return redirect(url_for("console.show_examples"), 303)


def _page(example: LocalExample, form: LabelForm) -> str:
    return render_template(
        "console/example.html",
        example=example,
        form=form,
        of_report=example.origin == FROM_FEEDBACK,
        verdicts=VERDICTS,
        titles=category_titles(this_site().checker.policy),
        mark_now=mark_of(example),
        is_conflict=g.get("is_conflict", False),
    )
