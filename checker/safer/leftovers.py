"""Whether a wording still holds what a person would not post, although the checker passes it.

The checker has blind spots, and a wording that was made to please it finds them. So what tells of
somebody bars an offer by itself, whatever verdict it got.
"""

from __future__ import annotations

import re

from checker.evidence import Evidence
from checker.finding import THROUGH_WORK, Clue, Kind, Role, Strength

# People whose own the care may be.
OWN = frozenset({Role.OWN_FAMILY, Role.SELF, Role.PET, Role.FICTIONAL, Role.PUBLIC_FIGURE})
FIGURE = re.compile(r"\d")
# Ages, and what opens a door, by the beginning of their labels.
NEVER = ("age.", "service.code", "service.key", "place.room", "place.address", "place.postcode")
# A prize or a good mood may be told of someone whom nobody can tell.
HARMLESS = ("behaviour.mood", "behaviour.milestone")
CLOSED = frozenset({Kind.IDENTIFIER, Kind.CONTACT})


def holds_private(evidence: Evidence) -> bool:
    """Tell whether a name, number, code, age, room, address or somebody's care is left.

    Any figure counts: "88, sheep dog handler" and "Number 14, blue door" hold no other clue.
    """
    if FIGURE.search(evidence.reading.plain.text):
        return True
    if any(one.named and one.role in THROUGH_WORK for one in evidence.mentions):
        return True
    return any(_is_private(clue, evidence) for clue in evidence.clues)


def _is_private(clue: Clue, evidence: Evidence) -> bool:
    if clue.strength is Strength.WEAK:
        return False
    if clue.kind in CLOSED or clue.label.startswith(NEVER):
        return True
    if clue.kind is not Kind.CARE or clue.label in HARMLESS:
        return False
    beside = evidence.roles_beside([clue])
    return not beside & OWN or bool(beside & THROUGH_WORK)
