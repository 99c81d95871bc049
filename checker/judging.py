"""From the evidence in a draft to its verdict: what rules find and the reader thinks, judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.classifier import Classifier
from checker.draft import Account
from checker.evidence import Evidence
from checker.finding import Finding
from checker.found import Found, Rules, WordsByRule
from checker.judge import Thresholds, View, decide, view
from checker.opinion import Opinion
from checker.outcome import raised_by_reader, settle
from checker.overlay.local import neutral_text, without_local_names
from checker.overlay.strictness import stricter
from checker.plain import make_plain
from checker.rulebook import Rulebook
from checker.verdict import Verdict, worst


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a draft with the rules' findings that stand, and what the reader thinks."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    column: View
    opinion: Opinion | None


class Judging:
    """Judges evidence by one rulebook; `classifier` is None where there is no learned reader."""

    def __init__(self, rulebook: Rulebook, rules: Rules, classifier: Classifier | None) -> None:
        self._policy = rulebook.policy
        self._rules = rules
        self._classifier = classifier
        self.thresholds: dict[Account, Thresholds] = {
            account: stricter(at, rulebook.strictness[account])
            for account, at in (classifier.thresholds if classifier else {}).items()
        }

    def look(self, evidence: Evidence) -> tuple[Evidence, Found]:
        """Return the evidence with local names understood, and what the rules find in it."""
        return self._rules.find(evidence)

    def words(self, evidence: Evidence) -> WordsByRule:
        """Return where words of managers' rules stand, by rule id."""
        return self._rules.words(evidence)

    def judge(self, evidence: Evidence, found: Found, opinion: Opinion | None = None) -> Judged:
        """Return the verdict on what `look` returned; `opinion` where it is known already."""
        opinion = opinion or self._opine(evidence, found)
        column = self._view(evidence, opinion)
        verdict = decide(found.shown, column)
        findings = settle(found.shown, verdict)
        return Judged(at_least_review(evidence, verdict), findings, column, opinion)

    def verdicts_at(
        self, evidence: Evidence, found: Found, factors: Sequence[float]
    ) -> tuple[Verdict, ...]:
        """Return the verdict on what `look` returned at each strictness, whatever is chosen now.

        Raises `ValueError` where there is no learned reader to be strict.
        """
        opinion = self._opine(evidence, found)
        if self._classifier is None or opinion is None:
            raise ValueError("without the learned reader there is no strictness")
        at = self._classifier.thresholds[evidence.reading.draft.account]
        columns = (view(opinion, stricter(at, factor)) for factor in factors)
        return tuple(at_least_review(evidence, decide(found.shown, one)) for one in columns)

    def with_readers_own(self, evidence: Evidence, judged: Judged) -> tuple[Finding, ...]:
        """Return the findings of a judged draft, with those that the reader raises itself."""
        if judged.opinion is None or judged.column not in (View.REVIEW, View.STOP):
            return judged.findings
        return raised_by_reader(
            judged.findings,
            judged.opinion,
            judged.verdict,
            evidence=evidence,
            policy=self._policy,
        )

    def _opine(self, evidence: Evidence, found: Found) -> Opinion | None:
        if self._classifier is None:
            return None
        told = self._told_of_names(self._classifier, evidence)
        opinion = self._classifier.opine(told, found.told)
        return without_local_names(opinion, evidence)

    def _told_of_names(self, classifier: Classifier, evidence: Evidence) -> Evidence:
        """Return the evidence with the draft weighed by the encoder without explained names."""
        text = neutral_text(evidence)
        if text is None or evidence.encoded is None:
            return evidence
        again = classifier.encode(evidence.reading.draft, make_plain(text))
        return replace(evidence, encoded=replace(evidence.encoded, logits=again.logits))

    def _view(self, evidence: Evidence, opinion: Opinion | None) -> View:
        if opinion is None:
            return View.NONE
        return view(opinion, self.thresholds[evidence.reading.draft.account])


def at_least_review(evidence: Evidence, verdict: Verdict) -> Verdict:
    """Never pass in silence what could not be read."""
    unreadable = evidence.reading.tongue.unreadable
    return worst((verdict, Verdict.REVIEW)) if unreadable else verdict
