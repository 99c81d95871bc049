"""How often a word that is also a name means the name: by its bearers, and in the files."""

from __future__ import annotations

import pytest

from checker.gazetteers import load_names
from model.name_shares import first_shares, last_shares

FREQUENCY = {"eilidh": 4e-6, "hope": 4e-4, "smith": 8e-5, "munro": 2e-5, "brown": 1e-4}


def first(name: str, births: int, *, decades: int = 0, word: int = 0) -> dict[str, str]:
    return {
        "name": name,
        "births_1974_2020": str(births),
        "decades_1904_1964": str(decades),
        "also_word": str(word),
    }


def test_a_first_name_has_the_share_that_its_bearers_explain() -> None:
    rows = [first("Eilidh", 4000), first("Hope", 1000, word=1), first("Senga", 10)]
    # 4e-6 for 4,000 bearers makes 1e-6 for 1,000: one in four hundred of the uses of "hope".
    assert first_shares(rows, FREQUENCY) == pytest.approx([1.0, 0.0025, 1.0])


def test_a_decade_among_the_commonest_counts_as_bearers() -> None:
    rows = [first("Eilidh", 4000), first("Hope", 1000, decades=3, word=1)]
    assert first_shares(rows, FREQUENCY)[1] == pytest.approx(0.01)


def test_a_surname_has_the_share_that_names_of_its_rank_explain() -> None:
    rows = [
        {"surname": "Smith", "rank": "1", "also_word": "0"},
        {"surname": "Brown", "rank": "2", "also_word": "1"},
        {"surname": "Munro", "rank": "40", "also_word": "0"},
    ]
    assert last_shares(rows, FREQUENCY) == pytest.approx([1.0, 0.8, 1.0])


@pytest.mark.parametrize(
    ("word", "least", "most"),
    [
        pytest.param("may", 0.0, 0.05, id="a month"),
        pytest.param("hope", 0.0, 0.05, id="a wish"),
        pytest.param("grace", 0.3, 0.9, id="both"),
        pytest.param("jack", 0.6, 1.0, id="mostly a name"),
        pytest.param("eilidh", 1.0, 1.0, id="no word"),
    ],
)
def test_the_gazetteer_says_how_likely_each_reading_is(
    word: str, least: float, most: float
) -> None:
    assert least <= load_names().share(word) <= most


def test_a_month_is_an_ordinary_word_too() -> None:
    names = load_names()
    assert (names.is_also_word("june"), names.is_also_word("eilidh")) == (True, False)
