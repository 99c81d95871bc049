"""The details of a draft that narrow somebody down, whoever they belong to.

Finds   "Aberfeldy", "101-year-old", "son is the butcher", "used to be a miner", "from Poland"
Leaves  "Polish the floor", "a nurse came", "Tuesday", "a cold": no detail, or one without figure
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.detectors.times import TENS, UNITS, VERY_OLD
from checker.evidence import Evidence
from checker.finding import Clue
from checker.jigsaw.cues import job_fact, names_person
from checker.jigsaw.fact import Detail, Fact
from checker.jigsaw.figures import Vector
from checker.jigsaw.knowledge import Knowledge
from checker.jigsaw.phrases import Match, Word

# Factors by which these may be wrong, by our estimate: towns by their year, ages by their band.
TOWN_SPREAD, AGE_SPREAD, OLD_SPREAD = 1.3, 1.2, 1.5
# A person has about this many close relatives of whom such a thing can be said (our estimate).
RELATIVES = 3
# The guide counts a condition that fewer than 1 in 1,000 have, and unusual ties and looks.
RARE = {Fact.CONDITION: 1 / 1000, Fact.FAMILY: 1 / 200, Fact.LOOKS: 1 / 200}
GUIDE_COUNTS = frozenset(
    {Fact.TOWN, Fact.STREET, Fact.ADDRESS, Fact.POSTCODE, Fact.PREMISES, Fact.ROOM}
    | {Fact.JOB, Fact.EVENT, Fact.DATE, *RARE}
)
PLACE_LABELS = {
    "place.street": Fact.STREET,
    "place.address": Fact.ADDRESS,
    "place.postcode": Fact.POSTCODE,
    "place.room": Fact.ROOM,
}
NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the details of one draft: its evidence, its words, and what is known beforehand."""

    evidence: Evidence
    words: tuple[Word, ...]
    known: Knowledge

    def find(self) -> tuple[Detail, ...]:
        """Return the details in the order of the text."""
        found = [*self._by_phrases()]
        told = {at for one in found for at in range(one.first, one.last)}
        for clue in self.evidence.clues:
            detail = self._by_clue(clue)
            # "duchenne" has its own figure; a rare condition without one gets that of its kind.
            if detail and not (detail.fact is Fact.CONDITION and clue.first in told):
                found.append(detail)
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def _by_clue(self, clue: Clue) -> Detail | None:
        if clue.label == "place.town":
            return self._town(clue)
        if clue.label in PLACE_LABELS:
            fact = PLACE_LABELS[clue.label]
            return self._figure(clue, fact.value, fact)
        if clue.label == "place.premises":
            kind = self.known.phrases.premises.get(self._plain(clue).split()[-1])
            return self._figure(clue, kind, Fact.PREMISES) if kind else None
        if clue.label.startswith("age."):
            return self._age(clue)
        if clue.label == "time.date" and self._is_dated(clue):
            return self._figure(clue, "date", Fact.DATE)
        if clue.label == "health.rare":
            return self._figure(clue, "rare-condition", Fact.CONDITION)
        return None

    def _plain(self, clue: Clue) -> str:
        return " ".join(self.evidence.reading.lower[clue.first : clue.last])

    def _town(self, clue: Clue) -> Detail | None:
        place = self.known.places.get(self._plain(clue))
        if place is None:
            return None
        everyone = self.known.figures.everyone(place.population / self.known.figures.people)
        return self._detail(clue, Fact.TOWN, place.name, everyone, spread=TOWN_SPREAD)

    def _age(self, clue: Clue) -> Detail:
        years = _years(self._plain(clue))
        share = self.known.figures.of_age(years, years)
        spread = OLD_SPREAD if years >= VERY_OLD else AGE_SPREAD
        return self._detail(clue, Fact.AGE, str(years), share, spread=spread, counted=True)

    def _is_dated(self, clue: Clue) -> bool:
        """Tell whether the date is that of a birth, a death or a wedding, not of a visit."""
        sentence = self.evidence.sentence(clue)
        reading = self.evidence.reading
        return any(
            number == sentence and word in self.known.phrases.words["dated"]
            for word, number in zip(reading.lower, reading.sentence_of, strict=True)
        )

    def _figure(self, clue: Clue, key: str, fact: Fact) -> Detail:
        figure = self.known.figures.figures[key]
        return self._detail(clue, fact, key, figure.share, spread=figure.spread)

    def _detail(
        self,
        clue: Clue,
        fact: Fact,
        key: str,
        share: Vector,
        *,
        spread: float,
        counted: bool = False,
    ) -> Detail:
        return Detail(
            clue.start,
            clue.end,
            clue.quote,
            fact,
            key,
            share,
            spread,
            counted or self._counts(fact, share),
            clue.first,
            clue.last,
        )

    def _counts(self, fact: Fact, share: Vector) -> bool:
        """Tell whether the labelling guide counts such a detail towards review and stop."""
        part = self.known.figures.count(share) / self.known.figures.people
        return fact in GUIDE_COUNTS and part < RARE.get(fact, 1.0)

    def _by_phrases(self) -> Iterator[Detail]:
        for match in self.known.phrases.find(self.words):
            detail = self._by_phrase(match)
            if detail is not None:
                yield detail

    def _by_phrase(self, match: Match) -> Detail | None:
        sets = self.known.phrases.words
        if match.part == "jobs":
            taken = job_fact(self.words, match, sets)
            if taken is None:
                return None
            fact, first, last = taken
            return self._phrase(match, fact, first, last)
        if match.part == "nations" and not names_person(self.words, match, sets):
            return None
        if match.part == "areas":
            return self._area(match)
        return self._phrase(match, None, match.first, match.last)

    def _phrase(self, match: Match, fact: Fact | None, first: int, last: int) -> Detail | None:
        """Return the detail that words `first` to `last` tell, by the figure of the match."""
        figure = self.known.figures.figures[match.key]
        span = self._span(first, last)
        if figure.kind == "age-word" and not self._names_somebody(span):
            return None
        if figure.ages is not None:
            share = self.known.figures.of_age(*figure.ages)
            counted = figure.ages[0] >= VERY_OLD
            return self._at(span, Fact.AGE, match.key, share, figure.spread, counted)
        fact = fact or Fact(figure.kind)
        more = RELATIVES if match.part == "jobs" and fact is Fact.FAMILY else 1
        # A relative's job says nothing of the age of the person themselves.
        share = self._spread_out(figure.share, more) if more > 1 else figure.share
        return self._at(span, fact, match.key, share, figure.spread, self._counts(fact, share))

    def _spread_out(self, share: Vector, more: int) -> Vector:
        figures = self.known.figures
        return figures.everyone(more * figures.count(share) / figures.people)

    def _area(self, match: Match) -> Detail | None:
        before = self.words[match.first - 1].text if match.first else ""
        inside = before in self.known.phrases.words["before-place"]
        span = self._span(match.first, match.last)
        if not inside or self._names_somebody(span):
            return None
        figures = self.known.figures
        share = figures.everyone(figures.areas[match.key] / figures.people)
        return self._at(span, Fact.REGION, match.key, share, TOWN_SPREAD, counted=False)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.words[first].start, self.words[last - 1].end

    def _names_somebody(self, span: tuple[int, int]) -> bool:
        """Tell whether characters `span` of the plain text are part of what names a person."""
        first, last = self.evidence.reading.tokens_at(*span)
        return any(one.first < last and first < one.last for one in self.evidence.mentions)

    def _at(
        self,
        span: tuple[int, int],
        fact: Fact,
        key: str,
        share: Vector,
        spread: float,
        counted: bool,
    ) -> Detail:
        reading = self.evidence.reading
        start, end = reading.plain.back(*span)
        quote = reading.draft.text[start:end]
        tokens = reading.tokens_at(*span)
        return Detail(start, end, quote, fact, key, share, spread, counted, *tokens)


def _years(words: str) -> int:
    """Return the age in a clue of `checker/detectors/times.py`; a "hundredth" birthday has none."""
    if number := NUMBER.search(words):
        return int(number[0])
    parts = words.replace("-", " ").split()
    tens = sum(10 * (TENS.index(word) + 2) for word in parts if word in TENS)
    return tens + sum(UNITS.index(word) + 1 for word in parts if word in UNITS) or 100
