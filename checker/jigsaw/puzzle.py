"""The jigsaw of one draft: its people, their details, and the person whom fewest others fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.evidence import Evidence
from checker.gazetteers import Place
from checker.jigsaw.details import Finder
from checker.jigsaw.estimate import FEWEST, Jigsaw, about, best_to_drop, bounds, count, narrowing
from checker.jigsaw.fact import Detail
from checker.jigsaw.knowledge import Knowledge, load_knowledge
from checker.jigsaw.owners import share_out
from checker.jigsaw.people import Someone, join
from checker.jigsaw.phrases import cut
from checker.jigsaw.sex import sex_of
from checker.jigsaw.wording import tell

# More than these in one draft are a list, and are not looked at: a bound on what it can cost.
MOST_PEOPLE, MOST_DETAILS = 40, 200


@dataclass(frozen=True, slots=True)
class Estimator:
    """Makes jigsaws; holds what is known beforehand, loaded once."""

    known: Knowledge

    def estimate(self, evidence: Evidence) -> Jigsaw | None:
        """Return the jigsaw of the person whom fewest people fit.

        None where nobody met through work has two narrowing details.
        """
        sets = self.known.phrases.words
        people = join(evidence, sets)[:MOST_PEOPLE]
        if not people:
            return None
        words = cut(evidence.reading.plain.text)
        details = Finder(evidence, words, self.known).find()[:MOST_DETAILS]
        shared = share_out(evidence, people, details, sets)
        found = (self._of(evidence, someone) for someone in shared)
        return min(
            (one for one in found if one is not None),
            key=lambda one: (one.fits, one.high),
            default=None,
        )

    def _of(self, evidence: Evidence, someone: Someone) -> Jigsaw | None:
        """Return the jigsaw of one person, or None where they have too few details."""
        figures = self.known.figures
        if len(narrowing(someone.details, figures)) < FEWEST:
            return None
        sex = sex_of(evidence, someone, self.known.phrases.words, figures)
        details = someone.details if sex is None else _with(someone, sex).details
        expected = count(details, figures)
        fits, (low, high) = about(expected), map(about, bounds(expected, details))
        drop = best_to_drop(details, figures)
        return Jigsaw(
            fits=fits,
            low=low,
            high=high,
            person=someone.mentions[0],
            details=details,
            drop=drop[0] if drop else None,
            without=drop[1] if drop else None,
            sentence=tell(fits, low, high, details, drop),
        )


def _with(someone: Someone, detail: Detail) -> Someone:
    ordered = sorted((*someone.details, detail), key=lambda one: one.start)
    return replace(someone, details=tuple(ordered))


def load_estimator(places: Mapping[str, Place]) -> Estimator:
    """Return the estimator; `places` are the towns of the gazetteer.

    Raises `RulebookError` for a figure or a phrase that is not understood.
    """
    return Estimator(load_knowledge(places))
