"""Whether a job or a nation in the text is said of a person, and of whom.

Finds   "used to be a miner", "her son is the butcher", "the provost's mum", "a Polish lady"
Leaves  "a nurse came", "my son is the butcher" (the author's own), "Polish the floor"
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.jigsaw.fact import Fact
from checker.jigsaw.phrases import Match, Word

Sets = Mapping[str, frozenset[str]]
# The most words between a relative and the word that says what they are.
NEAR = 2
LONGEST_CUE = 3


def job_fact(words: tuple[Word, ...], match: Match, sets: Sets) -> tuple[Fact, int, int] | None:
    """Return what the job in `match` says and the words it takes, or None where it says nothing.

    A relative's job is a fact about the family: then the words run from the relative, or to it.
    """
    if (after := _relative_after(words, match, sets)) is not None:
        return Fact.FAMILY, match.first, after + 1
    cue = match.first
    while cue and words[cue - 1].text in sets["articles"]:
        cue -= 1
    if cue and _relative(words[cue - 1].text, sets, contracted=True):
        return _of_family(words, cue - 1, match, sets)
    begins = _cue(words, cue, sets["was"] | sets["is"])
    if begins is None or (begins and words[begins - 1].text == "there"):
        return None
    for at in range(begins - 1, max(begins - 1 - NEAR, -1), -1):
        if _relative(words[at].text, sets):
            return _of_family(words, at, match, sets)
    return Fact.JOB, match.first, match.last


def _of_family(
    words: tuple[Word, ...], at: int, match: Match, sets: Sets
) -> tuple[Fact, int, int] | None:
    """Return the fact about the relative at word `at`, unless they are the author's own."""
    own = at > 0 and words[at - 1].text in sets["mine"]
    return None if own else (Fact.FAMILY, at, match.last)


def _relative_after(words: tuple[Word, ...], match: Match, sets: Sets) -> int | None:
    """Return the word that is the relative in "the provost's mum", or None."""
    if not words[match.last - 1].text.endswith("'s"):
        return None
    following = range(match.last, min(match.last + 2, len(words)))
    return next((at for at in following if _relative(words[at].text, sets)), None)


def _relative(word: str, sets: Sets, *, contracted: bool = False) -> bool:
    """Tell whether the word is a relative; with `contracted`, one with "is": "son's"."""
    if contracted:
        return word.endswith("'s") and word.removesuffix("'s") in sets["relatives"]
    return word in sets["relatives"]


def _cue(words: tuple[Word, ...], end: int, cues: frozenset[str]) -> int | None:
    """Return where the cue that ends just before word `end` begins, or None where there is none."""
    for length in range(min(LONGEST_CUE, end), 0, -1):
        said = " ".join(word.text for word in words[end - length : end])
        if said in cues:
            return end - length
    return None


def names_person(words: tuple[Word, ...], match: Match, sets: Sets) -> bool:
    """Tell whether the nation is said of a person: "a Polish lady", "she's Polish"."""
    before = words[match.first - 1].text if match.first else ""
    after = words[match.last].text if match.last < len(words) else ""
    people = sets["person"] | sets["woman"] | sets["man"]
    return after in people or before in sets["is"]
