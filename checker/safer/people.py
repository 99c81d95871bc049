"""Put "someone I support" in the place of a person met through work, and "their family" of theirs.

Changes  "Nettie's at it again"  →  "Someone's at it again"
Leaves   "my gran Nettie", the dog, the First Minister: nobody whom the author met through work
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.finding import Kind, Span
from checker.safer.change import Edit
from checker.safer.forms import Form
from checker.safer.phrases import is_spoken_to, says_is
from checker.safer.reasons import FAMILY, REASONS
from checker.safer.source import Source, Word
from checker.safer.targets import Target, find_targets

# A person called by where they live.
ROOM = re.compile(r"(?:the )?(?:number|no|flat|room|rm|bed|house)\b|\d", re.I)
ONE_OF = re.compile(r"(?:one|wan|yin) (?:of|o ?['’]?|ae|a ?['’]) ")
POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)|['’]\B", re.I)
OWNERS = frozenset("his her their thair hur".split())
# Several names in one phrase: "Ari, Kim n wee Jo".
LIST = re.compile(r"\b[A-Z]\w+(?:, | (?:and|n|an|&|\+) )(?:wee )?[A-Z]\w")
PLURAL_TAGS = ("NNS", "NNPS")
AFTER_HEAD = ("IN", "WP", "WP$", "WDT", ",", "VBD", "VBZ", "VBP")
PLURAL_WORDS = frozenset("both two three four five twins these those some all few".split())


def people_edits(
    source: Source, spans: Sequence[Span], form: Form, gone: Sequence[Edit]
) -> list[Edit]:
    """Return the edits that make people met through work nobody in particular.

    `spans` are the words of the findings; nobody is looked at inside the edits of `gone`.
    """
    edits: list[Edit] = []
    for one in find_targets(source, spans, gone):
        edits.append(_edit(source, one, form, is_first=not any(edit.person for edit in edits)))
    return edits


def _edit(source: Source, target: Target, form: Form, *, is_first: bool) -> Edit:
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
    several = target.several or _is_plural(source, target)
    said = says_is(source, target.end)
    if said and not several and not target.family:
        new = _somebody(source, target, form, several=False, is_first=is_first)
        return Edit(target.start, said[0], f"{new} {said[1]}", reason, person=True)
    owned = POSSESSIVE.match(source.text, target.end)
    end = owned.end() if owned else target.end
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


def _describes(source: Source, target: Target) -> bool:
    """Tell whether a name stands before its noun like "story" in "the wee Barry story"."""
    words, after = source.within(target.start, target.end), source.after(target.end)[:1]
    opened = target.named and len(words) > 1 and words[0].lower in ("the", "a")
    adjoins = bool(after) and source.text[target.end : after[0].start] == " "
    return opened and adjoins and after[0].tag in ("NN", "NNS")


def _owner(new: str) -> str:
    return "their" if new in ("they", "them") else f"{new}'s"


def _is_plural(source: Source, target: Target) -> bool:
    if target.named and LIST.search(source.text[target.start : target.end]):
        return True
    words = source.within(target.start, target.end)
    lowers = [word.lower for word in words]
    if ROOM.match(" ".join(lowers)) or ONE_OF.match(" ".join(lowers)):
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


def _family(source: Source, target: Target, *, several: bool) -> str:
    words = source.within(target.start, target.end)
    if target.owned or any(word.lower in ("'s", "’s") for word in words):
        return "someone's family"
    if words and words[0].lower == "the":
        return "the families" if several else "the family"
    if words and words[0].lower in OWNERS:
        return "their family"
    return "families" if several else "their family"


def _somebody(source: Source, target: Target, form: Form, *, several: bool, is_first: bool) -> str:
    if several:
        return form.many
    if is_first or not target.named:
        return form.one
    return _again(source, target)


def _again(source: Source, target: Target) -> str:
    """Return what stands for a person who was spoken of before."""
    before, after = source.before(target.start)[-1:], source.after(target.end)[:1]
    if after and after[0].lower in ("'s", "’s", "is", "was", "has", "s"):
        return "that person"
    if after and after[0].tag in ("VBD", "MD"):
        return "they"
    return "them" if _takes_object(before) else "that person"


def _takes_object(before: tuple[Word, ...]) -> bool:
    return bool(before) and (before[0].tag in ("IN", "TO") or before[0].tag.startswith("VB"))
