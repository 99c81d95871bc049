"""Whether somebody is a woman or a man, by the noun that names them or by "she" and "he"."""

from __future__ import annotations

from checker.evidence import Evidence
from checker.jigsaw.cues import Sets
from checker.jigsaw.fact import Detail, Fact
from checker.jigsaw.figures import Figures
from checker.jigsaw.people import Someone

# The words for each sex in `data/phrases.yaml`: nouns, and pronouns.
NOUNS = {"female": "woman", "male": "man"}
PRONOUNS = {"female": "she", "male": "he"}
# Words tell sex almost surely.
SPREAD = 1.0


def sex_of(evidence: Evidence, someone: Someone, sets: Sets, figures: Figures) -> Detail | None:
    """Return the detail that tells the sex of `someone`, or None where nothing does."""
    told = _by_noun(evidence, someone, sets) or _by_pronoun(evidence, someone, sets)
    if told is None:
        return None
    sex, at = told
    start, end, quote = evidence.reading.quote(at, at + 1)
    share = figures.of_sex(sex)
    return Detail(start, end, quote, Fact.SEX, sex, share, SPREAD, False, at, at + 1)


def _by_noun(evidence: Evidence, someone: Someone, sets: Sets) -> tuple[str, int] | None:
    lower = evidence.reading.lower
    for mention in someone.mentions if someone.sex else ():
        for at in range(mention.first, mention.last):
            if lower[at] in sets[NOUNS[someone.sex]]:
                return someone.sex, at
    return None


def _by_pronoun(evidence: Evidence, someone: Someone, sets: Sets) -> tuple[str, int] | None:
    """Take "she" or "he" where only one of them stands in or after a sentence about them.

    A relative's pronoun is usually that of somebody else ("his mum").
    """
    if someone.is_family:
        return None
    reading = evidence.reading
    inside = {evidence.sentence(one) + after for one in someone.mentions for after in (0, 1)}
    told = {
        sex: at
        for at in reversed(range(len(reading.lower)))
        if reading.sentence_of[at] in inside
        for sex, pronouns in PRONOUNS.items()
        if reading.lower[at] in sets[pronouns]
    }
    return next(iter(told.items())) if len(told) == 1 else None
