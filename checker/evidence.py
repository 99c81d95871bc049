"""What the detectors found in one draft, ordered for the rules to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property

from checker.encoder import Encoded
from checker.finding import Clue, Kind, Mention, Role
from checker.reading import Reading

Item = Clue | Mention


@dataclass(frozen=True)
class Evidence:
    """The reading of a draft with its clues and people.

    `encoded` is what the encoder makes of it, None where there is no learned reader.
    """

    reading: Reading
    clues: tuple[Clue, ...]
    mentions: tuple[Mention, ...]
    encoded: Encoded | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return clues and mentions together, in the order of the text."""
        return tuple(
            sorted((*self.clues, *self.mentions), key=lambda item: (item.first, item.last))
        )

    @cached_property
    def by_kind(self) -> dict[Kind, list[Item]]:
        """Return the items of each kind, in the order of the text; a mention is a person."""
        found: defaultdict[Kind, list[Item]] = defaultdict(list)
        for item in self.items:
            found[Kind.PERSON if isinstance(item, Mention) else item.kind].append(item)
        return dict(found)

    @cached_property
    def pools(self) -> dict[Hashable, tuple[Item, ...]]:
        """Return the items that fill each need that was asked about, for rules to note."""
        return {}

    @cached_property
    def labels(self) -> frozenset[str]:
        """Return the labels of all clues."""
        return frozenset(clue.label for clue in self.clues)

    def sentence(self, item: Item) -> int:
        """Return the number of the sentence in which `item` begins."""
        return self.reading.sentence_of[item.first]

    def labels_beside(self, items: Iterable[Item]) -> frozenset[str]:
        """Return the labels of the clues in the sentences of `items`."""
        sentences = {self.sentence(item) for item in items}
        return frozenset().union(*(self._labels_in.get(one, ()) for one in sentences))

    def roles_beside(self, items: Iterable[Item]) -> frozenset[Role]:
        """Return the roles of the people in the sentences of `items`."""
        sentences = {self.sentence(item) for item in items}
        return frozenset().union(*(self._roles_in.get(one, ()) for one in sentences))

    @cached_property
    def _labels_in(self) -> dict[int, set[str]]:
        found: defaultdict[int, set[str]] = defaultdict(set)
        for clue in self.clues:
            found[self.sentence(clue)].add(clue.label)
        return dict(found)

    @cached_property
    def _roles_in(self) -> dict[int, set[Role]]:
        found: defaultdict[int, set[Role]] = defaultdict(set)
        for mention in self.mentions:
            found[self.sentence(mention)].add(mention.role)
        return dict(found)
