"""The whole path of a draft: read it, find clues, apply rules, ask the reader, judge, report."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Protocol

import checker
from checker.classifier import Classifier, load_classifier
from checker.clause import Clause
from checker.detectors.all import Detectors, build_detectors
from checker.draft import Draft
from checker.encoder import Encoded
from checker.errors import ClassifierError
from checker.evidence import Evidence
from checker.finding import Finding
from checker.gazetteers import load_names, load_places
from checker.jigsaw.puzzle import Estimator, load_estimator
from checker.judge import View, judge, strongest, view
from checker.language import DEFAULT_MODEL, load_pipeline
from checker.opinion import Opinion
from checker.outcome import raised_by_reader, settle
from checker.plain import Plain
from checker.reading import Reader, Reading
from checker.report import CheckedWith, Report
from checker.rulebook import Rulebook, load_rulebook
from checker.rules.together import apply_rule
from checker.safer.change import Safer
from checker.safer.leftovers import holds_private
from checker.safer.search import find_safer, may_help
from checker.safer.source import read_source
from checker.summary import not_checked, signposts, summarise
from checker.verdict import Verdict, worst
from checker.vocabulary import load_vocabulary

log = logging.getLogger(__name__)

# Drafts that the encoder reads at once, whoever asks: it takes a core, and spaCy the other.
READ_AT_ONCE = 1


class Encodes(Protocol):
    """Whatever can make an `Encoded` of a reading: the classifier, or an encoder alone."""

    def encode(self, draft: Draft, plain: Plain) -> Encoded:
        """Return what it makes of the draft, whose normalised text is `plain`."""
        ...


class Checker:
    """Checks drafts. Built once by `load_checker`; safe to share between threads.

    `classifier` is None where the learned reader could not be loaded; `reader_problem` then says
    why, and every report says that it was made by rules alone.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        reader: Reader,
        detectors: Detectors,
        *,
        estimator: Estimator,
        classifier: Classifier | None,
        reader_problem: str = "",
    ) -> None:
        self.rulebook = rulebook
        self.classifier = classifier
        self.reader_problem = reader_problem
        self._reader = reader
        self._detectors = detectors
        self._estimator = estimator
        self._reading = Lock()
        self._pool = ThreadPoolExecutor(max_workers=READ_AT_ONCE, thread_name_prefix="encoder")
        self._clauses: Mapping[str, Clause] = {
            clause.id: clause for clause in rulebook.policy.clauses
        }

    def check(self, draft: Draft) -> Report:
        """Return the report on one draft."""
        return self.check_all([draft])[0]

    def check_all(self, drafts: Sequence[Draft]) -> list[Report]:
        """Return the reports on `drafts`, in order, read and judged in batches.

        One caller at a time: spaCy forgets the words of the drafts when its memory zone ends, and
        zones cannot overlap. Reports hold nothing of spaCy's.
        """
        with self._reading, self._reader.pipeline.memory_zone():
            return [self._report(evidence, found) for evidence, found in self.gather(drafts)]

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return a wording of `draft` that would get a better report than `report`, or None.

        It takes several checks, so it is made only where somebody waits to read it.
        """
        if not may_help(report):
            return None
        with self._reading, self._reader.pipeline.memory_zone():
            source = read_source(self.gather([draft])[0][0])
        return find_safer(draft, report, source, self._check_privately)

    def _check_privately(self, drafts: Sequence[Draft]) -> list[tuple[Report, bool]]:
        """Return the report on each draft, and whether something private is left in it."""
        with self._reading, self._reader.pipeline.memory_zone():
            return [
                (self._report(evidence, found), holds_private(evidence))
                for evidence, found in self.gather(drafts)
            ]

    def gather(
        self,
        drafts: Sequence[Draft],
        encoder: Encodes | None = None,
        *,
        rules_alone: bool = False,
    ) -> list[tuple[Evidence, tuple[Finding, ...]]]:
        """Return the evidence in each draft and what the rules alone find in it.

        `encoder` takes the place of the classifier's own, while a new one is trained; with
        `rules_alone` people and their roles are told without any.
        """
        encoder = None if rules_alone else encoder or self.classifier
        plains = self._reader.normalise(drafts)
        encoding = self._encode(drafts, plains, encoder) if encoder else [None] * len(plains)
        readings = self._reader.parse(drafts, plains)
        encoded = (one.result() if one else None for one in encoding)
        found = map(self._detectors.find, readings, encoded)
        return [(evidence, self._apply(evidence)) for evidence in found]

    def encode(self, drafts: Sequence[Draft], encoder: Encodes) -> list[Encoded]:
        """Return what `encoder` makes of each draft, without looking for clues."""
        plains = self._reader.normalise(drafts)
        return [encoder.encode(*pair) for pair in zip(drafts, plains, strict=True)]

    def _encode(
        self, drafts: Sequence[Draft], plains: Sequence[Plain], encoder: Encodes
    ) -> list[Future[Encoded] | None]:
        """Set the encoder to work; it leaves Python's lock alone, so that both cores read."""
        pairs = zip(drafts, plains, strict=True)
        return [self._pool.submit(encoder.encode, *pair) for pair in pairs]

    def health(self) -> dict[str, str]:
        """Return what the checker is made of: version, rulebook, learned reader or why none."""
        return {
            "postcheck": checker.__version__,
            "rulebook": self.rulebook.hash,
            "model": self._model,
        }

    @property
    def _model(self) -> str:
        if self.classifier is None:
            return f"none, rules only: {self.reader_problem}"
        return self.classifier.version

    def _apply(self, evidence: Evidence) -> tuple[Finding, ...]:
        found = (
            apply_rule(rule, evidence, self._clauses)
            for rule in self.rulebook.rules
            if rule.enabled
        )
        return tuple(finding for finding in found if finding is not None)

    def _report(self, evidence: Evidence, found: tuple[Finding, ...]) -> Report:
        opinion = self.classifier.opine(evidence, found) if self.classifier else None
        column = self._view(evidence, opinion)
        verdict = judge(strongest(found), column)
        findings = settle(found, verdict)
        if opinion is not None and column in (View.REVIEW, View.STOP):
            findings = raised_by_reader(
                findings, opinion, verdict, evidence=evidence, policy=self.rulebook.policy
            )
        verdict = self._at_least_review(evidence.reading, verdict)
        return Report(
            verdict=verdict,
            summary=summarise(verdict, findings, evidence.reading),
            findings=findings,
            people=evidence.mentions,
            signposts=signposts(findings),
            not_checked=not_checked(evidence.reading, rules_only=self.classifier is None),
            language=evidence.reading.tongue.code,
            checked_with=CheckedWith(checker.__version__, self.rulebook.hash, self._model),
            jigsaw=self._estimator.estimate(evidence),
        )

    def _view(self, evidence: Evidence, opinion: Opinion | None) -> View:
        if self.classifier is None or opinion is None:
            return View.NONE
        return view(opinion, self.classifier.thresholds[evidence.reading.draft.account])

    def _at_least_review(self, reading: Reading, verdict: Verdict) -> Verdict:
        """Never pass in silence what could not be read."""
        return worst((verdict, Verdict.REVIEW)) if reading.tongue.unreadable else verdict


def load_checker(
    spacy_model: str | None = None, *, rulebook: Rulebook | None = None, with_reader: bool = True
) -> Checker:
    """Load rulebook, spaCy pipeline, gazetteers and the learned reader, each once.

    `rulebook` takes the place of the shipped one.
    Raises `RulebookError` or `LanguageModelError`; a learned reader that cannot be trusted is said
    in one line of the log and in every report, and the rules go on alone.
    """
    rulebook = rulebook or load_rulebook()
    pipeline = load_pipeline(spacy_model or DEFAULT_MODEL)
    names, places = load_names(), load_places()
    phrases = {entry.phrase for entry in rulebook.entries}
    own = {token for phrase in phrases for token in phrase.split()}
    own |= names.first.keys() | names.last.keys() | places.keys()
    words = load_vocabulary(own, likely={phrase for phrase in phrases if " " not in phrase})
    detectors = build_detectors(
        rulebook.entries, pipeline.tokenizer, names=names, places=places, words=words
    )
    classifier, problem = _load_reader() if with_reader else (None, "left out")
    return Checker(
        rulebook,
        Reader(pipeline, words),
        detectors,
        estimator=load_estimator(places),
        classifier=classifier,
        reader_problem=problem,
    )


def without_reader(checker: Checker, why: str) -> Checker:
    """Return the same checker by rules alone; `why` is what its reports say of it."""
    return Checker(
        checker.rulebook,
        checker._reader,
        checker._detectors,
        estimator=checker._estimator,
        classifier=None,
        reader_problem=why,
    )


def _load_reader() -> tuple[Classifier | None, str]:
    try:
        return load_classifier(), ""
    except ClassifierError as error:
        log.warning("Checking by rules alone: %s", error)
        return None, str(error)
