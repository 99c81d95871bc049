"""Reads one entry of an overlay, as its YAML or a form gives it: a rule, a change, a clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from checker.overlay.contents import (
    Accounts,
    Contact,
    CouncilClause,
    OwnRule,
    RuleChange,
    Scope,
    State,
)
from checker.overlay.fields import LONGEST_TEXT, Fields
from checker.overlay.phrases import PhraseError, read_phrase
from checker.overlay.problem import OverlayError
from checker.policy.document import TOPIC
from checker.rules.unless import EXCEPTIONS
from checker.strict_yaml import suggest
from checker.verdict import Category, Verdict

RULE = (
    "id", "name", "category", "verdict", "state", "account", "words", "near", "not_near", "scope",
    "message", "advice", "clauses", "examples",
)  # fmt: skip
CHANGE = ("rule", "made_for", "enabled", "verdict", "unless", "unless_words", "words", "words_for")
CLAUSE = ("number", "title", "text", "url")
CONTACT = ("name", "email", "phone", "hours")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 60
# Findings of the learned reader end so.
RESERVED = ("reader",)
# Two of each prove that a rule catches and that it forgives.
FEWEST_EXAMPLES = 2
EMAIL = re.compile(r"[^@\s?&#%]+@[^@\s?&#%]+\.[^@\s?&#%]+")
PHONE = re.compile(r"\+?[\d ()-]{3,30}")


def new_id(name: str, taken: Collection[str] = ()) -> str:
    """Return an id for a rule called `name` that is none of `taken`: "garden-project-2"."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    base = "-".join(words)[:LONGEST_ID].strip("-") or "rule"
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 4)))
    return next(id for id in candidates if id not in taken and id not in RESERVED)


def read_rule(values: Mapping[str, Any]) -> OwnRule:
    """Return the own rule that `values` describe, keyed as in YAML.

    Raises `OverlayError` with a problem for each field that is wrong.
    """
    if values.get("state") is True:
        # YAML reads "on" without quotes as true.
        values = {**values, "state": State.ON}
    id = values.get("id")
    fields = Fields("rules", id if isinstance(id, str) else "", values)
    fields.refuse_unknown(RULE)
    flag, ok = _examples(fields)
    rule = OwnRule(
        id=_id(fields),
        name=fields.line("name"),
        category=fields.choice("category", Category),
        verdict=_verdict(fields),
        words=_phrases(fields, "words", fewest=1),
        message=_message(fields),
        advice=_without_braces(fields, "advice"),
        clauses=fields.lines("clauses", fewest=1),
        flag=flag,
        ok=ok,
        near=_phrases(fields, "near"),
        not_near=_phrases(fields, "not_near"),
        scope=fields.choice("scope", Scope, Scope.SENTENCE),
        account=fields.choice("account", Accounts, Accounts.BOTH),
        state=fields.choice("state", State, State.DRAFT),
    )
    _raise(fields)
    return rule


def read_change(values: Mapping[str, Any]) -> RuleChange:
    """Return the change to a rule that `values` describe; errors as in `read_rule`."""
    rule = values.get("rule")
    fields = Fields("shipped", rule if isinstance(rule, str) else "", values)
    fields.refuse_unknown(CHANGE)
    for name in (unless := fields.lines("unless")):
        if name not in EXCEPTIONS:
            fields.fail("unless", f"There is no exception “{name}”: {suggest(name, EXCEPTIONS)}")
    change = RuleChange(
        rule=fields.line("rule"),
        made_for=fields.line("made_for"),
        enabled=fields.flag("enabled", default=True),
        verdict=_verdict(fields) if "verdict" in values else None,
        unless=unless,
        unless_words=_phrases(fields, "unless_words"),
        words=_phrases(fields, "words"),
        words_for=fields.line("words_for", needed=False),
    )
    if change.enabled and not (change.verdict or unless or change.unless_words or change.words):
        fields.fail("rule", "Nothing is changed here: say what, or leave the entry out.")
    _raise(fields)
    return change


def read_clause(topic: str, values: Mapping[str, Any]) -> CouncilClause:
    """Return the clause on `topic` that `values` describe; errors as in `read_rule`."""
    fields = Fields("policy", topic, values)
    fields.refuse_unknown(CLAUSE)
    if not TOPIC.fullmatch(topic):
        fields.fail("topic", "A topic is small letters, figures and dashes: like friend-requests.")
    clause = CouncilClause(
        topic=topic,
        number=fields.line("number"),
        title=fields.line("title"),
        text=fields.text("text"),
        url=fields.web_address("url"),
    )
    _raise(fields)
    return clause


def read_contact(fields: Fields) -> Contact:
    """Return the contact in `fields`, which notes what is wrong."""
    fields.refuse_unknown(CONTACT)
    contact = Contact(**{key: fields.line(key, needed=False) for key in CONTACT})
    if contact.email and not EMAIL.fullmatch(contact.email):
        fields.fail("email", "An e-mail address looks like name@example.org.")
    if contact.phone and not PHONE.fullmatch(contact.phone):
        fields.fail("phone", "A phone number is figures and spaces: like 01463 555 0100.")
    return contact


def _id(fields: Fields) -> str:
    id = fields.values.get("id")
    if not isinstance(id, str) or not ID.fullmatch(id) or len(id) > LONGEST_ID:
        fields.fail("id", "An id is small letters, figures and dashes: like garden-project.")
    if id in RESERVED:
        fields.fail("id", f"“{id}” means the learned reader: choose another id.")
    return str(id)


def _raise(fields: Fields) -> None:
    if fields.problems:
        raise OverlayError(fields.problems)


def _verdict(fields: Fields) -> Verdict:
    verdict = fields.choice("verdict", Verdict)
    if verdict is Verdict.OK and fields.values.get("verdict") == Verdict.OK:
        fields.fail("verdict", "A rule cannot find “ok”: choose review or stop.")
    return verdict


def _phrases(fields: Fields, key: str, *, fewest: int = 0) -> tuple[str, ...]:
    phrases = []
    for line in fields.lines(key, fewest=fewest, longest=LONGEST_TEXT):
        try:
            phrases.append(read_phrase(line))
        except PhraseError as error:
            fields.fail(key, str(error))
    return tuple(dict.fromkeys(phrases))


def _message(fields: Fields) -> str:
    message = fields.line("message")
    if "{" in (rest := message.replace("{words}", "")) or "}" in rest:
        fields.fail("message", "Only {words} may stand in braces: it becomes the words found.")
    return message


def _without_braces(fields: Fields, key: str) -> str:
    text = fields.line(key)
    if "{" in text or "}" in text:
        fields.fail(key, "This is shown as it stands: leave out the braces.")
    return text


def _examples(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    value = fields.values.get("examples") or {}
    if not isinstance(value, dict):
        fields.fail("examples", "Give examples under “flag” and under “pass”.")
        return (), ()
    inner = Fields(fields.part, f"{fields.item}.examples".strip("."), value)
    inner.refuse_unknown(("flag", "pass"))
    flag = inner.lines("flag", fewest=FEWEST_EXAMPLES, longest=LONGEST_TEXT)
    ok = inner.lines("pass", fewest=FEWEST_EXAMPLES, longest=LONGEST_TEXT)
    if set(flag) & set(ok):
        inner.fail("pass", "One example stands in both: it must either be flagged or pass.")
    fields.problems += inner.problems
    return flag, ok
