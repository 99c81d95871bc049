"""How two overlays differ, in sentences for a history that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.draft import Account
from checker.overlay.contents import Overlay, RuleChange
from checker.overlay.written import (
    overlay_values,
    policy_values,
    rule_values,
)
from checker.preview.curve import nearest_step
from checker.words import VERDICTS

# Longer texts are said to be reworded; the page shows them side by side.
LONGEST = 60
AS_IT_COMES = "as it comes"
# What is meant where a key is left out.
USUAL: Mapping[str, Any] = {"answer": AS_IT_COMES, "switch": "on"}
ACCOUNTS: Mapping[Account, str] = {
    Account.PERSONAL: "somebody’s own account",
    Account.SERVICE: "the service’s account",
}

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Called:
    """What people call what an overlay knows by ids; an id that is not here stands as it is.

    `rules` are shipped ones by id, `needs` what those ask for by its own spelling, and `values`
    those of a field by the field's name.
    """

    rules: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)

    def rule(self, id: str) -> str:
        """Return a shipped rule by what it says, with its id."""
        return f"rule “{self.rules[id]}” ({id})" if id in self.rules else id

    def value(self, name: str, value: Any) -> Any:
        """Return a value of the field `name`, or each of a list of them."""
        words = self.values.get(name, {})
        if isinstance(value, list):
            return [words.get(one, one) for one in value]
        return words.get(value, value) if isinstance(value, str) else value


def differences(old: Overlay, new: Overlay, called: Called | None = None) -> tuple[str, ...]:
    """Return what `new` changes of `old`, a sentence for each entry; () where they are equal."""
    before, after = (_entries(one, called or Called()) for one in (old, new))
    # A rule as it comes is there all the time.
    for one, other in ((before, after), (after, before)):
        one.update({key: (other[key][0], {}) for key in other if _is_missing(key, one)})
    return tuple(
        sentence
        for key in dict.fromkeys((*before, *after))
        if (sentence := _sentence(before.get(key), after.get(key)))
    )


def _entries(overlay: Overlay, called: Called) -> dict[str, tuple[str, Values]]:
    """Return the entries of an overlay: what each is called, and its fields."""
    values = overlay_values(overlay)
    policy = policy_values(overlay.policy)
    clauses = policy.pop("clauses", {})
    entries: dict[str, tuple[str, Values]] = {
        **{f"rule {own.id}": (f"Rule “{own.name}”", rule_values(own)) for own in overlay.rules},
        **{
            f"shipped {change.rule}": (
                f"Change of {called.rule(change.rule)}",
                _told_change(change, called),
            )
            for change in overlay.changes
        },
        "local": ("Local names", values.get("local", {})),
        "policy": ("Policy", policy),
        **{
            f"clause {topic}": (f"Clause “{clause['title']}”", clause)
            for topic, clause in clauses.items()
        },
        "thresholds": ("Strictness", _told_steps(overlay)),
        "contact": ("Contact", values.get("contact", {})),
    }
    return {key: (name, _spoken(fields, called)) for key, (name, fields) in entries.items()}


def _spoken(fields: Values, called: Called) -> Values:
    return {name: called.value(name, value) for name, value in fields.items()}


def _is_missing(key: str, entries: Mapping[str, object]) -> bool:
    return key.startswith("shipped ") and key not in entries


def _told_change(change: RuleChange, called: Called) -> Values:
    """Return what a change of a shipped rule does, by what its page calls it."""
    need = called.needs.get(change.words_for, change.words_for)
    return {
        **({} if change.enabled else {"switch": "off"}),
        **({"answer": VERDICTS[change.verdict].heading} if change.verdict else {}),
        "exceptions": list(change.unless),
        "let go near": list(change.unless_words),
        f"words for {need}" if need else "words": list(change.words),
    }


def _told_steps(overlay: Overlay) -> Values:
    """Return the strictness by the steps of its page; "" where an account has none of its own."""
    return {
        words: f"step {nearest_step(overlay.strictness[account])}"
        if account in overlay.strictness
        else AS_IT_COMES
        for account, words in ACCOUNTS.items()
    }


def _sentence(old: tuple[str, Values] | None, new: tuple[str, Values] | None) -> str:
    if old is None and new is not None:
        return f"{new[0]}: added."
    if new is None or old is None:
        return f"{old[0]}: taken out." if old else ""
    parts = list(_fields(old[1], new[1]))
    return f"{new[0]}: {'; '.join(parts)}." if parts else ""


def _fields(old: Values, new: Values) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        before, after = (side.get(key, USUAL.get(key, "")) for side in (old, new))
        name = key.replace("_", " ")
        if isinstance(before, dict) or isinstance(after, dict):
            inner = _fields(before or {}, after or {})
            yield from (f"{name} to {one}" for one in inner)
        elif isinstance(before, list) or isinstance(after, list):
            yield from _lists(name, list(before or []), list(after or []))
        elif before != after:
            yield f"{name} {_texts(before, after)}"


def _lists(name: str, before: list[str], after: list[str]) -> Iterator[str]:
    added = [f"“{one}”" for one in after if one not in before]
    gone = [f"“{one}”" for one in before if one not in after]
    if added:
        yield f"{name} with {', '.join(added)}"
    if gone:
        yield f"{name} without {', '.join(gone)}"


def _texts(before: object, after: object) -> str:
    shown = [f"“{one}”" if one != "" else "nothing" for one in (before, after)]
    if any(len(one) > LONGEST for one in shown):
        return "reworded"
    return f"from {shown[0]} to {shown[1]}"
