"""The pages of a council's policy: its clauses, whose it is, and reviews of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from wtforms import Form, StringField, TextAreaField, URLField

from checker.overlay.applied import apply_overlays
from checker.overlay.contents import CouncilPolicy
from checker.overlay.entries import read_clause
from checker.overlay.problem import OverlayError
from checker.policy import Policy
from checker.rulebook import load_rulebook
from webapp.console import parts
from webapp.console.blueprint import console
from webapp.console.clauses import (
    Row,
    bring_back,
    find_row,
    list_rows,
    new_topic,
    retire,
    with_clause,
    without_edit,
)
from webapp.console.engines import published_overlays
from webapp.console.rights import allow
from webapp.console.working import Working, read_working, save_working
from webapp.next_review import policy_reminder
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.errors import StaleRevisionError
from webapp.store.tables import Role
from webapp.team_address import team_url

Edit = Callable[[CouncilPolicy, str], CouncilPolicy]
ADD_AGAIN = "What you typed is kept below: save again to add it to theirs."
# What the buttons beside a clause do.
EDITS: dict[str, Edit] = {"retire": retire, "bring-back": bring_back, "undo": without_edit}


class PolicyForm(Form):
    """What holds for the policy as a whole."""

    title = StringField("Title")
    version = StringField("Version")
    url = URLField("Where it is published")
    owner = StringField("Owner")
    review_by = StringField("Next review")


class ClauseForm(Form):
    """One clause."""

    number = StringField("Number")
    title = StringField("Title")
    text = TextAreaField("Text")
    url = URLField("Link")


class PlainForm(Form):
    """A form of buttons alone, to which a problem can be put."""


@console.route("/at/<team>/policy", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Policy", order=36)
def edit_policy() -> ResponseReturnValue:
    """Return the clauses and what holds for all of them, or save the latter."""
    working = read_working()
    form = PolicyForm(request.form, data=_as_fields(working.overlay.policy))
    if request.method == "POST" and _save_policy(working, form):
        return redirect(url_for("console.edit_policy", saved="policy"), 303)
    return _show(working, form)


def _as_fields(policy: CouncilPolicy) -> dict[str, str]:
    day = policy.review_by.isoformat() if policy.review_by else ""
    return {
        "title": policy.title,
        "version": policy.version,
        "url": policy.url,
        "owner": policy.owner,
        "review_by": day,
    }


def _show(working: Working, form: Form) -> tuple[str, int]:
    store = this_store()
    fields = form if isinstance(form, PolicyForm) else PolicyForm(data=_as_fields(_policy(working)))
    page = render_template(
        "console/policy.html",
        form=fields,
        problems=form,
        working=working,
        rows=_rows(working),
        reminder=policy_reminder(store, working.team, this_site().settings),
        sign_off=team_url(working.team.slug, url_for("sign_off.show")),
        saved=request.args.get("saved"),
        now=_as_fields(_policy(working)) if parts.is_conflict(form) else {},
    )
    return page, 400 if form.errors else 200


def _policy(working: Working) -> CouncilPolicy:
    return working.overlay.policy


def _save_policy(working: Working, form: PolicyForm) -> bool:
    read = parts.read_part("policy", {field.name: field.data or "" for field in form}, form)
    if read is None:
        return False
    own = _policy(working)
    policy = replace(read.policy, clauses=own.clauses, retired=own.retired)
    return parts.save(working, replace(working.overlay, policy=policy), form)


def _rows(working: Working) -> tuple[Row, ...]:
    return list_rows(_beneath(working), _policy(working))


def _beneath(working: Working) -> Policy:
    """Return the policy that this team's is laid upon: as shipped, or as the council has it."""
    above, _ = published_overlays(this_store(), working.team)
    return apply_overlays(load_rulebook(), above).policy


@console.route("/at/<team>/policy/clause", methods=["GET", "POST"])
@allow(Role.MANAGER)
def edit_clause() -> ResponseReturnValue:
    """Return the form for the clause on `?topic=`, for a new one without it; or save it.

    The form holds the topic as well: an address loses what follows "?" on the way through a login,
    and the clause would become a second one.
    """
    working = read_working()
    rows, topic = _rows(working), request.values.get("topic", "")
    row = find_row(rows, topic)
    if topic and row is None:
        raise NotFound
    form = ClauseForm(request.form, data=asdict(row.clause) if row else None)
    if request.method == "POST" and _save_clause(working, rows, topic, form):
        return redirect(url_for("console.edit_policy", saved="clause"), 303)
    page = render_template(
        "console/clause.html",
        form=form,
        working=working,
        row=row,
        topic=topic,
        now=row.clause if row and parts.is_conflict(form) else None,
    )
    return page, 400 if form.errors else 200


def _save_clause(working: Working, rows: tuple[Row, ...], topic: str, form: ClauseForm) -> bool:
    values = {field.name: field.data or "" for field in form}
    taken = [row.clause.topic for row in rows]
    try:
        clause = read_clause(topic or new_topic(values["title"], taken), values)
    except OverlayError as error:
        parts.tell(form, *error.problems)
        return False
    same = [row for row in rows if row.clause.number == clause.number and not row.is_retired]
    if any(row.clause.topic != clause.topic for row in same):
        sentence = f"“{same[0].clause.title}” has this number: give one of them another."
        parts.add_error(form, "number", sentence)
        return False
    policy = with_clause(_policy(working), clause)
    advice = parts.CONFLICT if topic else ADD_AGAIN
    return parts.save(working, replace(working.overlay, policy=policy), form, advice)


@console.post("/at/<team>/policy/clause/change")
@allow(Role.MANAGER)
def change_clause() -> ResponseReturnValue:
    """Retire a clause, bring it back, or undo what was edited."""
    working, form = read_working(), PlainForm()
    topic, edit = request.form.get("topic", ""), EDITS.get(request.form.get("do", ""))
    if edit is None or find_row(_rows(working), topic) is None:
        form.form_errors.append("Choose a clause, and what to do with it.")
    else:
        try:
            save_working(working, replace(working.overlay, policy=edit(_policy(working), topic)))
        except StaleRevisionError as error:
            # Nothing was typed beside a button, so that there is nothing to keep.
            form.form_errors.append(str(error))
        else:
            return redirect(url_for("console.edit_policy", saved="clause"), 303)
    return _show(working, form)
