"""Reads the YAML text of an overlay strictly: every field that is wrong gets its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checker.draft import Account
from checker.errors import RulebookError
from checker.overlay.contents import (
    Contact,
    CouncilClause,
    CouncilPolicy,
    Local,
    Overlay,
    OwnRule,
    RuleChange,
)
from checker.overlay.entries import read_change, read_clause, read_contact, read_rule
from checker.overlay.fields import Fields
from checker.overlay.phrases import MOST_PATTERNS, PhraseError, patterns, read_name
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.strictness import LEAST, MOST
from checker.strict_yaml import parse_mapping

KEYS = ("rules", "shipped", "local", "policy", "thresholds", "contact")
LOCAL = ("services", "units", "streets", "staff", "events")
POLICY = ("title", "version", "url", "owner", "review_by", "clauses", "retired")
# All the streets of a city.
MOST_NAMES = 5_000
# A thousand rules fill less; nothing that people wrote by hand is longer.
LONGEST = 2_000_000


def read_overlay(text: str, name: str = "overlay") -> Overlay:
    """Return the overlay that the YAML `text` holds; "" and comments alone are an empty one.

    Raises `OverlayError` with a problem for each field that is wrong; `name` is what its message
    calls the text.
    """
    if len(text) > LONGEST:
        sentence = f"The text is longer than {LONGEST:,} characters: leave out what is not used."
        raise OverlayError([Problem("", "", "", sentence)], name)
    try:
        content = parse_mapping(name, f"{text}\n{{}}" if _is_blank(text) else text)
    except RulebookError as error:
        sentence = str(error).removeprefix(f"{name}: ")
        raise OverlayError([Problem("", "", "", sentence)], name) from None
    return read_values(content, name)


def read_values(content: Mapping[str, Any], name: str = "overlay") -> Overlay:
    """Return the overlay that plain values describe, keyed as in YAML; errors as `read_overlay`.

    A form that edits one part gives that part alone.
    """
    problems: list[Problem] = []
    overlay = _read(content, problems)
    if problems:
        raise OverlayError(problems, name)
    return overlay


def _is_blank(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    return all(not line or line.startswith("#") for line in lines)


def _read(content: Mapping[str, Any], problems: list[Problem]) -> Overlay:
    whole = Fields("", "", content)
    whole.refuse_unknown(KEYS)
    overlay = Overlay(
        rules=_rules(_entries(whole, "rules"), problems),
        changes=_changes(_entries(whole, "shipped"), problems),
        local=_local(_part(whole, "local"), problems),
        policy=_policy(_part(whole, "policy"), problems),
        strictness=_strictness(_part(whole, "thresholds"), problems),
        contact=_contact(_part(whole, "contact"), problems),
    )
    problems += whole.problems
    own = (words for one in overlay.rules for words in one.words + one.near + one.not_near)
    changed = (words for one in overlay.changes for words in one.words + one.unless_words)
    stars = patterns((*own, *changed))
    if len(stars) > MOST_PATTERNS:
        sentence = f"There are {len(stars):,} words with a *: keep to {MOST_PATTERNS:,}."
        problems.append(Problem("rules", "", "words", sentence))
    return overlay


def _has_odd_key(value: object) -> bool:
    """Tell whether a key is no text: YAML reads on, off, yes and no as true or false."""
    entries = value if isinstance(value, list) else [value]
    mappings = (one for one in entries if isinstance(one, dict))
    return any(not isinstance(key, str) for one in mappings for key in one)


def _shape(value: object, otherwise: str) -> str:
    return "A key here is not text: put it in quotes." if _has_odd_key(value) else otherwise


def _entries(whole: Fields, key: str) -> list[Mapping[str, Any]]:
    value = whole.values.get(key) or []
    if not isinstance(value, list) or not all(_is_mapping(one) for one in value):
        otherwise = "This must be a list of entries: a dash before the first key of each."
        whole.fail(key, _shape(value, otherwise))
        return []
    return value


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _part(whole: Fields, key: str) -> Fields:
    value = whole.values.get(key) or {}
    if not _is_mapping(value):
        otherwise = "This must hold lines like “key: …”: check the indentation."
        whole.fail(key, _shape(value, otherwise))
        value = {}
    return Fields(key, "", value)


def _rules(entries: Iterable[Mapping[str, Any]], problems: list[Problem]) -> tuple[OwnRule, ...]:
    rules = []
    for values in entries:
        try:
            rules.append(read_rule(values))
        except OverlayError as error:
            problems += error.problems
    problems += _doubled("rules", [rule.id for rule in rules])
    return tuple(rules)


def _changes(
    entries: Iterable[Mapping[str, Any]], problems: list[Problem]
) -> tuple[RuleChange, ...]:
    changes = []
    for values in entries:
        try:
            changes.append(read_change(values))
        except OverlayError as error:
            problems += error.problems
    problems += _doubled("shipped", [change.rule for change in changes])
    return tuple(changes)


def _doubled(part: str, ids: list[str]) -> list[Problem]:
    sentence = "This stands twice: keep one of the two, or give the other another id."
    return [Problem(part, id, "id", sentence) for id in dict.fromkeys(ids) if ids.count(id) > 1]


def _local(fields: Fields, problems: list[Problem]) -> Local:
    fields.refuse_unknown(LOCAL)
    names = {key: fields.lines(key, most=MOST_NAMES) for key in LOCAL}
    for key, lines in names.items():
        for line in lines:
            try:
                read_name(line)
            except PhraseError as error:
                fields.fail(key, str(error))
    problems += fields.problems
    return Local(**names)


def _policy(fields: Fields, problems: list[Problem]) -> CouncilPolicy:
    fields.refuse_unknown(POLICY)
    clauses: list[CouncilClause] = []
    for topic, values in _part(fields, "clauses").values.items():
        try:
            clauses.append(read_clause(topic, values if _is_mapping(values) else {}))
        except OverlayError as error:
            problems += error.problems
    policy = CouncilPolicy(
        title=fields.line("title", needed=False),
        version=fields.line("version", needed=False),
        url=fields.web_address("url"),
        owner=fields.line("owner", needed=False),
        review_by=fields.day("review_by"),
        clauses=tuple(clauses),
        retired=fields.lines("retired"),
    )
    problems += fields.problems
    return policy


def _strictness(fields: Fields, problems: list[Problem]) -> dict[Account, float]:
    fields.refuse_unknown(tuple(Account))
    chosen = {}
    for account in Account:
        value = fields.values.get(account)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            fields.fail(account, "This must be a number such as 1.5, without quotes.")
        elif not LEAST <= value <= MOST:
            fields.fail(account, f"Choose from {LEAST:g} (milder) to {MOST:g} (stricter).")
        else:
            chosen[account] = float(value)
    problems += fields.problems
    return chosen


def _contact(fields: Fields, problems: list[Problem]) -> Contact:
    contact = read_contact(fields)
    problems += fields.problems
    return contact
