"""The clauses that findings point to: the SSSC Codes and guidance, and the council's policy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker.clause import Clause
from checker.errors import RulebookError
from checker.policy import concerns
from checker.policy.concerns import Concern, read_concerns
from checker.policy.document import SOURCES, Document, Source, Status, read_document
from checker.strict_yaml import suggest, yaml_files
from checker.verdict import Category

__all__ = ["Concern", "Policy", "Source", "Status", "load_policy"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Every clause in its current and its earlier versions, and which of them bear on what.

    `sources` holds the policies that are in force, then the versions they replaced.
    """

    sources: tuple[Source, ...]
    clauses: tuple[Clause, ...]
    earlier_clauses: tuple[Clause, ...]
    concerns: tuple[Concern, ...]

    def clause(self, clause_id: str) -> Clause:
        """Return the clause in its current version; raises `RulebookError` when there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise RulebookError(f"Unknown clause '{clause_id}'; {suggest(clause_id, self.ids)}")

    def earlier(self, clause_id: str) -> tuple[Clause, ...]:
        """Return the clause in its earlier versions, newest first; a new one has none.

        Raises `RulebookError` when there is no such clause now.
        """
        self.clause(clause_id)
        return tuple(clause for clause in self.earlier_clauses if clause.id == clause_id)

    def for_category(self, category: Category) -> tuple[Clause, ...]:
        """Return the clauses that bear on `category`, suitability (Code 5.8) first."""
        return tuple(self.clause(each) for each in self.concern(category).clauses)

    def concern(self, category: Category) -> Concern:
        """Return the title and the description of `category`."""
        return self.concerns[tuple(Category).index(category)]

    def from_source(self, source: str) -> tuple[Clause, ...]:
        """Return the current clauses of a source ("sssc"), in the order of its document."""
        return tuple(clause for clause in self.clauses if clause.source == source)

    def cite(self, clause: Clause) -> str:
        """Return how to name `clause` to a reader, like "SSSC Code 2.3 (2024)"."""
        short = next(source.short for source in self.sources if source.id == clause.source)
        return f"{short} {clause.label}"

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the current clauses."""
        return tuple(clause.id for clause in self.clauses)


def load_policy(folder: Path | None = None) -> Policy:
    """Return the policy that the YAML files in `folder` hold; the shipped ones when None.

    Raises `RulebookError`, naming file, key and remedy, for anything it does not understand.
    """
    folder = folder or Path(__file__).parent
    paths = sorted(path for path in yaml_files(folder) if path.name != concerns.FILE)
    documents = _in_order(tuple(read_document(path) for path in paths))
    current = _clauses(documents, Status.CURRENT)
    earlier = _clauses(documents, Status.EARLIER)
    ids = tuple(clause.id for clause in current)
    _check_versions(folder, documents)
    _check_earlier_topics(documents, ids)
    return Policy(
        sources=tuple(document.source for document in documents),
        clauses=current,
        earlier_clauses=earlier,
        concerns=read_concerns(folder / concerns.FILE, ids),
    )


def _in_order(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Sort by status, then as `SOURCES` lists them, then newest version first."""
    newest_first = sorted(documents, key=lambda each: each.source.version, reverse=True)
    order = tuple(Status)
    return tuple(
        sorted(
            newest_first,
            key=lambda each: (order.index(each.source.status), SOURCES.index(each.source.id)),
        )
    )


def _clauses(documents: tuple[Document, ...], status: Status) -> tuple[Clause, ...]:
    return tuple(
        clause
        for document in documents
        if document.source.status is status
        for clause in document.clauses
    )


def _check_versions(folder: Path, documents: tuple[Document, ...]) -> None:
    """Raise unless each source has exactly one version in force, and no version stands twice."""
    files: dict[tuple[str, str], str] = {}
    for source in (document.source for document in documents):
        slot = "current" if source.status is Status.CURRENT else source.version
        other = files.setdefault((source.id, slot), source.file)
        if other != source.file:
            raise RulebookError(
                f"{source.file}: source '{source.id}' has its {slot} version in {other} already; "
                "change key 'status' or key 'version' in one of the two."
            )
    for source_id in SOURCES:
        if (source_id, "current") not in files:
            raise RulebookError(
                f"{folder}: no file has 'source: {source_id}' with 'status: current'; add one."
            )


def _check_earlier_topics(documents: tuple[Document, ...], ids: tuple[str, ...]) -> None:
    """Raise for a topic of an earlier version that the version in force does not know."""
    for document in documents:
        for clause in document.clauses:
            if clause.id not in ids:
                source = f"{clause.source}."
                topic = clause.id.removeprefix(source)
                topics = [each.removeprefix(source) for each in ids if each.startswith(source)]
                raise RulebookError(
                    f"{document.source.file}: unknown topic '{topic}'; {suggest(topic, topics)}"
                )
