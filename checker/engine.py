"""The whole path of a draft: read it, find clues, apply rules, ask the reader, judge, report."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

import checker
from checker.classifier import Classifier, try_classifier
from checker.corrected import correct_people, drop_corrected
from checker.detectors.all import Detectors, build_detectors
from checker.detectors.lexicon import LexiconDetector
from checker.draft import Draft
from checker.encoder import Encoded, Encodes
from checker.evidence import Evidence
from checker.finding import Finding, Span
from checker.found import Findings, Found, Rules, WordsByRule
from checker.gazetteers import load_names, load_places
from checker.jigsaw.puzzle import Estimator, load_estimator
from checker.judging import Judging, at_least_review
from checker.language import DEFAULT_MODEL, load_pipeline
from checker.plain import Plain
from checker.reading import Reader, Reading
from checker.report import Checked, CheckedWith, Report
from checker.rulebook import Rulebook, load_rulebook
from checker.safer.change import Safer
from checker.safer.leftovers import find_private
from checker.safer.search import find_safer, may_help
from checker.safer.source import read_source
from checker.summary import not_checked, signposts, summarise
from checker.vocabulary import load_vocabulary

# Drafts that the encoder reads at once, whoever asks: it takes a core, and spaCy the other.
READ_AT_ONCE = 1
# Seconds in which the encoder can part a draft into word pieces and leave Python's lock.
HEAD_START = 0.0003


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
        pool: ThreadPoolExecutor | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.classifier = classifier
        self.reader_problem = reader_problem
        self.reader = reader
        self.detectors = detectors
        self._estimator = estimator
        self.pool = pool or ThreadPoolExecutor(READ_AT_ONCE, thread_name_prefix="encoder")
        matcher = LexiconDetector(rulebook.phrases, reader.pipeline.tokenizer)
        self.judging = Judging(rulebook, Rules(rulebook, matcher), classifier)

    def with_rulebook(self, rulebook: Rulebook) -> Checker:
        """Return a checker by `rulebook` that shares everything which takes time to load.

        `rulebook` is this one's with overlays laid upon it (see `apply_overlay`), or the one
        beneath: its lexicons are those that are loaded.
        """
        return self._copy(rulebook, self.classifier, self.reader_problem)

    def with_classifier(self, classifier: Classifier) -> Checker:
        """Return the same checker with another learned reader; its encoder must be the same."""
        return self._copy(self.rulebook, classifier, "")

    def without_reader(self, why: str) -> Checker:
        """Return the same checker by rules alone; `why` is what its reports say of it."""
        return self._copy(self.rulebook, None, why)

    def _copy(self, rulebook: Rulebook, classifier: Classifier | None, problem: str) -> Checker:
        return Checker(
            rulebook,
            self.reader,
            self.detectors,
            estimator=self._estimator,
            classifier=classifier,
            reader_problem=problem,
            pool=self.pool,
        )

    def check(self, draft: Draft) -> Report:
        """Return the report on one draft."""
        return self.check_all([draft])[0]

    def check_all(self, drafts: Sequence[Draft]) -> list[Report]:
        """Return the reports on `drafts`, in order, read and judged in batches."""
        return [one.report for one in self.check_counted(drafts)]

    def check_counted(self, drafts: Sequence[Draft]) -> list[Checked]:
        """Return the reports on `drafts`, each with the rules on trial that would have held."""
        with self.reader.alone():
            return [
                Checked(self._report(evidence, found), tuple(one.rule for one in found.shadow))
                for evidence, found in self._look(drafts, self.classifier)
            ]

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return a wording of `draft` that would get a better report than `report`, or None.

        It takes several checks, so it is made only where somebody waits to read it.
        """
        if not may_help(report):
            return None
        with self.reader.alone():
            source = read_source(self._look([draft], self.classifier)[0][0])
        return find_safer(draft, report, source, self._check_privately)

    def _check_privately(self, drafts: Sequence[Draft]) -> list[tuple[Report, tuple[Span, ...]]]:
        """Return the report on each draft, and what is left in it that is private."""
        with self.reader.alone():
            return [
                (self._report(evidence, found), find_private(evidence, found.shown))
                for evidence, found in self._look(drafts, self.classifier)
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
        return [(evidence, found.shown) for evidence, found in self._look(drafts, encoder)]

    def _look(
        self, drafts: Sequence[Draft], encoder: Encodes | None
    ) -> list[tuple[Evidence, Found]]:
        plains = self.reader.normalise(drafts)
        encoding: Sequence[Future[Encoded] | None] = [None] * len(plains)
        if encoder:
            encoding = self._encode(drafts, plains, encoder)
        readings = self.reader.parse(drafts, plains)
        found = map(self._find, readings, encoding)
        return [self.judging.look(correct_people(one)) for one in found]

    def _find(self, reading: Reading, encoding: Future[Encoded] | None) -> Evidence:
        """Look for clues while the encoder still reads, and for people when it has read."""
        clues = self.detectors.find_clues(reading)
        return self.detectors.find_people(reading, clues, encoding.result() if encoding else None)

    def find_by_rules(self, drafts: Sequence[Draft]) -> list[tuple[Findings, WordsByRule]]:
        """Return what the rules alone find in each draft, and where managers' words stand in it.

        Unlike `gather` it may run while others check: what it returns holds nothing of spaCy's.
        """
        with self.reader.alone():
            looked = self._look(drafts, None)
            return [(found.shown, self.judging.words(evidence)) for evidence, found in looked]

    def encode(self, drafts: Sequence[Draft], encoder: Encodes) -> list[Encoded]:
        """Return what `encoder` makes of each draft, without looking for clues."""
        plains = self.reader.normalise(drafts)
        return [encoder.encode(*pair) for pair in zip(drafts, plains, strict=True)]

    def _encode(
        self, drafts: Sequence[Draft], plains: Sequence[Plain], encoder: Encodes
    ) -> list[Future[Encoded]]:
        """Set the encoder to work; it leaves Python's lock alone, so that both cores read."""
        pairs = zip(drafts, plains, strict=True)
        encoding = [self.pool.submit(encoder.encode, *pair) for pair in pairs]
        # Python's lock goes round every 5 ms: without a head start the encoder waits for spaCy.
        wait(encoding[:1], timeout=HEAD_START)
        return encoding

    def health(self) -> dict[str, str]:
        """Return what the checker is made of: version, rulebook, learned reader or why none.

        `model_rulebook` is the hash of the shipped rulebook that the reader learned beside.
        """
        health = {"postcheck": checker.__version__, "rulebook": self.rulebook.hash}
        beside = {"model_rulebook": self.classifier.rulebook} if self.classifier else {}
        return health | {"model": self._model} | beside

    @property
    def _model(self) -> str:
        if self.classifier is None:
            return f"none, rules only: {self.reader_problem}"
        return self.classifier.version

    def _report(self, evidence: Evidence, found: Found) -> Report:
        judged = self.judging.judge(evidence, found)
        findings = self.judging.with_readers_own(evidence, judged)
        findings, verdict = drop_corrected(findings, judged.verdict, evidence)
        verdict = at_least_review(evidence, verdict)
        return Report(
            verdict=verdict,
            summary=summarise(verdict, findings, evidence.reading),
            findings=findings,
            people=evidence.mentions,
            signposts=signposts(findings, evidence.reading),
            not_checked=not_checked(evidence.reading, rules_only=self.classifier is None),
            language=evidence.reading.tongue.code,
            checked_with=CheckedWith(checker.__version__, self.rulebook.hash, self._model),
            jigsaw=self._estimator.estimate(evidence),
        )


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
    classifier, problem = try_classifier(rulebook.hash) if with_reader else (None, "left out")
    return Checker(
        rulebook,
        Reader(pipeline, words),
        detectors,
        estimator=load_estimator(places),
        classifier=classifier,
        reader_problem=problem,
    )
