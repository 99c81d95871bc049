"""The form for a manager's own rule: its fields, and its problems beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from wtforms import Field, Form, SelectMultipleField, StringField, TextAreaField

from checker.overlay.contents import Accounts, OwnRule, Scope, State
from checker.overlay.problem import Problem
from checker.verdict import Verdict
from webapp.console.choices import ChoiceField
from webapp.console.rule_words import ACCOUNTS, RULE_VERDICTS, SCOPES, STATES

# The fields that hold one phrase or example on each line.
LINES = ("words", "near", "not_near", "flag", "ok")
# Where a problem belongs that is called otherwise in the YAML.
BESIDE: Mapping[str, str] = MappingProxyType({"pass": "ok", "examples": "flag", "id": "name"})


class NotedForm(Form):
    """A form whose fields can have problems and, beside them, things worth knowing."""

    def __init__(self, *values: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        self.notes: dict[str, list[str]] = {}
        # Whether somebody else saved since the form was made.
        self.is_conflict = False

    def tell(self, problems: Iterable[Problem], *, as_notes: bool = False) -> None:
        """Put each problem beside its field; what does not block, or all `as_notes`, as a note."""
        for one in problems:
            name = BESIDE.get(one.key, one.key)
            if not one.blocks or as_notes:
                self.notes.setdefault(name, []).append(one.sentence)
            elif name in self:
                _add(self[name], self.sentence_beside(name, one))
            else:
                self.form_errors.append(one.sentence)

    def sentence_beside(self, name: str, problem: Problem) -> str:
        """Return what is said of `problem` beside the field `name`."""
        field = self[name]
        if isinstance(field, ChoiceField) and not field.is_known:
            return field.demand
        return problem.sentence


def _add(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class RuleForm(NotedForm):
    """A rule in plain words."""

    name = StringField("What is the rule called?")
    category = ChoiceField("What is it about?")
    verdict = ChoiceField("What should the author do?", RULE_VERDICTS, default=Verdict.REVIEW)
    account = ChoiceField("Which posts is it for?", ACCOUNTS, default=Accounts.BOTH)
    words = TextAreaField("Words or phrases to look for")
    near = TextAreaField("… only near one of these")
    not_near = TextAreaField("… and not near any of these")
    scope = ChoiceField("Where is “near”?", SCOPES, default=Scope.SENTENCE)
    message = StringField("What do you want to tell the author?")
    advice = StringField("What could they do instead?")
    clauses = SelectMultipleField("Which clauses does it rest on?", validate_choice=False)
    flag = TextAreaField("Examples that must be flagged")
    ok = TextAreaField("Examples that must pass")
    state = ChoiceField("How far is it?", STATES, default=State.DRAFT)

    @property
    def wants_to_hold(self) -> bool:
        """Tell whether the rule would look at posts, so that its examples have to be right."""
        return self.state.data in (State.ON, State.SHADOW)

    def words_of(self, name: str, value: str) -> str:
        """Return what a page calls `value` of the field `name`."""
        field = self[name]
        return field.choices.get(value, value) if isinstance(field, ChoiceField) else value

    def values(self, id: str) -> dict[str, Any]:
        """Return what was typed as the mapping that `read_rule` takes."""
        lines = {name: split_lines(self[name].data) for name in LINES}
        examples = {"flag": lines.pop("flag"), "pass": lines.pop("ok")}
        single = ("name", "category", "verdict", "account", "scope", "message", "advice", "state")
        typed = {name: self[name].data or "" for name in single}
        return {
            "id": id,
            **typed,
            **lines,
            "clauses": list(self.clauses.data or []),
            "examples": examples,
        }


def form_values(rule: OwnRule) -> dict[str, Any]:
    """Return a rule as the form's fields hold it."""
    lines = {name: "\n".join(getattr(rule, name)) for name in LINES}
    single = ("name", "category", "verdict", "account", "scope", "message", "advice", "state")
    return {
        **{name: str(getattr(rule, name)) for name in single},
        **lines,
        "clauses": list(rule.clauses),
    }


def split_lines(text: str | None) -> list[str]:
    """Return the lines of a field that are not empty."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
