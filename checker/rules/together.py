"""Which clues stand together as a rule asks, and the finding they amount to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from checker.clause import Clause
from checker.draft import Draft
from checker.evidence import Evidence, Item
from checker.finding import Finding, Kind, Mention, Span, Why
from checker.rules.rule import Need, Rule, Within
from checker.rules.unless import EXCEPTIONS

# "Near" is about a line on a phone.
NEAR = 12
# More spans than this on one card and the draft is a sea of yellow.
MOST_SPANS = 6
# So many places are tried for a rule, and so many neighbours at each: what a person may post holds
# fewer, and a draft that repeats one word 2,000 times took half a minute without a limit.
MOST_TRIED, NEIGHBOURS = 100, 16


def match(rule: Rule, evidence: Evidence) -> Iterator[tuple[Item, ...]]:
    """Yield the items that fill the rule's needs together, once per item of the first need."""
    pools: list[tuple[Item, ...]] = []
    for need in rule.needs:
        # Most rules miss their first need: nothing more is looked for then.
        if not (pool := _pool(need, evidence)):
            return
        pools.append(pool)
    barred = [_pool(need, evidence) for need in rule.without]
    for first in pools[0][:MOST_TRIED]:
        group = _fill(rule.within, evidence, first, pools[1:])
        if not group or any(_is_near(pool, rule.within, evidence, first) for pool in barred):
            continue
        if not _is_excepted(rule, evidence, group):
            yield group


def _pool(need: Need, evidence: Evidence) -> tuple[Item, ...]:
    """Return all items that fill a need, in the order of the text."""
    # Many rules ask for the same, and a preview applies two rulebooks that are nearly one.
    if (pool := evidence.pools.get(need)) is None:
        # A rulebook asks for every kind, a draft holds a few.
        kinds = {one.kind for one in need.alternatives} & evidence.by_kind.keys()
        items = evidence.by_kind[min(kinds)] if len(kinds) == 1 else evidence.items
        pool = tuple(item for item in items if need.accepts(item)) if kinds else ()
        evidence.pools[need] = pool
    return pool


def _fill(
    within: Within, evidence: Evidence, first: Item, pools: Sequence[tuple[Item, ...]]
) -> tuple[Item, ...]:
    """Return one item for each need in the scope of `first`, or () where one is missing."""
    group = [first]
    for pool in pools:
        fits = [
            item
            for item in _neighbours(pool, first)
            if _is_within(within, evidence, first, item) and not _is_used(item, group)
        ]
        if not fits:
            return ()
        group.append(min(fits, key=lambda item: abs(item.first - first.first)))
    return tuple(group)


def _neighbours(pool: tuple[Item, ...], first: Item) -> tuple[Item, ...]:
    """Return the items of `pool` that stand nearest to `first` on either side."""
    at = bisect_left(pool, first.first, key=lambda item: item.first)
    return pool[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]


def _is_near(pool: tuple[Item, ...], within: Within, evidence: Evidence, first: Item) -> bool:
    return any(_is_within(within, evidence, first, item) for item in _neighbours(pool, first))


def _is_used(item: Item, group: Sequence[Item]) -> bool:
    """Tell whether the same words already fill another need."""
    return any(
        item is other or (item.first, item.last) == (other.first, other.last) for other in group
    )


def _is_within(within: Within, evidence: Evidence, first: Item, item: Item) -> bool:
    if within is Within.DRAFT:
        return True
    if within is Within.NEAR:
        return max(item.first - first.last, first.first - item.last) <= NEAR
    return evidence.sentence(first) == evidence.sentence(item)


def _is_excepted(rule: Rule, evidence: Evidence, group: tuple[Item, ...]) -> bool:
    return any(EXCEPTIONS[name](evidence, group) for name in rule.unless)


def _is_harmless(rule: Rule, evidence: Evidence) -> bool:
    """Tell whether a rule that needs no words is excepted, or barred by some anywhere."""
    barred = any(_pool(need, evidence) for need in rule.without)
    return barred or _is_excepted(rule, evidence, ())


def _is_answered(rule: Rule, draft: Draft) -> bool:
    """Tell whether the author answered as the rule asks, where it asks."""
    photo = rule.photo is None or draft.photo is rule.photo
    return photo and (rule.permission is None or draft.permission is rule.permission)


def apply_rule(rule: Rule, evidence: Evidence, clauses: Mapping[str, Clause]) -> Finding | None:
    """Return what the rule finds in the draft, or None; equal phrases become one finding."""
    draft = evidence.reading.draft
    if draft.account not in rule.accounts or not _is_answered(rule, draft):
        return None
    groups = list(match(rule, evidence)) if rule.needs else [()]
    if not groups or (not rule.needs and _is_harmless(rule, evidence)):
        return None
    spans = {(span.start, span.end): span for group in groups for span in map(_span, group)}
    return Finding(
        rule=rule.id,
        category=rule.category,
        verdict=rule.verdict,
        message=_message(rule, groups[0]),
        advice=rule.advice,
        # The loader knows every name: one that is not here is a clause that a council retired.
        clauses=tuple(clauses[name] for name in rule.clauses if name in clauses),
        spans=tuple(spans[key] for key in sorted(spans))[:MOST_SPANS],
        why=Why(clues=tuple(dict.fromkeys(_reason(item) for group in groups for item in group))),
        certain=rule.certain,
    )


def _span(item: Item) -> Span:
    if isinstance(item, Mention):
        return Span(item.start, item.end, item.quote, Kind.PERSON, str(item.role))
    return Span(item.start, item.end, item.quote, item.kind, item.label)


def _reason(item: Item) -> str:
    """Return the clue in words: kind and label, or role with its reason."""
    if isinstance(item, Mention):
        return f"person:{item.role} ({item.because})"
    return f"{item.kind}:{item.label}"


def placeholders(needs: tuple[Need, ...]) -> frozenset[str]:
    """Return the placeholders that a message of a rule with these needs may use."""
    return frozenset(str(one.kind) for need in needs for one in need.alternatives)


def _message(rule: Rule, group: tuple[Item, ...]) -> str:
    """Fill the placeholders with the author's words; plain replacement, never `format`."""
    message = rule.message
    for item in group:
        kind = Kind.PERSON if isinstance(item, Mention) else item.kind
        message = message.replace(f"{{{kind}}}", item.quote, 1)
    return message
