"""The list of rules: own and shipped ones as rows, with counts, last changes and filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from checker.overlay.contents import Overlay, OwnRule, State
from checker.overlay.document import read_overlay
from checker.overlay.written import change_values, rule_values
from checker.rulebook import Rulebook
from checker.rules.rule import Rule
from webapp.console.called import tell_rule
from webapp.interval import wilson
from webapp.store.counts import FEWEST_SHOWN, read_totals
from webapp.store.database import Store
from webapp.store.managers import get_manager
from webapp.store.overlays import history, read_working
from webapp.store.queue_tables import Counted
from webapp.store.tables import Team

# Days that are counted, and versions that are searched for the last change.
DAYS, VERSIONS = 90, 20
NOTHING: Mapping[str, OwnRule] = MappingProxyType({})
FILTERS = ("find", "state", "category", "verdict", "kind")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How often a rule held and was dismissed; None where it is too few to be shown."""

    hits: int | None = None
    dismissals: int | None = None

    @property
    def confirmed(self) -> str:
        """Return the share that was not dismissed, with its interval; "" where nobody can say."""
        if self.hits is None:
            return ""
        if self.dismissals is None:
            return f"at least {max(0, self.hits - FEWEST_SHOWN + 1) / self.hits:.0%}"
        kept = max(0, self.hits - self.dismissals)
        low, high = wilson(kept, self.hits)
        return f"{kept / self.hits:.0%} ({low:.0%} to {high:.0%})"


@dataclass(frozen=True, slots=True)
class Row:
    """A rule as the list shows it. `id` is the one in its address, `rule_id` that in reports.

    `told` is what a rule says whose name is no more than its id.
    """

    id: str
    rule_id: str
    name: str
    is_own: bool
    category: str
    verdict: str
    state: str
    is_changed: bool = False
    numbers: Numbers = Numbers()
    last_change: str = ""
    notes: tuple[str, ...] = ()
    said: str = ""
    told: str = ""


def list_rows(
    rulebook: Rulebook, overlay: Overlay, above: Mapping[str, OwnRule] = NOTHING
) -> list[Row]:
    """Return the own rules of `overlay`, then the rules of `rulebook`, which lies beneath.

    `above` are those of them that managers wrote, by their ids in reports.
    """
    changed = {change.rule: change for change in overlay.changes}
    own = [_own_row(rule) for rule in overlay.rules]
    rows = [_row(rule, State.ON, above.get(rule.id)) for rule in rulebook.rules]
    rows += [_row(rule, State.SHADOW, above.get(rule.id)) for rule in rulebook.shadow]
    for at, row in enumerate(rows):
        if change := changed.get(row.rule_id):
            rows[at] = replace(
                row,
                is_changed=True,
                verdict=str(change.verdict or row.verdict),
                state=row.state if change.enabled else "off",
            )
    return own + rows


def _own_row(rule: OwnRule) -> Row:
    category, verdict = str(rule.category), str(rule.verdict)
    said = " ".join((rule.message, *rule.words))
    state = str(rule.state)
    return Row(rule.id, rule.rule_id, rule.name, True, category, verdict, state, said=said)


def _row(rule: Rule, holds: State, written: OwnRule | None) -> Row:
    """Return the row of a rule beneath: a shipped one, or one `written` by the council."""
    state = str(holds) if rule.enabled else "off"
    category, verdict = str(rule.category), str(rule.verdict)
    told = "" if written else tell_rule(rule.message)
    said = " ".join((written.message, *written.words)) if written else rule.message
    name = written.name if written else rule.id
    return Row(rule.id, rule.id, name, False, category, verdict, state, said=said, told=told)


def keep_wanted(rows: Iterable[Row], wanted: Mapping[str, str]) -> list[Row]:
    """Return the rows that fit the filters in `wanted`; what is empty or unknown keeps all."""
    words = wanted.get("find", "").casefold().split()
    return [row for row in rows if _fits(row, wanted, words)]


def _fits(row: Row, wanted: Mapping[str, str], words: Sequence[str]) -> bool:
    text = f"{row.name} {row.rule_id} {row.said}".casefold()
    kinds = {"own": row.is_own, "shipped": not row.is_own, "changed": row.is_changed}
    return (
        all(word in text for word in words)
        and wanted.get("state") in (None, "", row.state)
        and wanted.get("category") in (None, "", row.category)
        and wanted.get("verdict") in (None, "", row.verdict)
        and kinds.get(wanted.get("kind", ""), True)
    )


def read_numbers(store: Store, team: Team) -> dict[str, Numbers]:
    """Return the counts of each rule of `team` in the last three months, by its id in reports."""
    until = store.clock().date()
    since = until - dt.timedelta(days=DAYS)
    hits, dismissals = (
        {one.name: one.number for one in read_totals(store, kind, since, until, team_id=team.id)}
        for kind in (Counted.FINDING, Counted.DISMISSAL)
    )
    return {id: Numbers(number, dismissals.get(id)) for id, number in hits.items()}


def read_last_changes(store: Store, team: Team, overlay: Overlay) -> dict[str, str]:
    """Return when and by whom each rule was changed last, by its id; `overlay` is worked on."""
    versions = history(store, team.id)[:VERSIONS]
    texts = [_entries(read_overlay(one.yaml)) for one in versions]
    said: dict[str, str] = {}
    newer = _entries(overlay)
    saved_by = read_working(store, team.id).saved_by
    by = f"; last saved by {get_manager(store, saved_by).name}" if saved_by else ""
    for id in _different(newer, texts[0] if texts else {}):
        said[id] = f"Not published yet{by}"
    for at, version in enumerate(versions):
        older = texts[at + 1] if at + 1 < len(texts) else {}
        day = f"{version.created:%-d %B %Y}"
        for id in _different(texts[at], older):
            said.setdefault(id, f"{day}, {get_manager(store, version.author_id).name}")
    return said


def _entries(overlay: Overlay) -> dict[str, dict[str, Any]]:
    own = {rule.rule_id: rule_values(rule) for rule in overlay.rules}
    return own | {change.rule: change_values(change) for change in overlay.changes}


def _different(new: Mapping[str, object], old: Mapping[str, object]) -> Iterator[str]:
    return (id for id in {**new, **old} if new.get(id) != old.get(id))
