"""Undo disguises, step by step, while keeping the way back to the author's own characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker import characters, disguises
from checker.plain import Edit, Plain, make_plain
from checker.vocabulary import Vocabulary

Step = Callable[[str, Vocabulary], Iterator[Edit]]

# In this order, since each step reads what the last one wrote. Straight quotes, spaces and shorter
# runs are no disguise and have no name.
STEPS: tuple[tuple[str, Step], ...] = (
    ("pasted HTML", characters.entities),
    ("", characters.quotes),
    ("", characters.keycaps),
    ("hidden characters", characters.breaks),
    ("hidden characters", characters.hidden),
    ("", characters.odd_spaces),
    ("", characters.long_runs),
    ("unusual letters", characters.compatible),
    ("unusual letters", characters.accents),
    ("emoji letters", characters.emoji_letters),
    ("emoji letters", characters.flag_letters),
    ("look-alike letters", characters.lookalikes),
    ("starred letters", disguises.starred),
    ("spaced letters", disguises.spaced),
    ("", characters.space_runs),
    ("numbers for letters", disguises.leet),
    ("repeated letters", disguises.repeated),
    ("hashtags", disguises.hashtags),
)


def normalise(text: str, words: Vocabulary) -> Plain:
    """Return `text` with disguises undone, and the way back for each character."""
    plain = make_plain(text)
    for name, step in STEPS:
        plain = plain.apply(list(step(plain.text, words)), name)
    return plain
