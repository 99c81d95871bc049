"""Estimates how often a word that is also a name means the name; writes it into the gazetteers.

A first name that is no word has the frequency that its bearers give it: over all such names,
running text names a bearer's share of the people `per_bearer` times. What a name that is also a
word should have by its bearers, divided by what it has, is the share of its uses that are the
name. A surname, of which only the rank is known, should have what unambiguous ones of about its
rank have.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from wordfreq import get_frequency_dict

from checker.gazetteers import FIRST, FOLDER, LAST, SHARE

Row = dict[str, str]

# Bearers that a decade among the hundred commonest names before 1965 stands for: such a name had
# about 280 births a year in Scotland (0.3 % of 95,000), and a good third of them still live.
BEARERS_A_DECADE = 1000
# Rarer names say little about how often text names a bearer.
MANY_BEARERS = 500
# Surnames that stand this many ranks off or nearer are about as common.
NEAR_RANKS = 15


def write_shares(folder: Path = FOLDER) -> None:
    """Fill the column `name_share` of both name files in `folder`, from 0.00 to 1.00."""
    frequency = get_frequency_dict("en", wordlist="small")
    for name, estimate in ((FIRST, first_shares), (LAST, last_shares)):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            rows: list[Row] = list(csv.DictReader(lines))
        shares = estimate(rows, frequency)
        filled = [row | {SHARE: f"{share:.2f}"} for row, share in zip(rows, shares, strict=True)]
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(filled[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(filled)


def first_shares(rows: Sequence[Row], frequency: Mapping[str, float]) -> list[float]:
    """Return for each first name the share of its uses that are the name."""
    bearers = [_bearers(row) for row in rows]
    common = [at for at, row in enumerate(rows) if _is_plain(row) and bearers[at] >= MANY_BEARERS]
    used = sum(frequency.get(rows[at]["name"].lower(), 0.0) for at in common)
    per_bearer = used / sum(bearers[at] for at in common)
    return [
        1.0
        if _is_plain(row)
        else _share(per_bearer * bearers[at], frequency.get(row["name"].lower(), 0.0))
        for at, row in enumerate(rows)
    ]


def last_shares(rows: Sequence[Row], frequency: Mapping[str, float]) -> list[float]:
    """Return for each surname the share of its uses that are the name."""
    plain = {
        int(row["rank"]): frequency.get(row["surname"].lower(), 0.0)
        for row in rows
        if _is_plain(row)
    }
    shares = []
    for row in rows:
        if _is_plain(row):
            shares.append(1.0)
            continue
        rank = int(row["rank"])
        near = [used for other, used in plain.items() if abs(other - rank) <= NEAR_RANKS]
        shares.append(_share(median(near), frequency.get(row["surname"].lower(), 0.0)))
    return shares


def _bearers(row: Row) -> int:
    return int(row["births_1974_2020"]) + BEARERS_A_DECADE * int(row["decades_1904_1964"])


def _is_plain(row: Row) -> bool:
    return row["also_word"] == "0"


def _share(expected: float, used: float) -> float:
    return min(1.0, expected / used) if used else 1.0
