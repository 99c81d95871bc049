"""The encoder's role against what the text states: who wins, and with what reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.detectors.person import Person
from checker.detectors.weighing import find_stretch, weigh
from checker.draft import Draft
from checker.encoder import Stretch
from checker.engine import Checker
from checker.evidence import Evidence
from checker.finding import Role

GUESS = (Role.UNKNOWN, "nothing says who this is")
STATED = (Role.SUPPORTED, "is called by a word for people who use the service")


@pytest.mark.parametrize(
    ("answer", "read", "stated", "role"),
    [
        pytest.param(GUESS, Role.SUPPORTED, False, Role.SUPPORTED, id="nothing in the text"),
        pytest.param(GUESS, None, False, Role.UNKNOWN, id="nothing from either"),
        pytest.param(STATED, Role.PET, True, Role.SUPPORTED, id="a noun that says so"),
        pytest.param(STATED, Role.PET, False, Role.PET, id="a noun that may say so"),
    ],
)
def test_who_wins(answer: tuple[Role, str], read: Role | None, stated: bool, role: Role) -> None:
    stretch = Stretch(0, 6, read, 0.9) if read else None
    found, _ = weigh(answer, stretch, stated=stated)
    assert found is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("she never cried, she's my mum", Role.OWN_FAMILY, id="she is"),
        pytest.param("my pal never cried, Tam's mum did", Role.OTHER, id="whose"),
    ],
)
def test_that_somebody_is_family_is_told_from_whose_family_they_are(
    rules_alone: Checker, text: str, role: Role
) -> None:
    people = rules_alone.check(Draft(text)).people
    assert [one.role for one in people if one.quote.endswith("mum")] == [role]


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        pytest.param("our resident Nettie sang", "Nettie", Role.SUPPORTED, id="resident"),
        pytest.param("my gran Nettie sang", "Nettie", Role.OWN_FAMILY, id="own gran"),
    ],
)
def test_a_noun_beside_a_name_states_who_it_is(
    text: str, quote: str, role: Role, look: Callable[..., Evidence]
) -> None:
    assert [one.role for one in look(text).mentions if one.quote == quote] == [role]


def test_a_role_of_the_encoder_is_given_with_a_reason() -> None:
    _, because = weigh(GUESS, Stretch(0, 6, Role.OWN_FAMILY, 0.9), stated=False)
    assert because == "reads like your own family in the words around"


def test_where_both_agree_the_reason_is_that_of_the_text() -> None:
    _, because = weigh(STATED, Stretch(0, 6, Role.SUPPORTED, 0.9), stated=False)
    assert because == STATED[1]


def test_the_surest_stretch_that_touches_is_meant(look: Callable[..., Evidence]) -> None:
    reading = look("wee Senga fell, poor Agnes").reading
    near = Stretch(4, 9, Role.SUPPORTED, 0.6), Stretch(0, 3, Role.PET, 0.9)
    far = Stretch(21, 26, Role.FRIEND, 0.99)
    assert find_stretch(reading, Person(1, 2, named=True), (*near, far)) == near[0]
    assert find_stretch(reading, Person(2, 3, named=False), (*near, far)) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("our resident Nettie was off her meds, room 6 no quiet", id="a number"),
        pytest.param("Never post about the people you support", id="an article"),
    ],
)
def test_a_person_is_never_a_number_or_an_article(text: str, look: Callable[..., Evidence]) -> None:
    quotes = [one.quote for one in look(text).mentions]
    assert [quote for quote in quotes if quote in ("6", "the")] == []
