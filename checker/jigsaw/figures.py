"""The figures that the estimate rests on, read once from `data/`; each file names its sources."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import RulebookError

FOLDER = Path(__file__).parent / "data"
POPULATION, AREAS, FIGURES = "population.csv", "council_areas.csv", "figures.csv"
# From here on each age holds a steady part fewer people than the one before.
OLD = 90
HUNDRED = 100
NO_END = 999

# One number for each band of age, men first and then women.
Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The people of one sex from one age to another, both included."""

    sex: str
    first: int
    last: int
    people: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A row or rows of `figures.csv`: whom a detail fits, as a share of each band.

    `ages` stands instead where the detail is itself an age, from and to.
    """

    kind: str
    share: Vector
    spread: float
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is known of how many people there are; `people` is all of Scotland.

    `within` holds the shares that take the place of others beside a second figure, by both keys:
    dementia is commoner among people who live in care homes.
    """

    bands: tuple[Band, ...]
    people: int
    areas: Mapping[str, int]
    figures: Mapping[str, Figure]
    within: Mapping[tuple[str, str], Vector]

    def everyone(self, share: float) -> Vector:
        """Return the vector that gives every band the same share, 1 at most."""
        return (min(share, 1.0),) * len(self.bands)

    def count(self, vector: Vector) -> float:
        """Return how many people in Scotland a vector of shares leaves."""
        return sum(band.people * part for band, part in zip(self.bands, vector, strict=True))

    def of_sex(self, sex: str) -> Vector:
        """Return the vector that holds all of one sex: "male" or "female"."""
        return tuple(float(band.sex == sex) for band in self.bands)

    def of_age(self, first: int, last: int) -> Vector:
        """Return which part of each band is from `first` to `last` years old.

        Below ninety the ages of a band are taken to be alike; from ninety on each has the same
        part fewer people than the one before, so that the centenarians come out right.
        """
        return tuple(self._part(band, first, last) for band in self.bands)

    def _part(self, band: Band, first: int, last: int) -> float:
        first, last = max(first, band.first), min(last, band.last)
        if first > last:
            return 0.0
        if band.first < OLD:
            return (last - first + 1) / (band.last - band.first + 1)
        old = sum(one.people for one in self.bands if one.sex == band.sex and one.first >= OLD)
        kept = self._kept(band.sex)
        return old * (kept ** (first - OLD) - kept ** (last + 1 - OLD)) / band.people

    def _kept(self, sex: str) -> float:
        """Return the part of the people of one age, from ninety on, that the next age has."""
        old = {one.first: one.people for one in self.bands if one.sex == sex and one.first >= OLD}
        return float((old[HUNDRED] / sum(old.values())) ** (1 / (HUNDRED - OLD)))


def load_figures(folder: Path = FOLDER) -> Figures:
    """Return the figures in the files of `folder`.

    Raises `RulebookError`, naming file and row, for ages that fit no band and for a share over 1.
    """
    bands = tuple(
        Band(sex, int(row["age_from"]), _end(row["age_to"]), int(row[sex]))
        for sex in ("male", "female")
        for row in _rows(folder, POPULATION)
    )
    areas = {row["name"].lower(): int(row["people"]) for row in _rows(folder, AREAS)}
    grouped: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(folder, FIGURES):
        grouped[row["key"], row["within"]].append(row)
    return Figures(
        bands,
        sum(band.people for band in bands),
        areas,
        {key: _figure(rows, bands) for (key, within), rows in grouped.items() if not within},
        {both: _share(rows, bands) for both, rows in grouped.items() if both[1]},
    )


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _end(age: str) -> int:
    return int(age) if age else NO_END


def _ages(row: dict[str, str]) -> tuple[int, int]:
    return int(row["age_from"] or 0), _end(row["age_to"])


def _figure(rows: list[dict[str, str]], bands: tuple[Band, ...]) -> Figure:
    spread = max(float(row["spread"]) for row in rows)
    if not rows[0]["people"]:
        return Figure(rows[0]["kind"], (), spread, _ages(rows[0]))
    return Figure(rows[0]["kind"], _share(rows, bands), spread)


def _share(rows: list[dict[str, str]], bands: tuple[Band, ...]) -> Vector:
    """Return the share of each band that the rows of one figure give; bands without a row get 0."""
    shares = dict.fromkeys(bands, 0.0)
    for row in rows:
        first, last = _ages(row)
        inside = [
            band
            for band in bands
            if first <= band.first and band.last <= last and row["sex"] in ("", band.sex)
        ]
        of = float(row["of"]) if row["of"] else sum(band.people for band in inside)
        _check(row, inside, of)
        shares |= dict.fromkeys(inside, float(row["people"]) / of)
    return tuple(shares.values())


def _check(row: dict[str, str], inside: list[Band], of: float) -> None:
    edges = {band.first for band in inside} | {band.last for band in inside}
    if not inside or not {int(row["age_from"] or 0), _end(row["age_to"])} <= edges:
        raise RulebookError(
            f"{FIGURES}: {row['key']}: the ages must begin and end with bands of {POPULATION}."
        )
    if float(row["people"]) > of:
        raise RulebookError(f"{FIGURES}: {row['key']}: more people than there are of that age.")
