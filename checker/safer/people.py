"""Put "someone I support" in the place of a person met through work, and "their family" of theirs.

Changes  "Nettie's at it again"  →  "Someone's at it again"
Leaves   "my gran Nettie", the dog, the First Minister: nobody whom the author met through work
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.finding import THROUGH_WORK, Kind, Mention, Role, Span
from checker.safer.change import Edit
from checker.safer.forms import AT_WORK, OPEN, OWN, Form
from checker.safer.phrases import has_noun, is_noun_phrase, is_spoken_to, widen
from checker.safer.reasons import FAMILY, REASONS
from checker.safer.source import Source, Word

# A person called by where they live.
ROOM = re.compile(r"(?:the )?(?:number|no|flat|room|rm|bed|house)\b|\d", re.I)
POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)|['’]\B", re.I)
OWNERS = frozenset("his her their thair hur".split())
PRONOUNS = frozenset(
    "i me we us you he him she her hers it they them his theirs someone somebody everyone people "
    "himself herself themselves hisself folk anyone nobody".split()
)
PLURAL_TAGS = ("NNS", "NNPS")
AFTER_HEAD = ("IN", "WP", "WP$", "WDT", ",", "VBD", "VBZ", "VBP")
PLURAL_WORDS = frozenset("both two three four five twins these those some all few".split())
BETWEEN_NAMES = re.compile(r"\s*(?:,\s*and|,|&|\+|and|n|an|'n')\s*|\s+", re.I)
LISTED = re.compile(r"\s*(?:,\s*and|,|&|\+|\band)\s*", re.I)
BESIDE = re.compile(r"[ ,]+")
OF = re.compile(r"['’]?s['’]?\s+", re.I)
AND = re.compile(r"\b(?:and|n|an)\b|&|\+", re.I)


@dataclass(frozen=True, slots=True)
class _Target:
    start: int
    end: int
    named: bool
    family: bool
    several: bool = False
    owned: bool = False


def people_edits(
    source: Source, spans: Sequence[Span], form: Form, gone: Sequence[Edit]
) -> list[Edit]:
    """Return the edits that make people met through work nobody in particular.

    `spans` are the words of the findings; nobody is looked at inside the edits of `gone`.
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
    edits: list[Edit] = []
    for one in _grouped(source.text, wide):
        edits.append(_edit(source, one, form, is_first=not any(edit.person for edit in edits)))
    return edits


def _targets(source: Source, spans: Sequence[Span]) -> list[_Target]:
    marked = [one for one in spans if one.kind is Kind.PERSON]
    found = [_target(one) for one in source.mentions if _is_met(one, marked)]
    found += [
        _Target(one.start, one.end, named=False, family=False)
        for one in marked
        if is_noun_phrase(source, one) and has_noun(source, one) and _means_somebody(source, one)
    ]
    found = [one for one in found if source.text[one.start : one.end].lower() not in PRONOUNS]
    return sorted(_with_listed(source, found), key=lambda one: (one.start, -one.end))


def _target(mention: Mention) -> _Target:
    is_family = mention.role is Role.FAMILY_OF_SUPPORTED
    return _Target(mention.start, mention.end, mention.named, is_family)


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


def _with_listed(source: Source, found: Sequence[_Target]) -> list[_Target]:
    """Add who is told of in one breath: "Ari, Kim and Jo", "our new tenant, Samantha"."""
    listed = list(found)
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


def _grouped(text: str, targets: Iterable[_Target]) -> list[_Target]:
    """Join people who are told in one breath: "our resident Nettie", "Ari, Kim and Jo"."""
    grouped: list[_Target] = []
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


def _edit(source: Source, target: _Target, form: Form, *, is_first: bool) -> Edit:
    reason = FAMILY if target.family else REASONS[Kind.PERSON]
    tag = source.tag_at(target.start, target.end)
    if tag:
        return Edit(*tag, "", reason)
    alone = target.named and not target.several and not target.family
    if alone and is_spoken_to(source, target.start, target.end):
        return Edit(target.start, target.end, "", reason)
    before = source.before(target.start)[-1:]
    if ROOM.match(source.text[target.start : target.end]) and before and before[0].tag == "IN":
        return Edit(before[0].start, target.end, "", REASONS[Kind.PLACE])
    owned = POSSESSIVE.match(source.text, target.end)
    end = owned.end() if owned else target.end
    several = target.several or _is_plural(source, target)
    if target.family:
        new = _family(source, target, several=several)
    else:
        new = _somebody(source, target, form, several=several, is_first=is_first)
    if owned or _describes(source, target):
        new = {"someone": "someone's", "people": "people's"}.get(new.split()[0], _owner(new))
    # An apposition's second comma has nothing to close any more.
    if source.text[target.start : end].count(",") % 2 and source.text[end : end + 1] == ",":
        end += 1
    return Edit(target.start, end, new, reason, person=not target.family)


def _describes(source: Source, target: _Target) -> bool:
    """Tell whether a name stands before its noun like "story" in "the wee Barry story"."""
    words, after = source.within(target.start, target.end), source.after(target.end)[:1]
    opened = target.named and len(words) > 1 and words[0].lower in ("the", "a")
    adjoins = bool(after) and source.text[target.end : after[0].start] == " "
    return opened and adjoins and after[0].tag in ("NN", "NNS")


def _owner(new: str) -> str:
    return "their" if new in ("they", "them") else f"{new}'s"


def _is_plural(source: Source, target: _Target) -> bool:
    words = source.within(target.start, target.end)
    lowers = [word.lower for word in words]
    if ROOM.match(" ".join(lowers)) or lowers[:2] in (["one", "of"], ["one", "o"]):
        return False
    last = _head(words)
    named = target.named and lowers[:1] != ["the"]
    named = named and last is not None and last.tag.startswith("NNP")
    plural = last is not None and last.tag in PLURAL_TAGS and not named
    return plural or bool(PLURAL_WORDS & set(lowers[:1]))


def _head(words: Sequence[Word]) -> Word | None:
    """Return the noun that the phrase is about: "lady" in "my lady of the lamps"."""
    head = None
    for word in words:
        if head and (word.lower in ("o", "o'") or word.tag in AFTER_HEAD):
            break
        if word.tag.startswith("NN"):
            head = word
    return head


def _family(source: Source, target: _Target, *, several: bool) -> str:
    words = source.within(target.start, target.end)
    if target.owned or any(word.lower in ("'s", "’s") for word in words):
        return "someone's family"
    if words and words[0].lower == "the":
        return "the families" if several else "the family"
    if words and words[0].lower in OWNERS:
        return "their family"
    return "families" if several else "their family"


def _somebody(source: Source, target: _Target, form: Form, *, several: bool, is_first: bool) -> str:
    if several:
        return form.many
    if is_first or not target.named:
        return form.one
    return _again(source, target)


def _again(source: Source, target: _Target) -> str:
    """Return what stands for a person who was spoken of before."""
    before, after = source.before(target.start)[-1:], source.after(target.end)[:1]
    if after and after[0].lower in ("'s", "’s", "is", "was", "has", "s"):
        return "that person"
    if after and after[0].tag in ("VBD", "MD"):
        return "they"
    return "them" if _takes_object(before) else "that person"


def _takes_object(before: tuple[Word, ...]) -> bool:
    return bool(before) and (before[0].tag in ("IN", "TO") or before[0].tag.startswith("VB"))
