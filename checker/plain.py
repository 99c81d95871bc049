"""A draft with its disguises undone, and the way back to the author's own characters."""

from __future__ import annotations

from dataclasses import dataclass, field

# Put the string in the place of characters `start` to `end`.
Edit = tuple[int, int, str]
Origin = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plain:
    """A draft with its disguises undone.

    `origins[i]` is the half-open range, in code points of the author's text, from which
    `text[i]` came; `undone` names the disguises that were found.
    """

    text: str = field(repr=False)
    origins: tuple[Origin, ...] = field(repr=False)
    undone: frozenset[str] = frozenset()

    def back(self, start: int, end: int) -> Origin:
        """Return the author's range for `text[start:end]`; the range must not be empty."""
        ranges = self.origins[start:end]
        return min(first for first, _ in ranges), max(last for _, last in ranges)

    def apply(self, edits: list[Edit], name: str) -> Plain:
        """Return this with non-overlapping `edits` made, in order, and `name` among the undone.

        A stretch that keeps its length maps back letter by letter; another as a whole.
        """
        if not edits:
            return self
        pieces: list[str] = []
        origins: list[Origin] = []
        at = 0
        for start, end, new in edits:
            pieces += (self.text[at:start], new)
            origins += self.origins[at:start]
            origins += self._origins_of(start, end, new)
            at = end
        pieces.append(self.text[at:])
        origins += self.origins[at:]
        undone = self.undone | {name} if name else self.undone
        return Plain("".join(pieces), tuple(origins), undone)

    def _origins_of(self, start: int, end: int, new: str) -> list[Origin]:
        if start == end:
            last = self.origins[-1][1]
            here = self.origins[start][0] if start < len(self.origins) else last
            return [(here, here)] * len(new)
        if len(new) == end - start:
            return list(self.origins[start:end])
        return [self.back(start, end)] * len(new)


def make_plain(text: str) -> Plain:
    """Return `text` as the author wrote it, each character its own origin."""
    return Plain(text, tuple((at, at + 1) for at in range(len(text))))
