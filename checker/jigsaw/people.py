"""The people of a draft whom the author meets through work: their mentions, joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.detectors.scene import WORK_LABELS
from checker.draft import Account
from checker.evidence import Evidence
from checker.finding import Mention, Role, Strength
from checker.jigsaw.cues import Sets
from checker.jigsaw.fact import Detail

MET = frozenset({Role.SUPPORTED, Role.FAMILY_OF_SUPPORTED})
# "another of my ladies" is somebody else than the last.
ANOTHER = frozenset({"another", "other", "one"})
# "another of my ladies" is one person, "our other ladies" are many.
ONE = frozenset({"another", "one"})
# People further back than this many are taken to be new: a bound on what a draft can cost.
LATEST = 20


@dataclass(frozen=True, slots=True)
class Someone:
    """A person or family of the draft: all the mentions of them, and their details."""

    mentions: tuple[Mention, ...]
    sex: str = ""  # as their nouns tell: "female", "male" or not at all
    details: tuple[Detail, ...] = ()

    @property
    def is_family(self) -> bool:
        """Tell whether they are family of somebody supported."""
        return self.mentions[0].role is Role.FAMILY_OF_SUPPORTED


def met_through_work(evidence: Evidence) -> tuple[Mention, ...]:
    """Return the people of the draft whom the author meets through work, groups left out.

    Somebody unknown counts where the draft speaks of work.
    """
    groups = {
        at
        for clue in evidence.clues
        if clue.label == "noun.group-supported"
        for at in range(clue.first, clue.last)
    }
    roles = MET | {Role.UNKNOWN} if _is_work(evidence) else MET
    return tuple(
        one
        for one in evidence.mentions
        if one.role in roles
        and (
            groups.isdisjoint(range(one.first, one.last))
            or not ONE.isdisjoint(evidence.reading.lower[one.first : one.last])
        )
    )


def _is_work(evidence: Evidence) -> bool:
    return (
        evidence.reading.draft.account is Account.SERVICE
        or any(one.role in MET for one in evidence.mentions)
        or any(
            clue.label in WORK_LABELS and clue.strength is Strength.STRONG
            for clue in evidence.clues
        )
    )


def join(evidence: Evidence, sets: Sets) -> tuple[Someone, ...]:
    """Return the people met through work, each with all the mentions that mean them.

    A new name, "another", the other sex, or family after the person themselves begin a new one.
    """
    people: list[Someone] = []
    for mention in met_through_work(evidence):
        words = evidence.reading.lower[mention.first : mention.last]
        sex = _sex(words, sets)
        found = next(
            (at for at, one in _latest(people) if _is_same(one, mention, sex, evidence)), None
        )
        if found is None:
            people.append(Someone((mention,), sex))
        else:
            known = people.pop(found)
            people.append(Someone((*known.mentions, mention), known.sex or sex))
    return tuple(people)


def _latest(people: list[Someone]) -> Iterator[tuple[int, Someone]]:
    """Yield the last people with their places, the latest first."""
    return (
        (at, people[at]) for at in range(len(people) - 1, max(len(people) - 1 - LATEST, -1), -1)
    )


def _sex(words: tuple[str, ...], sets: Sets) -> str:
    woman, man = (not sets[name].isdisjoint(words) for name in ("woman", "man"))
    return "" if woman is man else "female" if woman else "male"


def _is_same(one: Someone, mention: Mention, sex: str, evidence: Evidence) -> bool:
    family = mention.role is Role.FAMILY_OF_SUPPORTED
    if one.is_family is not family or (sex and one.sex and sex != one.sex):
        return False
    lower = evidence.reading.lower
    names = {lower[known.first] for known in one.mentions if known.named}
    if mention.named:
        return not names or lower[mention.first] in names
    return ANOTHER.isdisjoint(lower[mention.first : mention.last])
