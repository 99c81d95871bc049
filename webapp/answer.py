"""A report as the page shows it: cards in order, the gravest first, and the marked draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from checker.clause import Clause
from checker.correction import fold
from checker.finding import Finding, Mention, Similar, Span
from checker.report import Report
from checker.verdict import Category, Verdict, worst
from webapp.highlight import Segment, segments
from webapp.replies import PERMITTED, Reply, about_finding, about_people
from webapp.rewording import Piece, differences

# More than these are not read at one sitting; the rest stands folded below them.
MOST_OPEN = 5

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Card:
    """What is said about the same words: one finding, or several that point at nothing else.

    `people` are those whom the words of the card speak of.
    """

    number: int
    findings: tuple[Finding, ...] = field(repr=False)
    people: tuple[Mention, ...] = field(repr=False)

    @property
    def verdict(self) -> Verdict:
        """Return the gravest verdict of the findings."""
        return worst(tuple(finding.verdict for finding in self.findings))

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the words that the card is about, each place once."""
        return _spans(self.findings)

    @property
    def quote(self) -> str:
        """Return the words that tell this card from others: those its message speaks of."""
        return _quote(self.findings[0])

    @property
    def categories(self) -> tuple[Category, ...]:
        """Return the kinds of concern, the first of which gives the card its title."""
        return _once(finding.category for finding in self.findings)

    @property
    def messages(self) -> tuple[str, ...]:
        """Return what was noticed."""
        return _once(finding.message for finding in self.findings)

    @property
    def advice(self) -> tuple[str, ...]:
        """Return what to do."""
        return _once(finding.advice for finding in self.findings)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses that bear on it."""
        return _once(clause for finding in self.findings for clause in finding.clauses)

    @property
    def clues(self) -> tuple[str, ...]:
        """Return the clues behind the findings, as the report tells them."""
        return _once(clue for finding in self.findings for clue in finding.why.clues)

    @property
    def can_be_permitted(self) -> bool:
        """Tell whether permission in writing could make it fine."""
        return not PERMITTED.isdisjoint(self.categories)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """Return what the author can answer to it."""
        quotes = tuple(span.quote for span in self.spans)
        rules = tuple(finding.rule for finding in self.findings)
        return (*about_people(self.people), *about_finding(quotes, rules, self.categories))

    @property
    def probability(self) -> float | None:
        """Return the highest probability that the learned reader gave, or None."""
        given = (finding.why.probability for finding in self.findings)
        return max((one for one in given if one is not None), default=None)

    @property
    def nearest(self) -> Similar | None:
        """Return the judged example that is most like the draft, or None."""
        return next((like for finding in self.findings for like in finding.why.similar), None)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the draft, named once, with what the author can answer about them."""

    mention: Mention = field(repr=False)
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A report on a draft, cut and sorted for the page.

    `difference` is the draft with the changes of the safer wording, empty where there is none.
    """

    report: Report
    cards: tuple[Card, ...]
    segments: tuple[Segment, ...]
    difference: tuple[Piece, ...] = ()

    @property
    def shown(self) -> tuple[Card, ...]:
        """Return the cards that stand open."""
        return self.cards[:MOST_OPEN]

    @property
    def folded(self) -> tuple[Card, ...]:
        """Return the cards that a reader has to unfold."""
        return self.cards[MOST_OPEN:]

    @property
    def summary(self) -> str:
        """Return the summary of the report, which counts findings, with the count of the cards."""
        findings, cards = _things(len(self.report.findings)), _things(len(self.cards))
        return self.report.summary.replace(findings, cards)

    @property
    def first_step(self) -> str:
        """Return the one thing to do first, "" where nothing was found."""
        return self.cards[0].advice[0] if self.cards else ""

    @property
    def people(self) -> tuple[Person, ...]:
        """Return everybody in the draft, each name with its role once."""
        once = {(fold(one.quote), one.role): one for one in reversed(self.report.people)}
        return tuple(Person(one, about_people((one,))) for one in reversed(once.values()))

    @property
    def has_marks(self) -> bool:
        """Tell whether any words of the draft are marked."""
        return any(segment.marks for segment in self.segments)


def make_answer(text: str, report: Report) -> Answer:
    """Return `report` on the draft `text` as the page shows it."""
    ranked = sorted(report.findings, key=lambda finding: -finding.verdict.severity)
    cards = tuple(
        Card(number, group, _people(group, report.people))
        for number, group in enumerate(_grouped(ranked), start=1)
    )
    difference = differences(text, report.safer.changes) if report.safer else ()
    return Answer(report, cards, segments(text, cards), difference)


def _grouped(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """Put findings about one phrase, or the very same words, where the first of them stands.

    A reader has to deal with a phrase once, whatever speaks against it.
    """
    groups: list[list[Finding]] = []
    known: dict[object, list[Finding]] = {}
    for finding in findings:
        places = frozenset((span.start, span.end) for span in finding.spans)
        phrase = fold(_quote(finding))
        # Findings without words share none: each keeps a card of its own.
        group = (known.get(places) or known.get(phrase)) if places else None
        if group is None:
            groups.append(group := [])
        group.append(finding)
        known |= {places: group, phrase: group}
    return [tuple(group) for group in groups]


def _quote(finding: Finding) -> str:
    """Return the words that tell a finding from others: those that its message speaks of."""
    quotes = [span.quote for span in finding.spans]
    return next((one for one in quotes if f"“{one}”" in finding.message), (quotes or [""])[0])


def _people(findings: tuple[Finding, ...], people: tuple[Mention, ...]) -> tuple[Mention, ...]:
    spans = _spans(findings)
    return tuple(
        one
        for one in people
        if any(one.start < span.end and span.start < one.end for span in spans)
    )


def _things(count: int) -> str:
    """Return how the summary of a report speaks of so many findings."""
    return "There is one thing to" if count == 1 else f"There are {count} things to"


def _spans(findings: tuple[Finding, ...]) -> tuple[Span, ...]:
    """Return the words of a card, each once: “bat” in “old bat” would have its number twice."""
    places: dict[tuple[int, int], Span] = {}
    for finding in findings:
        for span in finding.spans:
            places.setdefault((span.start, span.end), span)
    return tuple(
        span
        for (start, end), span in places.items()
        if not any(a <= start and end <= b for a, b in places if (a, b) != (start, end))
    )


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
