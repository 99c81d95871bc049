"""Local names at work: places of one's own become clues, staff colleagues, events exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from checker.detectors.name_words import TITLES
from checker.detectors.nouns import PUBLIC_BECAUSE
from checker.evidence import Evidence
from checker.finding import Clue, Kind, Mention, Role, Strength
from checker.lexicons import Entry
from checker.opinion import Opinion
from checker.overlay.contents import Local
from checker.overlay.phrases import read_name

PREMISES, STREET, EVENT = "place.premises", "place.street", "unless.event"
# Names of staff make no clue; the label only tells them from the others.
STAFF = "local.staff"
FOUND_BY = "local names"
PLACE_BECAUSE = "is a name from your service's own list of places and events"
STAFF_BECAUSE = "is on your service's list of staff who may be named"
# What the encoder is told instead of a name that is so explained.
INSTEAD = MappingProxyType(
    {
        PLACE_BECAUSE: "the place",
        STAFF_BECAUSE: "my colleague",
        # "Mr Baird the MP", who is no less somebody in particular, but nobody met through work.
        PUBLIC_BECAUSE: "a politician",
    }
)


def local_entries(local: Local) -> tuple[Entry, ...]:
    """Return the phrases for the matcher; places are as weak as those that detectors guess."""
    kinds = (
        (local.services, Kind.PLACE, PREMISES, Strength.WEAK),
        (local.units, Kind.PLACE, PREMISES, Strength.WEAK),
        (local.streets, Kind.PLACE, STREET, Strength.WEAK),
        (local.events, Kind.REMARK, EVENT, Strength.STRONG),
        (local.staff, Kind.PERSON, STAFF, Strength.STRONG),
    )
    return tuple(
        Entry(read_name(name), kind, label, strength)
        for names, kind, label, strength in kinds
        for name in names
    )


def with_local_names(evidence: Evidence, found: Sequence[Clue]) -> Evidence:
    """Return the evidence with what the local names among it mean; `found` are where they stand."""
    if not found:
        return evidence
    staff = [clue for clue in found if clue.label == STAFF]
    named = [replace(clue, found_by=FOUND_BY) for clue in found if clue.label != STAFF]
    new = [clue for clue in named if not _is_known(clue, evidence.clues)]
    mentions = tuple(_mention(one, named, staff, evidence) for one in evidence.mentions)
    return replace(evidence, clues=(*evidence.clues, *new), mentions=mentions)


def neutral_text(evidence: Evidence) -> str | None:
    """Return the plain text without the names that are explained, None without any.

    Explained are those on the service's own lists, and of people well known.

    The encoder takes any name beside work for somebody supported; told "a colleague" in its
    place, it weighs the rest of the draft.
    """
    text, doc = evidence.reading.plain.text, evidence.reading.doc
    known = sorted(filter(_is_explained, evidence.mentions), key=lambda one: -one.first)
    for one in known:
        final = doc[one.last - 1]
        end = final.idx + len(final.text)
        text = text[: doc[one.first].idx] + INSTEAD[one.because] + text[end:]
    return text if known else None


def _is_explained(mention: Mention) -> bool:
    public = mention.because == PUBLIC_BECAUSE
    return mention.because in INSTEAD and (mention.named or not public)


def without_local_names(opinion: Opinion, evidence: Evidence) -> Opinion:
    """Return the opinion without the marks on people who are explained."""
    known = [one for one in evidence.mentions if _is_explained(one)]
    if not known:
        return opinion
    marks = tuple(
        mark
        for mark in opinion.marks
        if mark.kind is not Kind.PERSON
        or not any(one.start <= mark.start and mark.end <= one.end for one in known)
    )
    return replace(opinion, marks=marks)


def _is_known(clue: Clue, clues: Sequence[Clue]) -> bool:
    """Tell whether a detector has found it under the same label."""
    return any(
        clue.label == other.label and clue.first < other.last and other.first < clue.last
        for other in clues
    )


def _mention(
    mention: Mention, places: Sequence[Clue], staff: Sequence[Clue], evidence: Evidence
) -> Mention:
    """Return a person as the local names have it: a place, a colleague, or as before.

    A name that the author ties to the service ("our resident Agnes") stays what it is, even
    where a colleague has the same.
    """
    if not mention.named or mention.introduced:
        return mention
    if any(one.first <= mention.first and mention.last <= one.last for one in places):
        return replace(mention, role=Role.PLACE_OR_WORD, because=PLACE_BECAUSE)
    lower = evidence.reading.lower
    bare = next(_names(mention, lower), mention.first)
    if any((one.first, one.last) == (bare, mention.last) for one in staff):
        return replace(mention, role=Role.COLLEAGUE, because=STAFF_BECAUSE)
    return mention


def _names(mention: Mention, lower: Sequence[str]) -> Iterator[int]:
    """Yield the tokens of a mention from the first that is no title."""
    return (at for at in range(mention.first, mention.last) if lower[at].rstrip(".") not in TITLES)
