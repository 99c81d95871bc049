"""Drop the part of a sentence that tells something private, or the sentence where none is left.

Changes  "Nettie came too, she's off her food, and we sang"  →  "Nettie came too, and we sang"
Leaves   a sentence without such a part as it is
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.finding import Span
from checker.safer.change import Edit
from checker.safer.reasons import REASONS
from checker.safer.source import Source, Word
from checker.safer.worth import FEELING, WORD

JOINERS = (
    "and|but|so|because|cause|cos|coz|although|though|when|while|after|before|until|since|who|"
    "which|whose|as|if|then"
)
SEPARATOR = re.compile(
    rf"\s*[,;:–—]\s+|\s+(?:-+|→|\|)\s+|\s*\(|\)\s*|\s+(?=(?:{JOINERS}|&)\s)", re.I
)
# Before these a phrase begins that a sentence can do without.
FINE = re.compile(
    rf"{SEPARATOR.pattern}|\s+(?=(?:with|wi|w/|for|during|about|aboot|like|despite|without)\s)",
    re.I,
)
PHRASE = re.compile(r"(?:with|wi|w/|for|during|about|aboot|like|despite|without)\s", re.I)
JOINER = re.compile(rf"(?:{JOINERS}|&)\s+", re.I)
# A part that begins like this leans on the one before it.
LEANING = re.compile(
    r"(?:because|cause|cos|coz|although|though|when|while|after|before|until|since|who|which|"
    r"whose|as|if|in case)\b",
    re.I,
)
# A sentence that begins like this goes on about somebody told of before.
GOES_ON = re.compile(
    r"(?:(?:and|but|so|then)\s+)?"
    r"(?:(?:he|she|him|his|hers?|hur|they|their)\b|(?:it|that) (?:was|wis)\b"
    r"|(?:not|under|behind|beside|inside) )",
    re.I,
)
# One that begins like this can begin with "someone".
ABOUT_SOMEBODY = re.compile(r"(?:(?:and|but|so|then)\s+)?(?:he|she|his)\b", re.I)
# A sentence of so few words may lean on the one before it.
STUB = 2
# "Wish me luck" bids somebody do something; other verbs lean on who did it.
BIDS = frozenset(
    "pray wish roll bring send wave keep hold drop buzz pop gie give tell ring".split()
)
# A part needs so many words to stand alone.
FEWEST = 2
# An opening of so many words stands without a verb: "Sat wi someone the day".
ENOUGH = 4


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    joined: int  # where it begins without "and", "but" and the like
    is_gone: bool


def clause_edits(
    source: Source, spans: Sequence[Span], *, is_fine: bool = False, is_alone: bool = False
) -> list[Edit]:
    """Return the edits that drop the parts of sentences in which `spans` stand.

    With `is_fine` a phrase like "with two staff" is a part as well; with `is_alone` the sentences
    that go on about the same person stay.
    """
    separator = FINE if is_fine else SEPARATOR
    edits: list[Edit] = []
    for start, end in source.sentences:
        inside = [one for one in spans if one.start < end and start < one.end]
        if inside:
            edits += _drop(source, start, end, inside, separator)
    return edits if is_alone else _with_following(source, edits)


def find_parts(source: Source) -> list[tuple[int, int]]:
    """Return where the smallest parts begin and end that sentences can do without, in order."""
    return [
        (part.start, part.end)
        for start, end in source.sentences
        for part in _parts(source, start, end, (), FINE)
    ]


def leans_back(source: Source, start: int, end: int) -> bool:
    """Tell whether a sentence means nothing without the one before: "It was grand.", "THREE."."""
    opened = GOES_ON.match(source.text, start)
    about_somebody = opened is not None and ABOUT_SOMEBODY.match(source.text, start) is not None
    return _is_stub(source, start, end) or (opened is not None and not about_somebody)


def sentence_edits(source: Source, spans: Sequence[Span]) -> list[Edit]:
    """Return the edits that drop each sentence in which one of `spans` stands."""
    edits = []
    for start, end in source.sentences:
        inside = [one for one in spans if one.start < end and start < one.end]
        if inside:
            edits.append(Edit(start, end, "", REASONS[inside[0].kind]))
    return _with_following(source, edits)


def _with_following(source: Source, edits: list[Edit]) -> list[Edit]:
    """Let go with a whole sentence the next ones that go on about the same person ("He rang.")."""
    gone = {(one.start, one.end): one for one in edits}
    before: Edit | None = None
    for place in source.sentences:
        goes_on = GOES_ON.match(source.text, place[0]) or _is_stub(source, *place)
        if before and place not in gone and goes_on:
            gone[place] = Edit(*place, "", before.reason)
        before = gone.get(place)
    inside = {one for one in gone if one not in {(edit.start, edit.end) for edit in edits}}
    whole = [gone[place] for place in inside]
    kept = (one for one in edits if not any(w.touches(one.start, one.end) for w in whole))
    return sorted([*kept, *whole], key=lambda one: one.start)


def _is_stub(source: Source, start: int, end: int) -> bool:
    """Tell whether a sentence says nothing without the one before it: "Again.", "THREE."."""
    text = source.text[start:end]
    words = WORD.findall(text)
    has_verb = any(word.is_verb for word in source.within(start, end))
    return 0 < len(words) <= STUB and not has_verb and not FEELING.search(text)


def _drop(
    source: Source, start: int, end: int, inside: Sequence[Span], separator: re.Pattern[str]
) -> Iterator[Edit]:
    reason = REASONS[inside[0].kind]
    parts = _lean(source, list(_parts(source, start, end, inside, separator)))
    if not _can_stand(source, start, end, parts):
        yield Edit(start, end, "", reason)
        return
    for i, part in enumerate(parts):
        if not part.is_gone:
            continue
        first = start if i == 0 else parts[i - 1].end
        following = parts[i + 1] if i + 1 < len(parts) else None
        # What goes first takes the "and" of its neighbour along.
        is_opening = all(one.is_gone for one in parts[:i])
        last = following.joined if following and is_opening else part.end
        yield Edit(first, last, "", reason)


def _parts(
    source: Source, start: int, end: int, inside: Sequence[Span], separator: re.Pattern[str]
) -> Iterator[_Part]:
    """Yield the parts of a sentence, without its closing signs."""
    text = source.text
    close = start + len(text[start:end].rstrip(".!?… \"'”’"))
    at = start
    cuts = [
        one
        for one in separator.finditer(text, start, close)
        if one.start() > start and _parts_clauses(source, one, close)
    ]
    for one in [*cuts, None]:
        until = one.start() if one else close
        if until > at:
            joiner = JOINER.match(text, at)
            gone = any(span.start < until and at < span.end for span in inside)
            yield _Part(at, until, joiner.end() if joiner else at, gone)
            at = one.end() if one else close


def _parts_clauses(source: Source, found: re.Match[str], close: int) -> bool:
    """Tell whether a joiner joins clauses, not nouns ("tea and scones"), or a phrase ends here."""
    if found[0].strip():
        return True
    until = next(
        (one.start() for one in SEPARATOR.finditer(source.text, found.end() + 1, close)), close
    )
    has_verb = any(word.is_verb for word in source.within(found.end(), until))
    # "my lady with the dementia was greeting": the verb is the lady's.
    return has_verb if JOINER.match(source.text, found.end()) else not has_verb


def _lean(source: Source, parts: list[_Part]) -> list[_Part]:
    """Let go with a part what leans on it: "because …", "who …", a verb without its subject."""
    leant: list[_Part] = []
    for part in parts:
        gone_before = bool(leant) and leant[-1].is_gone
        words = source.within(part.joined, part.end)
        bare = bool(words) and _lacks_who(words[0])
        leans = bare or any(one.match(source.text, part.start) for one in (LEANING, PHRASE))
        gone = part.is_gone or (gone_before and leans)
        leant.append(_Part(part.start, part.end, part.joined, gone))
    return leant


def _lacks_who(word: Word) -> bool:
    """Tell whether a part that begins with `word` says what somebody did, and not who."""
    if word.tag in ("VB", "VBP") and word.lower in BIDS:
        return False
    return word.is_verb or word.tag in ("VBG", "VBN")


def _can_stand(source: Source, start: int, end: int, parts: Sequence[_Part]) -> bool:
    """Tell whether what is kept is still a sentence: words enough, and a verb if it had one."""
    kept = [
        word for part in parts if not part.is_gone for word in source.within(part.start, part.end)
    ]
    words = [word for word in kept if word.lower[:1].isalpha()]
    if len(words) < FEWEST:
        return False
    had_verb = any(word.is_verb for word in source.within(start, end))
    first = next(part for part in parts if not part.is_gone)
    leaning = first is not parts[0] and (
        LEANING.match(source.text, first.start) or words[0].tag in ("IN", "TO")
    )
    has_verb = any(word.is_verb for word in kept)
    is_opening = first is parts[0] and len(words) >= ENOUGH
    return not leaning and (not had_verb or has_verb or is_opening)
