"""The kinds of detail that narrow a person down, one detail, and the words for its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Fact(StrEnum):
    """What a detail says of a person."""

    TOWN = "town"
    REGION = "region"
    STREET = "street"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PREMISES = "premises"
    ROOM = "room"
    AGE = "age"
    SEX = "sex"
    CARE = "care"
    CONDITION = "condition"
    JOB = "job"
    FAMILY = "family"
    EVENT = "event"
    DATE = "date"
    NATIONALITY = "nationality"
    LOOKS = "looks"


# What the author is told to leave out.
IN_WORDS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.TOWN: "the town",
        Fact.REGION: "the area",
        Fact.STREET: "the street",
        Fact.ADDRESS: "the address",
        Fact.POSTCODE: "the postcode",
        Fact.PREMISES: "the name of the place",
        Fact.ROOM: "the room",
        Fact.AGE: "the age",
        Fact.SEX: "whether it is a man or a woman",
        Fact.CARE: "that they live in a home",
        Fact.CONDITION: "the condition",
        Fact.JOB: "the job",
        Fact.FAMILY: "what you say of the family",
        Fact.EVENT: "the event",
        Fact.DATE: "the date",
        Fact.NATIONALITY: "where they come from",
        Fact.LOOKS: "how they look",
    }
)
# The parts of one place lie inside each other, so only the smallest counts.
PLACES = frozenset({Fact.TOWN, Fact.REGION, Fact.STREET, Fact.ADDRESS, Fact.POSTCODE})
# They halve or shrink the crowd, but say nothing that sets a person apart.
NOT_NARROWING = frozenset({Fact.SEX, Fact.CARE})


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of a person. `start` and `end` count code points of the author's text.

    `key` names the figure it is counted by (a row of `figures.csv`, or the town). `share` is the
    part of the people, from 0 to 1, whom it fits: one number for each band of age and sex.
    `spread` is the factor by which that may be wrong; `counted` tells whether the labelling guide
    counts the detail towards review and stop. `first` and `last` are the tokens it covers.
    """

    start: int
    end: int
    quote: str = field(repr=False)
    fact: Fact
    key: str = field(repr=False)
    share: tuple[float, ...] = field(repr=False, compare=False)
    spread: float = field(compare=False)
    counted: bool
    first: int = field(compare=False)
    last: int = field(compare=False)
