"""Reads rule files strictly: whatever is not understood is an error that names the remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from checker.draft import Account, Permission, Photo
from checker.errors import RulebookError
from checker.finding import Kind, Role
from checker.lexicons import did_you_mean
from checker.policy.concerns import FIRST
from checker.rules.rule import Alternative, Need, Rule, Within
from checker.rules.together import placeholders
from checker.rules.unless import EXCEPTIONS
from checker.strict_yaml import as_mapping, read_mapping, read_text, read_texts, yaml_files
from checker.verdict import Category, Verdict

FOLDER = Path(__file__).parent / "data"
FILE_KEYS = ("category", "rules")
REQUIRED = ("id", "verdict", "clauses", "needs", "message", "advice", "examples")
OPTIONAL = ("within", "unless", "without", "accounts", "photo", "permission", "certain", "enabled")
# Two of each prove that a rule catches and that it forgives.
FEWEST_EXAMPLES = 2
ID = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{([^}]*)\}")
NEED = re.compile(r"([a-z]+)(?::([a-z./-]+))?(\+named|\+unnamed|\+introduced)?(\?)?")


def load_rules(
    clauses: Collection[str], labels: Collection[str], folder: Path = FOLDER
) -> tuple[Rule, ...]:
    """Return the rules in `folder`, by file and then in the order of the file.

    `clauses` and `labels` are the clause ids and clue labels that exist. Raises `RulebookError`
    naming file, rule, key and remedy.
    """
    rules: dict[str, Rule] = {}
    for path in yaml_files(folder):
        for rule in _load_file(path, clauses, labels):
            if rule.id in rules:
                raise RulebookError(f"{path.name}: {rule.id}: this id is used twice: rename one")
            rules[rule.id] = rule
    return tuple(rules.values())


def _load_file(path: Path, clauses: Collection[str], labels: Collection[str]) -> list[Rule]:
    content = read_mapping(path)
    _refuse_unknown(path.name, content, FILE_KEYS)
    if not isinstance(content.get("rules"), list):
        raise RulebookError(f"{path.name}: the key “rules” must hold a list of rules: add it")
    category = _member(path.name, "category", content.get("category"), Category)
    return [
        parse_rule(path.name, category, as_mapping(f"{path.name}: rules", values), clauses, labels)
        for values in content["rules"]
    ]


def parse_rule(
    file: str,
    category: Category,
    values: Mapping[str, Any],
    clauses: Collection[str],
    labels: Collection[str],
) -> Rule:
    """Return the rule that `values` describe; raises `RulebookError` for anything wrong."""
    where = f"{file}: {values.get('id', 'a rule without an id')}"
    _check_keys(where, values)
    _check_id(where, values["id"], category)
    needs = _needs(where, "needs", values, labels)
    if not needs and "photo" not in values:
        raise RulebookError(f"{where}: needs: give at least one, or the key “photo”")
    flag, ok = _examples(where, values["examples"])
    return Rule(
        id=values["id"],
        category=category,
        verdict=_verdict(where, values["verdict"]),
        clauses=_clauses(where, values, clauses),
        needs=needs,
        message=_message(where, read_text(where, values, "message"), needs),
        advice=_advice(where, read_text(where, values, "advice")),
        flag=flag,
        ok=ok,
        **_optional(where, values, labels),
    )


def _check_keys(where: str, values: Mapping[str, Any]) -> None:
    _refuse_unknown(where, values, REQUIRED + OPTIONAL)
    for key in REQUIRED:
        if key not in values:
            raise RulebookError(f"{where}: the key “{key}” is missing: add it")


def _check_id(where: str, id: object, category: Category) -> None:
    if not ID.fullmatch(str(id)) or not str(id).startswith(f"{category}."):
        raise RulebookError(
            f"{where}: the id must begin with “{category}.” and go on in small letters and dashes"
        )


def _optional(where: str, values: Mapping[str, Any], labels: Collection[str]) -> dict[str, Any]:
    values = {"unless": [], "without": [], "accounts": list(Account), **values}
    for name in read_texts(where, values, "unless"):
        if name not in EXCEPTIONS:
            hint = did_you_mean(name, tuple(EXCEPTIONS))
            raise RulebookError(f"{where}: unknown exception “{name}”{hint}")
    if not values["accounts"]:
        raise RulebookError(f"{where}: accounts: give at least one, or leave the key out")
    photo, permission = values.get("photo"), values.get("permission")
    return {
        "within": _member(where, "within", values.get("within", "sentence"), Within),
        "unless": read_texts(where, values, "unless"),
        "without": _needs(where, "without", values, labels),
        "accounts": frozenset(
            _member(where, "accounts", name, Account)
            for name in read_texts(where, values, "accounts")
        ),
        "photo": _member(where, "photo", photo, Photo) if photo else None,
        "permission": _member(where, "permission", permission, Permission) if permission else None,
        "certain": _flag(where, "certain", values.get("certain", False)),
        "enabled": _flag(where, "enabled", values.get("enabled", True)),
    }


def _flag(where: str, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise RulebookError(f"{where}: {key}: “{value}” must be true or false")
    return value


def _refuse_unknown(where: str, values: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in values:
        if key not in known:
            raise RulebookError(f"{where}: unknown key “{key}”{did_you_mean(str(key), known)}")


def _member(where: str, key: str, value: object, kind: Any) -> Any:
    if value not in tuple(kind):
        hint = did_you_mean(str(value), tuple(kind))
        raise RulebookError(f"{where}: {key}: unknown value “{value}”{hint}")
    return kind(value)


def _verdict(where: str, value: object) -> Verdict:
    verdict: Verdict = _member(where, "verdict", value, Verdict)
    if verdict is Verdict.OK:
        raise RulebookError(f"{where}: verdict: a rule cannot find “ok”: use review or stop")
    return verdict


def _clauses(where: str, values: Mapping[str, Any], known: Collection[str]) -> tuple[str, ...]:
    clauses = read_texts(where, values, "clauses")
    if not clauses:
        raise RulebookError(f"{where}: clauses: give at least one, the suitability clause first")
    for clause in clauses:
        if clause not in known:
            hint = did_you_mean(clause, tuple(known))
            raise RulebookError(f"{where}: unknown clause “{clause}”{hint}")
    if clauses[0] != FIRST:
        raise RulebookError(f"{where}: clauses: “{FIRST}” must come first")
    if len(set(clauses)) < len(clauses):
        raise RulebookError(f"{where}: clauses: one stands twice: keep one of the two")
    return clauses


def _needs(
    where: str, key: str, values: Mapping[str, Any], labels: Collection[str]
) -> tuple[Need, ...]:
    return tuple(
        Need(
            text, tuple(_alternative(where, key, part.strip(), labels) for part in text.split("|"))
        )
        for text in read_texts(where, values, key)
    )


def _alternative(where: str, key: str, text: str, labels: Collection[str]) -> Alternative:
    found = NEED.fullmatch(text)
    if not found:
        raise RulebookError(f"{where}: {key}: “{text}” must be kind or kind:label")
    kind = _member(where, key, found[1], Kind)
    label = found[2] or ""
    known = tuple(Role) if kind is Kind.PERSON else tuple(_with_topics(labels))
    for part in label.split("/") if label else ():
        if part not in known:
            raise RulebookError(
                f"{where}: {key}: unknown label “{part}”{did_you_mean(part, known)}"
            )
    if kind is Kind.PERSON and not label:
        raise RulebookError(f"{where}: {key}: person needs a role: write person:supported")
    if kind is Kind.PERSON and found[4]:
        raise RulebookError(f"{where}: {key}: “{text}”: no person is weak: drop the “?”")
    if kind is not Kind.PERSON and found[3]:
        raise RulebookError(f"{where}: {key}: “{text}”: only a person is named or unnamed")
    named = {"+named": True, "+unnamed": False, "+introduced": True}.get(found[3] or "")
    introduced = found[3] == "+introduced"
    return Alternative(kind, label, weak=bool(found[4]), named=named, introduced=introduced)


def _with_topics(labels: Collection[str]) -> set[str]:
    return set(labels) | {label.partition(".")[0] for label in labels}


def _advice(where: str, advice: str) -> str:
    if "{" in advice or "}" in advice:
        raise RulebookError(f"{where}: advice: it is shown as it stands: leave out the braces")
    return advice


def _message(where: str, message: str, needs: tuple[Need, ...]) -> str:
    allowed = tuple(placeholders(needs))
    for name in PLACEHOLDER.findall(message):
        if name not in allowed:
            raise RulebookError(
                f"{where}: message: unknown placeholder “{{{name}}}”{did_you_mean(name, allowed)}"
            )
    if "{" in (rest := PLACEHOLDER.sub("", message)) or "}" in rest:
        raise RulebookError(f"{where}: message: a brace has no partner: write {{kind}} or none")
    return message


def _examples(where: str, value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    examples = as_mapping(f"{where}: examples", value)
    _refuse_unknown(where, examples, ("flag", "pass"))
    for key in ("flag", "pass"):
        if len(read_texts(where, {key: [], **examples}, key)) < FEWEST_EXAMPLES:
            raise RulebookError(f"{where}: examples: give at least two under “{key}”")
    flag, ok = read_texts(where, examples, "flag"), read_texts(where, examples, "pass")
    for text in flag:
        if text in ok:
            raise RulebookError(f"{where}: examples: “{text}” must not both flag and pass")
    return flag, ok
