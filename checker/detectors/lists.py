"""People named in one list ("Ari, Kim and Jo") share the role for which most speaks.

Finds   "our residents Ari, Kim and Jo" (all supported), "Ari, Kim and Jo had a go on the swings"
Leaves  "Ari, Kim (our depute) and Jo", "my gran Agnes and Tom" (one of them is told by a noun)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.detectors.person import Person
from checker.detectors.scene import Scene
from checker.detectors.weighing import find_stretch
from checker.encoder import Stretch
from checker.finding import Role

Answer = tuple[Role, str]

JOINING = frozenset(", and an & + n 'n plus or".split())
# How much the relations in the text count beside the encoder's probability of a role.
OF_RELATIONS = 0.5
# Beyond any sum of probabilities: a plural noun before a list says outright who they all are.
OF_PLURAL = 10.0
PLURAL = "s weans bairns folk ladies lads children kids team gang crew".split()


@dataclass(frozen=True, slots=True)
class _Member:
    """Someone in a list: the number among the people, and how much speaks for each role."""

    number: int
    weights: tuple[tuple[Role, float], ...]


def share_roles(
    scene: Scene, answers: Sequence[Answer], stretches: Sequence[Stretch]
) -> list[Answer]:
    """Return the answers, those of one list made the same; a member with a noun keeps its own."""
    shared = list(answers)
    for run in _runs(scene):
        members = [
            _Member(number, tuple(_weights(scene, number, answers[number], stretches)))
            for number in run
            if not _is_told_apart(scene, scene.people[number])
        ]
        role = _strongest(members)
        if len(members) < 2 or role is Role.UNKNOWN:
            continue
        because = next(
            (answers[one.number][1] for one in members if answers[one.number][0] is role), ""
        )
        for one in members:
            if shared[one.number][0] is not role:
                shared[one.number] = (role, f"is named in one list with somebody who {because}")
    return shared


def _runs(scene: Scene) -> Iterator[list[int]]:
    """Yield the numbers of named people whom only commas and joining words part."""
    run: list[int] = []
    for number, person in enumerate(scene.people):
        if not person.named:
            continue
        if run and not _joined(scene, scene.people[run[-1]], person):
            yield run
            run = []
        run.append(number)
    yield run


def _joined(scene: Scene, one: Person, other: Person) -> bool:
    between = scene.reading.lower[one.last : other.first]
    return 0 < len(between) <= 2 and all(word in JOINING for word in between)


def _noun(scene: Scene, person: Person) -> Person | None:
    """Return the noun that tells who `person` is, before or after the name."""
    return scene.beside(person)


def _is_plural(scene: Scene, noun: Person) -> bool:
    word = scene.reading.lower[noun.last - 1]
    return word.endswith("s") or word in PLURAL


def _is_told_apart(scene: Scene, person: Person) -> bool:
    """Tell whether a noun speaks of this member alone: one of them, or one after the name."""
    noun = _noun(scene, person)
    return noun is not None and (noun.first > person.first or not _is_plural(scene, noun))


def _weights(
    scene: Scene, number: int, answer: Answer, stretches: Sequence[Stretch]
) -> Iterator[tuple[Role, float]]:
    person = scene.people[number]
    read = find_stretch(scene.reading, person, stretches)
    if read is not None and isinstance(read.label, Role):
        yield read.label, read.probability
    if answer[0] is not Role.UNKNOWN and (read is None or read.label is not answer[0]):
        yield answer[0], OF_PLURAL if _noun(scene, person) else OF_RELATIONS


def _strongest(members: Sequence[_Member]) -> Role:
    """Return the role for which most speaks over all members."""
    sums: defaultdict[Role, float] = defaultdict(float)
    for member in members:
        for role, weight in member.weights:
            sums[role] += weight
    return max(sums, key=lambda role: sums[role], default=Role.UNKNOWN)
