"""What the rules of a rulebook, and its managers' words and names, find in the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from checker.clause import Clause
from checker.detectors.lexicon import LexiconDetector
from checker.evidence import Evidence
from checker.finding import Clue, Finding
from checker.overlay.local import with_local_names
from checker.overlay.rules import list_of, rule_of
from checker.rulebook import Rulebook
from checker.rules.rule import Rule
from checker.rules.together import apply_rule

Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What rules find in one draft.

    `shown` is what the author may be told; `shadow` what rules on trial would say, for counting
    alone; `told` what the learned reader looks at beside the text: the rules that it was trained
    with find this, so that a manager's change of a rule does not change what the reader thinks.
    """

    shown: Findings
    shadow: Findings = ()
    told: Findings = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a manager's rule that stand in a draft, and which of its lists they are from."""

    quote: str = field(repr=False)
    list: str


WordsByRule = Mapping[str, tuple[Words, ...]]


class Rules:
    """The rules of one rulebook, with the matcher for its managers' words, ready to be applied."""

    def __init__(self, rulebook: Rulebook, matcher: LexiconDetector) -> None:
        self._rulebook = rulebook
        self._matcher = matcher if rulebook.phrases else None
        self._clauses: Mapping[str, Clause] = {one.id: one for one in rulebook.policy.clauses}

    def find(self, evidence: Evidence) -> tuple[Evidence, Found]:
        """Return the evidence with its local names understood, and what the rules find in it."""
        words = self._matched(evidence)
        evidence = with_local_names(evidence, words.get("", ()))
        book = self._rulebook
        shown = self._apply(book.rules, evidence, words)
        if book.told is None:
            return evidence, Found(shown, told=shown)
        shadow = self._apply(book.shadow, evidence, words)
        return evidence, Found(shown, shadow, self._told(book.told, evidence, shown))

    def words(self, evidence: Evidence) -> WordsByRule:
        """Return the words of managers' rules that stand in the draft, by rule."""
        return {
            rule: tuple(Words(clue.quote, list_of(clue.label)) for clue in clues)
            for rule, clues in self._matched(evidence).items()
            if rule
        }

    def _matched(self, evidence: Evidence) -> dict[str, list[Clue]]:
        """Return where managers' words stand, by rule; local names are under ""."""
        found: defaultdict[str, list[Clue]] = defaultdict(list)
        for clue in self._matcher.find_each(evidence.reading) if self._matcher else ():
            found[rule_of(clue.label)].append(clue)
        return found

    def _apply(
        self, rules: Iterable[Rule], evidence: Evidence, words: Mapping[str, list[Clue]]
    ) -> Findings:
        found = []
        for rule in rules:
            own = words.get(rule.id, ())
            # Words of one rule are nothing to another.
            seen = replace(evidence, clues=(*evidence.clues, *own)) if own else evidence
            if rule.enabled and (one := apply_rule(rule, seen, self._clauses)) is not None:
                found.append(one)
        return tuple(found)

    def _told(self, told: Iterable[Rule], evidence: Evidence, shown: Findings) -> Findings:
        """Return the findings of the shipped rules as shipped; most were made already."""
        same = {id(rule) for rule in self._rulebook.rules}
        made = {finding.rule: finding for finding in shown}
        found: list[Finding] = []
        for rule in told:
            if id(rule) not in same:
                found += self._apply([rule], evidence, {})
            elif rule.id in made:
                found.append(made[rule.id])
        return tuple(found)
