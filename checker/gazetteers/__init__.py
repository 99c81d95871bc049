"""Names and places of Scotland: facts from the National Records of Scotland, ONS and GeoNames.

Sources and licences stand in `NOTICES.md`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
# Fewer births than this in 47 years, and a lower-case word is likelier a typo than a name.
KNOWN_BIRTHS = 10
FIRST, LAST = "first_names.csv", "surnames.csv"
# How often a name that is also a word means the name; `python -m model names` writes it.
SHARE = "name_share"
# Below it a word is likelier a word.
EVEN = 0.5
LISTS = ("elsewhere", "capitals", "family_names", "public_figures")


@dataclass(frozen=True, slots=True)
class Names:
    """First names, surnames and nicknames in lower case, each with whether it is also a word.

    `shares` holds how likely it is, from 0 to 1, that the word means the name where it stands;
    words that are missing from it always do. `elsewhere` are countries, peoples and great cities;
    `capitals` other words that dictionaries write with a capital only; `family` rarer surnames,
    which may be words that we do not know of; `public` the words by which public figures go.
    """

    first: dict[str, bool] = field(repr=False)
    last: dict[str, bool] = field(repr=False)
    shares: dict[str, float] = field(repr=False)
    elsewhere: frozenset[str] = field(repr=False, default=frozenset())
    capitals: frozenset[str] = field(repr=False, default=frozenset())
    family: frozenset[str] = field(repr=False, default=frozenset())
    public: frozenset[str] = field(repr=False, default=frozenset())

    def is_first(self, word: str) -> bool:
        """Tell whether the lower-case `word` is somebody's first name or nickname."""
        return word in self.first

    def is_last(self, word: str) -> bool:
        """Tell whether `word` is a common surname, or begins with Mac or Mc."""
        return word in self.last or (word.startswith(("mac", "mc", "o'")) and len(word) > 5)

    def is_also_word(self, word: str) -> bool:
        """Tell whether the name is an ordinary word too, as Hope, May and Grant are."""
        return self.first.get(word, False) or self.last.get(word, False)

    def is_elsewhere(self, word: str) -> bool:
        """Tell whether `word` is a country, a people, a tongue or a city ("Malaysians" too)."""
        return word in self.elsewhere or word.removesuffix("s") in self.elsewhere

    def share(self, word: str) -> float:
        """Return how likely the lower-case `word` is to mean a name, from 0 to 1."""
        return self.shares.get(word, 1.0)


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village with its council area and population."""

    name: str
    council_area: str
    population: int


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _words(name: str) -> Iterator[str]:
    """Yield the words of a text file of ours, without its comments."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def _nicknames() -> Iterator[tuple[str, bool]]:
    for pair in _words("nicknames.txt"):
        form = pair.partition("=")[0]
        yield form.rstrip("*"), form.endswith("*")


def load_names() -> Names:
    """Return the names in the gazetteer files."""
    first = {
        row["name"].lower(): row["also_word"] == "1"
        for row in _rows(FIRST)
        if len(row["name"]) > 2
        and (int(row["births_1974_2020"]) >= KNOWN_BIRTHS or row["decades_1904_1964"] != "0")
    }
    for nickname, also_word in _nicknames():
        first[nickname] = also_word or first.get(nickname, False)
    last = {row["surname"].lower(): row["also_word"] == "1" for row in _rows(LAST)}
    lists = (frozenset(_words(f"{name}.txt")) for name in LISTS)
    return Names(first, last, _shares(), *lists)


def _shares() -> dict[str, float]:
    """Return the shares that are not 1; a word that is both kinds of name has the greater."""
    shares: dict[str, float] = {}
    for file, column in ((FIRST, "name"), (LAST, "surname")):
        for row in _rows(file):
            word = row[column].lower()
            shares[word] = max(float(row[SHARE]), shares.get(word, 0.0))
    return {word: share for word, share in shares.items() if share < 1}


def load_places() -> dict[str, Place]:
    """Return the places of 500 people or more by lower-case name, the largest of each name."""
    places: dict[str, Place] = {}
    for row in _rows("places.csv"):
        place = Place(row["name"], row["council_area"], int(float(row["population"])))
        known = places.get(place.name.lower())
        if row["also_word"] == "0" and (known is None or known.population < place.population):
            places[place.name.lower()] = place
    return places
