"""What the encoder reads of a person's role, weighed against the relations in the text."""

from __future__ import annotations

from collections.abc import Sequence

from checker.detectors.person import Person
from checker.encoder import Stretch
from checker.finding import Role
from checker.reading import Reading

# What the encoder's role is called in a reason.
IN_WORDS = {
    Role.SUPPORTED: "someone you support",
    Role.FAMILY_OF_SUPPORTED: "family of someone you support",
    Role.OWN_FAMILY: "your own family",
    Role.FRIEND: "a friend or neighbour",
    Role.COLLEAGUE: "a colleague",
    Role.MANAGER: "a manager",
    Role.PUBLIC_FIGURE: "a public figure",
    Role.PET: "an animal",
    Role.FICTIONAL: "someone in a story",
    Role.SELF: "the author",
    Role.PLACE_OR_WORD: "a place or a word, not a person",
    Role.OTHER: "somebody else",
}


def find_stretch(reading: Reading, person: Person, stretches: Sequence[Stretch]) -> Stretch | None:
    """Return the surest of the encoder's people whose words touch those of `person`."""
    final = reading.doc[person.last - 1]
    start, end = reading.doc[person.first].idx, final.idx + len(final.text)
    touching = [one for one in stretches if one.start < end and start < one.end]
    return max(touching, key=lambda one: one.probability, default=None)


def weigh(answer: tuple[Role, str], read: Stretch | None, *, stated: bool) -> tuple[Role, str]:
    """Return the encoder's role where it has one, with the reason of the steps if they agree.

    What a noun states outright ("our resident", "my gran") it does not overrule.
    """
    kept = stated and answer[0] is not Role.UNKNOWN
    if read is None or kept or read.label is answer[0] or not isinstance(read.label, Role):
        return answer
    return read.label, f"reads like {IN_WORDS[read.label]} in the words around"
