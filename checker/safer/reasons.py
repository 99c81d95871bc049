"""Why each change is made, in a sentence for the author."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from checker.finding import Kind

FAMILY = "Someone's family can show who they are."
AGE = "An exact age can show who someone is."
PART = "This part tells something private."

REASONS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PERSON: "Readers could tell who this is.",
        Kind.CONTACT: "A way to reach someone is best kept private.",
        Kind.IDENTIFIER: "A number or code is best kept private.",
        Kind.PLACE: "A place can show who someone is, or where to find them.",
        Kind.TIME: "A time or date can show who someone is, or when to find them.",
        Kind.CARE: "Someone's health, care and private life are theirs to tell.",
        Kind.SERVICE: "How the service works from day to day is not for everyone to know.",
        Kind.REMARK: PART,
    }
)
