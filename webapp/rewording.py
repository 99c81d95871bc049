"""The safer wording on the page: as a marked difference, and put in the place of the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.safer.change import Change, Safer, apply_changes

# What takes the whole wording; else the place of one change, like "4-10".
ALL = "all"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft that stays the `same`, or one whose `old` words give way to `new`."""

    same: str = field(default="", repr=False)
    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)


def differences(text: str, changes: Iterable[Change]) -> tuple[Piece, ...]:
    """Return `text` cut into what stays and what changes; `changes` are in order."""
    pieces, at = [], 0
    for one in changes:
        pieces += [Piece(same=text[at : one.start]), Piece(old=one.quote, new=one.new)]
        at = one.end
    return tuple(piece for piece in (*pieces, Piece(same=text[at:])) if piece != Piece())


def reword(text: str, safer: Safer | None, wanted: str) -> str:
    """Return `text` with the changes of `safer` that are `wanted`.

    It comes back as it is where there is no such change, because the draft was edited meanwhile.
    """
    changes = safer.changes if safer else ()
    return apply_changes(text, (one for one in changes if wanted in (ALL, place(one))))


def place(change: Change) -> str:
    """Return what a button says to want this change alone."""
    return f"{change.start}-{change.end}"
