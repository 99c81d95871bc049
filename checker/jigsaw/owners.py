"""Whose each detail is: it goes to the nearest person, and a place to all who have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.evidence import Evidence
from checker.finding import Mention, Role
from checker.jigsaw.cues import Sets
from checker.jigsaw.fact import PLACES, Detail, Fact
from checker.jigsaw.people import Someone

# Details beside these are theirs, whoever else is in the sentence.
PRIVATE = frozenset({Role.OWN_FAMILY, Role.FRIEND, Role.SELF, Role.PET, Role.FICTIONAL})
# Where somebody lives is no less theirs when the author stands between.
WHERE = PLACES | {Fact.CARE, Fact.ROOM, Fact.PREMISES}


def share_out(
    evidence: Evidence, people: tuple[Someone, ...], details: tuple[Detail, ...], sets: Sets
) -> tuple[Someone, ...]:
    """Return the people with the details that are theirs.

    Whoever has no place gets those of the others, since families and services share them.
    """
    sharing = _sharing(evidence, people, details, sets)
    owned: dict[int, list[Detail]] = {at: [] for at in range(len(people))}
    for detail in details:
        owner = sharing.owner(detail)
        if owner is not None:
            owned[owner].append(detail)
    places = [one for mine in owned.values() for one in mine if one.fact in PLACES]
    for mine in owned.values():
        if not any(one.fact in PLACES for one in mine):
            mine += places
    return tuple(replace(one, details=_once(owned[at])) for at, one in enumerate(people))


def _once(details: list[Detail]) -> tuple[Detail, ...]:
    """Return the details with each fact told once, in the order of the text."""
    first: dict[tuple[Fact, str], Detail] = {}
    for one in sorted(details, key=lambda detail: detail.start):
        first.setdefault((one.fact, one.key), one)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Those among whom the details of a draft are shared out.

    `met` says of each mention of somebody met through work whose it is, by number; `ties` are
    those of their relatives that only tell a fact about the family ("lost both her sons"), and
    `others` the people who are not met through work.
    """

    evidence: Evidence
    met: dict[Mention, int]
    supported: dict[Mention, int]
    ties: frozenset[Mention]
    others: tuple[Mention, ...]
    sets: Sets

    def owner(self, detail: Detail) -> int | None:
        """Return whose the detail is, or None where it is the author's own or somebody else's."""
        if detail.fact is Fact.FAMILY:
            # "the provost's mum", "her son is the butcher": a tie of the person supported.
            met = self.supported or self.met
            return met.get(self._nearest(detail, list(met), ()))
        if detail.fact not in WHERE and self._is_mine(detail):
            return None
        met = {one: at for one, at in self.met.items() if one not in self.ties} or self.met
        return met.get(self._nearest(detail, list(met), self.others))

    def _nearest(
        self, detail: Detail, met: Sequence[Mention], others: Sequence[Mention]
    ) -> Mention:
        """Return the nearest in its sentence, else the last one before, else the next."""
        sentence = self.evidence.reading.sentence_of[detail.first]
        here = [one for one in met if self.evidence.sentence(one) == sentence]
        beside = [one for one in others if self.evidence.sentence(one) == sentence]
        near = here + [one for one in beside if one.role in PRIVATE or not here]
        if near:
            return min(near, key=lambda one: (_gap(one, detail), one.first))
        everyone = [*met, *(one for one in others if one.role in PRIVATE)]
        before = [one for one in everyone if one.first < detail.first]
        if before:
            return max(before, key=lambda one: one.first)
        return min(met, key=lambda one: one.first)

    def _is_mine(self, detail: Detail) -> bool:
        """Tell whether the last person before the detail is the author: "I was a miner"."""
        reading = self.evidence.reading
        ends = {one.last - 1 for one in self.evidence.mentions}
        for at in range(detail.first - 1, -1, -1):
            if reading.sentence_of[at] != reading.sentence_of[detail.first] or at in ends:
                return False
            if reading.lower[at] in self.sets["me"] | self.sets["them"]:
                return reading.lower[at] in self.sets["me"]
        return False


def _sharing(
    evidence: Evidence, people: tuple[Someone, ...], details: tuple[Detail, ...], sets: Sets
) -> _Sharing:
    met = {one: at for at, someone in enumerate(people) for one in someone.mentions}
    told = _tokens(one for one in details if one.fact is Fact.FAMILY)
    return _Sharing(
        evidence=evidence,
        met=met,
        supported={one: at for one, at in met.items() if not people[at].is_family},
        ties=frozenset(
            one
            for one, at in met.items()
            if people[at].is_family and not told.isdisjoint(range(one.first, one.last))
        ),
        others=_others(evidence, met, details, sets),
        sets=sets,
    )


def _others(
    evidence: Evidence, met: dict[Mention, int], details: tuple[Detail, ...], sets: Sets
) -> tuple[Mention, ...]:
    """Return the people not met through work, without towns that were taken for people."""
    towns = _tokens(one for one in details if one.fact in PLACES)
    lower = evidence.reading.lower
    return tuple(
        one
        for one in evidence.mentions
        if one not in met
        and one.role is not Role.PLACE_OR_WORD
        and towns.isdisjoint(range(one.first, one.last))
        and not (one.first and lower[one.first - 1] in sets["before-place"])
    )


def _tokens(items: Iterable[Detail]) -> set[int]:
    return {at for one in items for at in range(one.first, one.last)}


def _gap(mention: Mention, detail: Detail) -> int:
    return max(mention.first - detail.last, detail.first - mention.last, 0)
