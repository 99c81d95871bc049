"""The rules of a team: the list of all, and the pages on which own ones are written."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checker.overlay.applied import misfits
from checker.overlay.checking import blocks
from checker.overlay.contents import Overlay, OwnRule, State
from checker.overlay.entries import new_id, read_rule
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.written import write_rule
from checker.policy.document import Status
from webapp.console.blueprint import console
from webapp.console.categories import category_titles
from webapp.console.engines import engine_beneath, with_overlays
from webapp.console.problems import (
    deleted_clauses,
    plain_misfits,
    problems_of_rule,
    retired_clauses,
)
from webapp.console.reports import values_from_report
from webapp.console.rights import allow
from webapp.console.rule_form import RuleForm, form_values, split_lines
from webapp.console.rule_names import rules_above
from webapp.console.rule_rows import (
    FILTERS,
    Row,
    keep_wanted,
    list_rows,
    read_last_changes,
    read_numbers,
)
from webapp.console.rule_words import RULE_VERDICTS, SHORT_STATES
from webapp.console.working import Working, read_working, save_working
from webapp.rule_ids import taken_ids
from webapp.storage import this_store
from webapp.store.errors import MissingRowError, StaleRevisionError
from webapp.store.tables import Role


@console.get("/at/<team>/rules")
@allow(Role.MANAGER, menu="Rules", order=10)
def list_rules() -> str:
    """Return the list of rules, those that fit the filters in the address."""
    working = read_working()
    beneath = engine_beneath(working.team)
    wanted = {name: request.args.get(name, "")[:60].strip() for name in FILTERS}
    rows = list_rows(beneath.rulebook, working.overlay, rules_above(working.team))
    odd = plain_misfits(misfits(beneath.rulebook, working.overlay))
    known = {row.rule_id for row in rows}
    return render_template(
        "console/rules.html",
        working=working,
        rows=_filled(keep_wanted(rows, wanted), working, odd),
        # Of rules that an update took away, so that they have no row.
        gone=[one for one in odd if one.part == "shipped" and one.item not in known],
        total=len(rows),
        wanted=wanted,
        states=SHORT_STATES,
        verdicts=RULE_VERDICTS,
        categories=category_titles(beneath.rulebook.policy),
    )


def _filled(rows: list[Row], working: Working, odd: list[Problem]) -> list[Row]:
    """Return the rows with their counts, their last changes, and where they no longer fit."""
    numbers = read_numbers(this_store(), working.team)
    changes = read_last_changes(this_store(), working.team, working.overlay)
    return [
        replace(
            row,
            numbers=numbers.get(row.rule_id, row.numbers),
            last_change=changes.get(row.rule_id, ""),
            notes=tuple(one.sentence for one in odd if one.item == row.id),
        )
        for row in rows
    ]


@console.route("/at/<team>/rules/new", methods=["GET", "POST"])
@allow(Role.MANAGER)
def add_rule() -> ResponseReturnValue:
    """Return the form for a new rule, filled from another with `?copy=` or a report; or save it."""
    working = read_working()
    if request.method == "POST":
        return _save(working, None)
    copied = working.overlay.rule(request.args.get("copy", ""))
    report = request.args.get("report", type=int)
    values = form_values(copied) if copied else values_from_report(report) if report else {}
    if copied:
        values |= {"name": f"{copied.name} (copy)", "state": State.DRAFT}
    return _show(working, RuleForm(data=values), None)


@console.route("/at/<team>/rule/<rule>", methods=["GET", "POST"])
@allow(Role.MANAGER)
def edit_rule(rule: str) -> ResponseReturnValue:
    """Return the form of an own rule with what is worth knowing of it; or save it."""
    working = read_working()
    own = working.overlay.rule(rule)
    if own is None:
        raise MissingRowError("There is no such rule: choose one from the list.")
    if request.method == "POST":
        return _save(working, own)
    form = RuleForm(data=form_values(own))
    form.tell(problems_of_rule(working.team, working.overlay, rule), as_notes=True)
    return _show(working, form, own)


def _save(working: Working, own: OwnRule | None) -> ResponseReturnValue:
    form = RuleForm(request.form)
    form.category.choices = category_titles(engine_beneath(working.team).rulebook.policy)
    taken = {each.id for each in working.overlay.rules} | {*taken_ids(this_store(), working.team)}
    id = own.id if own else new_id(form.name.data or "", taken)
    try:
        rule = read_rule(form.values(id))
        overlay = _with_rule(working.overlay, rule)
        problems = problems_of_rule(working.team, overlay, id)
        form.tell(problems, as_notes=not form.wants_to_hold)
        if not (form.wants_to_hold and blocks(problems)):
            save_working(working, overlay)
            return redirect(url_for("console.edit_rule", rule=id, saved=1), 303)
    except OverlayError as error:
        form.tell(error.problems)
    except StaleRevisionError as error:
        form.form_errors.append(str(error))
        form.is_conflict = True
    return _show(working, form, own), 400


def _with_rule(overlay: Overlay, rule: OwnRule) -> Overlay:
    """Return the overlay with `rule` in the place of the one with its id, or at the end."""
    if overlay.rule(rule.id) is None:
        return replace(overlay, rules=(*overlay.rules, rule))
    rules = tuple(rule if one.id == rule.id else one for one in overlay.rules)
    return replace(overlay, rules=rules)


def _show(working: Working, form: RuleForm, own: OwnRule | None) -> str:
    # With the team's own clauses, which the overlay that is worked on adds, words or retires.
    own_policy = Overlay(policy=working.overlay.policy)
    policy = with_overlays(engine_beneath(working.team), (own_policy,)).rulebook.policy
    form.category.choices = category_titles(policy)
    # What stands in the form of a clause that is gone, so that it can be taken out.
    unknown = [one for one in form.clauses.data or [] if one not in policy.ids]
    return render_template(
        "console/rule.html",
        working=working,
        form=form,
        own=own,
        yaml=write_rule(own) if own else "",
        policy=policy,
        sources=[one for one in policy.sources if one.status is Status.CURRENT],
        retired=retired_clauses(working.team, working.overlay),
        unknown=unknown,
        deleted=deleted_clauses(working.team) if unknown else {},
        saved_now=_saved_now(form, own) if form.is_conflict else {},
        is_saved="saved" in request.args,
    )


def _saved_now(form: RuleForm, own: OwnRule | None) -> dict[str, str]:
    """Return by their questions the answers that somebody else saved and that `form` changes."""
    values = form_values(own) if own else {}
    return {
        form[name].label.text: form.words_of(name, value)
        for name, value in values.items()
        if name != "clauses" and split_lines(value) != split_lines(form[name].data)
    }
