"""Whom a wording makes nobody in particular, and who of them are told of in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.finding import THROUGH_WORK, Kind, Mention, Role, Span
from checker.safer.change import Edit
from checker.safer.forms import AT_WORK, OPEN, OWN
from checker.safer.phrases import has_noun, is_noun_phrase, widen
from checker.safer.source import Source, Word

PRONOUNS = frozenset(
    "i me we us you he him she her hers it they them his theirs someone somebody everyone people "
    "himself herself themselves hisself folk anyone nobody".split()
)
# The reader may take these for somebody.
NOBODY = frozenset("shift shifts day days night nights week morning run unit oz sea".split())
# Many at once, whom no reader can tell apart: "our walking group".
CROWDS = frozenset(
    "group club class crew choir team squad unit house families parents folk caseload list rota "
    "books table run runs".split()
)
PARTICULAR = frozenset(
    "my ma mah our oor his her their the these those two three four five six seven eight nine ten "
    "both all some 2 3 4 5 6".split()
)
SAID = ("VBD", "VBZ", "MD")
BETWEEN_NAMES = re.compile(r"\s*(?:,\s*and|,|&|\+|and|n|an|'n')\s*|\s+", re.I)
LISTED = re.compile(r"\s*(?:,\s*and|,|&|\+|\band)\s*", re.I)
BESIDE = re.compile(r"[ ,]+")
OF = re.compile(r"['’]?s['’]?\s+", re.I)
AND = re.compile(r"\b(?:and|n|an)\b|&|\+", re.I)


@dataclass(frozen=True, slots=True)
class Target:
    """A person, or several, at `start` to `end`; `owned` where they are somebody's family."""

    start: int
    end: int
    named: bool
    family: bool
    several: bool = False
    owned: bool = False


def find_targets(source: Source, spans: Sequence[Span], gone: Sequence[Edit]) -> list[Target]:
    """Return the people among `spans` and those met through work, the whole phrase of each.

    Nobody is looked at inside the edits of `gone`; people in one list are one target.
    """
    targets = [
        one
        for one in _targets(source, spans)
        if not any(edit.start <= one.start and one.end <= edit.end for edit in gone)
    ]
    spots = [(one.start, one.end) for one in spans]
    wide = []
    for one in targets:
        start, end = widen(source, one.start, one.end, spots)
        wide.append(replace(one, start=start, end=end))
    return _grouped(source.text, wide)


def _targets(source: Source, spans: Sequence[Span]) -> list[Target]:
    marked = [_without_verb(source, one) for one in spans if one.kind is Kind.PERSON]
    found = [_target(one) for one in source.mentions if _is_met(one, marked)]
    found += [
        Target(one.start, one.end, named=False, family=False)
        for one in marked
        if is_noun_phrase(source, one) and has_noun(source, one) and _means_somebody(source, one)
    ]
    found = [one for one in found if _may_be_somebody(source, one)]
    return sorted(_with_listed(source, found), key=lambda one: (one.start, -one.end))


def _without_verb(source: Source, span: Span) -> Span:
    """Cut what is said of a marked person: "The oldest man in Crail is 102", "Ada turned 90"."""
    words = source.within(span.start, span.end)
    said = next(
        (one for one in words[1:] if one.tag in SAID and not _is_told(source, span, one)), None
    )
    if said is None or not is_noun_phrase(source, span):
        return span
    end = span.start + len(source.text[span.start : said.start].rstrip())
    return replace(span, end=end, quote=source.text[span.start : end])


def _is_told(source: Source, span: Span, verb: Word) -> bool:
    """Tell whether a verb belongs to a "who …" or "I …" that says which person is meant."""
    before = source.within(span.start, verb.start)
    return any(one.tag in ("WP", "WDT", "PRP") for one in before[-3:])


def _may_be_somebody(source: Source, one: Target) -> bool:
    """Tell whether a target is no pronoun, no "shift", and not only an "in" or a "the"."""
    words = source.within(one.start, one.end)
    tags = {word.tag for word in words}
    lower = source.text[one.start : one.end].lower()
    if not one.named and lower.split()[-1] in CROWDS:
        return False
    # "weans at a fair", "ony minders": nobody in particular already.
    if not one.named and words and words[-1].tag == "NNS" and words[0].lower not in PARTICULAR:
        return False
    return lower not in PRONOUNS | NOBODY and not (words and tags <= {"IN", "DT", "CC", "TO", "RB"})


def _target(mention: Mention) -> Target:
    is_family = mention.role is Role.FAMILY_OF_SUPPORTED
    return Target(mention.start, mention.end, mention.named, is_family)


def _is_met(mention: Mention, marked: Sequence[Span]) -> bool:
    is_marked = any(one.start < mention.end and mention.start < one.end for one in marked)
    if mention.role in THROUGH_WORK:
        return mention.named or is_marked
    return mention.role in OPEN and is_marked


def _means_somebody(source: Source, span: Span) -> bool:
    """Tell whether a marked person is nobody's of the author's own, and more than a colleague."""
    touched = [one for one in source.mentions if one.start < span.end and span.start < one.end]
    inside = all(span.start <= one.start and one.end <= span.end for one in touched)
    longer = any(one.end - one.start < span.end - span.start for one in touched)
    if any(one.role in OWN for one in touched):
        return False
    if any(one.role in AT_WORK for one in touched):
        return inside and longer
    return True


def _with_listed(source: Source, found: Sequence[Target]) -> list[Target]:
    """Add who is told of in one breath: "Ari, Kim and Jo", "our new tenant, Samantha"."""
    listed = [*found, *_same_names(source, found)]
    for one in source.mentions:
        named = one.named and one.role in (*AT_WORK, *OPEN)
        noun = not one.named and one.role in THROUGH_WORK
        shape = LISTED if named else BESIDE
        beside = (
            source.text[min(one.end, other.end) : max(one.start, other.start)]
            for other in found
            if other.named
        )
        if (named or noun) and any(shape.fullmatch(between) for between in beside):
            listed.append(_target(one))
    return listed


def _same_names(source: Source, found: Sequence[Target]) -> list[Target]:
    """Return the other mentions of who is named in `found`, whatever role the reader saw there."""
    names = {source.text[one.start : one.end].lower() for one in found if one.named}
    return [
        _target(one)
        for one in source.mentions
        if one.named and source.text[one.start : one.end].lower() in names
    ]


def _grouped(text: str, targets: Iterable[Target]) -> list[Target]:
    """Join people who are told in one breath: "our resident Nettie", "Ari, Kim and Jo"."""
    grouped: list[Target] = []
    for one in targets:
        last = grouped[-1] if grouped else None
        between = text[last.end : one.start] if last else ""
        if last and one.start <= last.end:
            end = max(last.end, one.end)
            grouped[-1] = replace(last, end=end, family=last.family or one.family)
        elif last and (one.family or not one.named) and OF.fullmatch(between):
            grouped[-1] = replace(last, end=one.end, family=True, owned=True)
        elif last and last.family == one.family and BETWEEN_NAMES.fullmatch(between):
            listed = AND.search(between) is not None or (last.named and one.named)
            several = last.several or listed
            grouped[-1] = replace(last, end=one.end, named=one.named, several=several)
        else:
            grouped.append(one)
    return grouped
