"""Mask the people, places, numbers and contacts of a text before anybody sends it on.

Rather too much is masked than too little: the author reads the outcome and can write a word back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.detectors.contacts import EMAIL, HANDLE, LINK
from checker.finding import Kind, Role
from checker.gazetteers import Names, load_names, load_places
from checker.report import Report

NAME, PLACE, NUMBER, CONTACT = "[name]", "[place]", "[number]", "[contact]"
MASK = re.compile(r"\[(?:name|place|number|contact)\]")
MASK_OF = {Kind.PERSON: NAME, Kind.PLACE: PLACE, Kind.IDENTIFIER: NUMBER, Kind.CONTACT: CONTACT}
ROOM = "place.room"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Any figure, with those that belong to it: phones, ages, rooms, dates, post codes.
FIGURES = re.compile(r"[+(]?\d[\d\s().,:/-]*\d|\w*\d\w*")
# Shorter parts of a name are also parts of speech: "Mr A of Ayr".
SHORTEST_PART = 3
# Words that stand in what was found and name nobody.
NOBODY = frozenset("our wee the his her their mrs miss and son mum dad gran old lady man".split())

Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Masker:
    """Masks texts, with what is known of names and places beside what the checker found."""

    names: Names = field(repr=False)
    places: tuple[str, ...] = field(repr=False)

    def mask(self, text: str, report: Report) -> str:
        """Return `text`, of which `report` was made, masked.

        What is masked already stays as it is, so that masking twice changes nothing.
        """
        found = [*_reported(report), *_contacts(text), *self._known(text)]
        found += [one for part in self._parts(text, found) for one in _everywhere(text, part)]
        found += [(*match.span(), NUMBER) for match in FIGURES.finditer(text)]
        return _replace(text, found)

    def _known(self, text: str) -> Iterator[Found]:
        """Yield first names in any case, surnames with a capital, and places with a capital."""
        for match in WORD.finditer(text):
            word = match[0].lower()
            word = re.sub(r"['’]s$", "", word)
            if self.names.is_also_word(word):
                continue
            if self.names.is_first(word) or (match[0][0].isupper() and self.names.is_last(word)):
                yield match.start(), match.start() + len(word), NAME
        for match in re.finditer("|".join(map(_whole, self.places)), text, re.I):
            if match[0][0].isupper():
                yield *match.span(), PLACE

    def _parts(self, text: str, found: Iterable[Found]) -> set[str]:
        """Return the words of the names that were found, without those that are only words."""
        words = {
            word
            for start, end, mask in found
            if mask == NAME
            for word in WORD.findall(text[start:end])
        }
        return {
            word
            for word in words
            if len(word) >= SHORTEST_PART and word.lower() not in NOBODY
            if word[0].isupper() or self.names.is_first(word)
        }


def load_masker() -> Masker:
    """Return a masker that knows the names and places of the checker's gazetteers."""
    # Longer names first: East Kilbride before Kilbride.
    return Masker(load_names(), tuple(sorted(load_places(), key=len, reverse=True)))


def _reported(report: Report) -> Iterator[Found]:
    """Yield people with a name, and what else findings point at that could tell who it is."""
    for person in report.people:
        if person.named and person.role is not Role.PLACE_OR_WORD:
            yield person.start, person.end, NAME
    unnamed = {(one.start, one.end) for one in report.people if not one.named}
    for finding in report.findings:
        for span in finding.spans:
            # Of “room 6” the figure is enough, and that is masked anyway.
            is_room = span.label.startswith(ROOM)
            if span.kind in MASK_OF and not is_room and (span.start, span.end) not in unnamed:
                yield span.start, span.end, MASK_OF[span.kind]


def _contacts(text: str) -> Iterator[Found]:
    for pattern in (EMAIL, LINK, HANDLE):
        for match in pattern.finditer(text):
            yield *match.span(), CONTACT


def _everywhere(text: str, part: str) -> Iterator[Found]:
    """Yield each place where a part of a name stands, in any case: hashtags, nicknames at the end.

    A word that also means something else in small letters counts with its own capital only.
    """
    for match in re.finditer(_whole(part), text, re.I):
        if match[0] == part or match[0].isupper() or part.islower():
            yield *match.span(), NAME


def _whole(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _replace(text: str, found: Iterable[Found]) -> str:
    kept = [match.span() for match in MASK.finditer(text)]
    pieces: list[str] = []
    at = 0
    for start, end, mask in _joined(found):
        if any(a < end and start < b for a, b in kept):
            continue
        pieces += [text[at:start], mask]
        at = end
    return "".join((*pieces, text[at:]))


def _joined(found: Iterable[Found]) -> list[Found]:
    """Return what was found in order, with what overlaps as one under the mask of the first."""
    joined: list[Found] = []
    for start, end, mask in sorted(found, key=lambda one: (one[0], -one[1])):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), joined[-1][2])
        elif start < end:
            joined.append((start, end, mask))
    return joined
