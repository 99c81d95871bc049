"""The page of a rule that a team did not write: off, softer, harder, with exceptions or words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, SelectMultipleField, TextAreaField

from checker.engine import Checker
from checker.overlay.checking import check_overlay
from checker.overlay.contents import Overlay, RuleChange
from checker.overlay.entries import read_change
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.rules import fingerprint, takes_words
from checker.rules.rule import Rule
from webapp.console.blueprint import console
from webapp.console.called import tell_rule
from webapp.console.categories import category_titles
from webapp.console.choices import ChoiceField, demand_ticks
from webapp.console.common_words import common_words, fine_of
from webapp.console.engines import engine_beneath
from webapp.console.problems import plain_misfits
from webapp.console.rights import allow
from webapp.console.rule_form import NotedForm, split_lines
from webapp.console.rule_names import rules_above
from webapp.console.rule_words import EXCEPTION_WORDS, RULE_VERDICTS, tell_need
from webapp.console.working import Working, read_working, save_working
from webapp.store.errors import MissingRowError, StaleRevisionError
from webapp.store.tables import Role


class ChangeForm(NotedForm):
    """What is done to a rule; all of it empty leaves the rule as it came."""

    off = BooleanField("Switch this rule off")
    verdict = ChoiceField(
        "What should the author do?", {"": "As the rule says", **RULE_VERDICTS}, default=""
    )
    unless = SelectMultipleField("Let the post go as well for …", validate_choice=False)
    unless_words = TextAreaField("… or near one of these words")
    words = TextAreaField("Find these words too")
    words_for = ChoiceField("What do these words stand for?", default="")

    def values(self, rule: str, made_for: str) -> dict[str, Any]:
        """Return what was typed as the mapping that `read_change` takes; {} for no change."""
        words = split_lines(self.words.data)
        filled = {
            "enabled": False if self.off.data else None,
            "verdict": self.verdict.data,
            "unless": list(self.unless.data or []),
            "unless_words": split_lines(self.unless_words.data),
            "words": words,
            "words_for": self.words_for.data if words else "",
        }
        kept = {key: value for key, value in filled.items() if value not in (None, "", [])}
        return {"rule": rule, "made_for": made_for, **kept} if kept else {}

    def sentence_beside(self, name: str, problem: Problem) -> str:
        """Return what is said beside the field `name`; nothing names an exception but its box."""
        if name == "unless" and not set(self.unless.data or ()) <= set(EXCEPTION_WORDS):
            return demand_ticks(self.unless.label.text)
        return super().sentence_beside(name, problem)


@console.route("/at/<team>/shipped/<rule>", methods=["GET", "POST"])
@allow(Role.MANAGER)
def change_shipped(rule: str) -> ResponseReturnValue:
    """Return the page of a rule beneath the team's own; or save what is changed about it."""
    working = read_working()
    beneath = engine_beneath(working.team)
    found = beneath.rulebook.rule(rule)
    change = next((one for one in working.overlay.changes if one.rule == rule), None)
    if found is None and change is None:
        raise MissingRowError("There is no such rule: choose one from the list.")
    if request.method == "POST":
        return _save(working, beneath, rule, found)
    form = ChangeForm(data=_form_values(change))
    if change:
        form.tell(_problems(beneath, working.overlay, rule), as_notes=True)
    return _show(working, beneath, form, rule)


def _save(working: Working, beneath: Checker, id: str, rule: Rule | None) -> ResponseReturnValue:
    form = ChangeForm(request.form)
    values = form.values(id, fingerprint(rule)) if rule else {}
    try:
        change = read_change(values) if values else None
        overlay = _with_change(working.overlay, id, change)
        # Such a problem leaves an entry that does nothing, or not what was meant.
        problems = [
            replace(one, blocks=True)
            for one in _problems(beneath, overlay, id)
            if one.key != "rule"
        ]
        form.tell(problems)
        if not form.errors:
            save_working(working, overlay)
            return (
                redirect(url_for("console.change_shipped", rule=id, saved=1), 303)
                if (rule)
                else redirect(url_for("console.list_rules"), 303)
            )
    except OverlayError as error:
        form.tell(error.problems)
    except StaleRevisionError as error:
        form.form_errors.append(str(error))
        form.is_conflict = True
    return _show(working, beneath, form, id), 400


def _problems(beneath: Checker, overlay: Overlay, id: str) -> list[Problem]:
    # Rules of the team's own have nothing to do with it, and their examples take a while.
    alone = replace(
        overlay, rules=(), changes=tuple(one for one in overlay.changes if one.rule == id)
    )
    return [
        *plain_misfits(one for one in check_overlay(beneath, alone) if one.part == "shipped"),
        *common_words(alone, fine_of(current_app)),
    ]


def _with_change(overlay: Overlay, id: str, change: RuleChange | None) -> Overlay:
    """Return the overlay with `change` in the place of the one of the rule `id`; None for none."""
    kept = [one for one in overlay.changes if one.rule != id]
    return replace(overlay, changes=(*kept, *([change] if change else [])))


def _form_values(change: RuleChange | None) -> dict[str, Any]:
    if change is None:
        return {}
    return {
        "off": not change.enabled,
        "verdict": str(change.verdict or ""),
        "unless": list(change.unless),
        "unless_words": "\n".join(change.unless_words),
        "words": "\n".join(change.words),
        "words_for": change.words_for,
    }


def _show(working: Working, beneath: Checker, form: ChangeForm, id: str) -> str:
    rule, policy = beneath.rulebook.rule(id), beneath.rulebook.policy
    needs = {need.text: tell_need(need) for need in rule.needs if takes_words(need)} if rule else {}
    if len(needs) > 1:
        form.words_for.choices = {"": "Choose one", **needs}
    written = rules_above(working.team).get(id)
    return render_template(
        "console/shipped.html",
        working=working,
        form=form,
        id=id,
        name=written.name if written else id,
        told=tell_rule(rule.message) if rule and not written else "",
        written=written,
        rule=rule,
        needs=[(need.text, tell_need(need)) for need in rule.needs] if rule else [],
        saved_now=_saved_now(working, form, id) if form.is_conflict else {},
        category=category_titles(policy)[rule.category] if rule else "",
        clauses=[policy.clause(one) for one in rule.clauses] if rule else [],
        policy=policy,
        verdicts=RULE_VERDICTS,
        exceptions=EXCEPTION_WORDS,
        offered={
            name: words
            for name, words in EXCEPTION_WORDS.items()
            if rule is None or name not in rule.unless
        },
        is_saved="saved" in request.args,
    )


def _saved_now(working: Working, form: ChangeForm, id: str) -> dict[str, str]:
    """Return by their questions the answers that somebody else saved and that `form` changes."""
    change = next((one for one in working.overlay.changes if one.rule == id), None)
    saved = ChangeForm(data=_form_values(change))
    saved.words_for.choices = form.words_for.choices
    now = {one.name: _told(one) for one in saved}
    return {one.label.text: now[one.name] for one in form if _told(one) != now[one.name]}


def _told(field: Field) -> str:
    """Return an answer as the page words it, "" for none."""
    if isinstance(field, BooleanField):
        return "Yes" if field.data else ""
    if isinstance(field, ChoiceField):
        return field.choices.get(field.data, field.data) if field.data else ""
    if isinstance(field, SelectMultipleField):
        return "\n".join(EXCEPTION_WORDS.get(one, one) for one in field.data or ())
    return "\n".join(split_lines(field.data))
