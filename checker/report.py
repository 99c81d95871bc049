"""The report on a draft, and the one JSON shape in which it leaves the engine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from checker.clause import Clause
from checker.finding import Finding, Mention
from checker.jigsaw.estimate import Jigsaw
from checker.jigsaw.fact import Detail
from checker.safer.change import Safer
from checker.safer.instead import what_instead
from checker.verdict import Verdict

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class CheckedWith:
    """What made the report: Postcheck's version, the rulebook's hash, the model or why none."""

    postcheck: str
    rulebook: str
    model: str


@dataclass(frozen=True, slots=True)
class Signpost:
    """Somewhere to turn to: a name, why it is shown, and a link."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict with its reasons. `repr` shows no words of the draft."""

    verdict: Verdict
    summary: str
    findings: tuple[Finding, ...]
    people: tuple[Mention, ...] = field(repr=False)
    signposts: tuple[Signpost, ...]
    not_checked: tuple[str, ...]
    language: str
    checked_with: CheckedWith
    jigsaw: Jigsaw | None = None
    safer: Safer | None = None

    @property
    def instead(self) -> str:
        """Return what could be posted in the draft's place, "" where nothing was found."""
        return what_instead(self.findings)

    def offering(self, safer: Safer | None) -> Report:
        """Return the same report with a safer wording, or with none."""
        return replace(self, safer=safer)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values, in the shape that `docs/report.md` describes."""
        return {
            "schema": SCHEMA,
            "verdict": str(self.verdict),
            "summary": self.summary,
            "findings": [_finding(finding) for finding in self.findings],
            "people": [_mention(mention) for mention in self.people],
            "jigsaw": _jigsaw(self.jigsaw) if self.jigsaw else None,
            "safer": self.safer.as_dict() if self.safer else None,
            "instead": self.instead,
            "signposts": [
                {"title": post.title, "text": post.text, "url": post.url} for post in self.signposts
            ],
            "not_checked": list(self.not_checked),
            "language": self.language,
            "checked_with": {
                "postcheck": self.checked_with.postcheck,
                "rulebook": self.checked_with.rulebook,
                "model": self.checked_with.model,
            },
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """The report on a draft, and apart from it the rules on trial that would have held.

    `shadow` holds their ids for counting; it is no part of a report and is shown to no author.
    """

    report: Report
    shadow: tuple[str, ...]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": str(finding.category),
        "verdict": str(finding.verdict),
        "message": finding.message,
        "advice": finding.advice,
        "clauses": [_clause(clause) for clause in finding.clauses],
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "quote": span.quote,
                "kind": str(span.kind),
                "label": span.label,
            }
            for span in finding.spans
        ],
        "why": {
            "clues": list(finding.why.clues),
            "probability": finding.why.probability,
            "similar": [
                {"text": like.text, "verdict": str(like.verdict), "note": like.note}
                for like in finding.why.similar
            ],
        },
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "source": clause.source,
        "version": clause.version,
        "number": clause.number,
        "confirmed": clause.confirmed,
        "title": clause.title,
        "url": clause.url,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "quote": mention.quote,
        "named": mention.named,
        "role": str(mention.role),
        "because": mention.because,
    }


def _jigsaw(jigsaw: Jigsaw) -> dict[str, Any]:
    return {
        "fits": jigsaw.fits,
        "low": jigsaw.low,
        "high": jigsaw.high,
        "person": _quoted(jigsaw.person),
        "details": [_quoted(one) | {"fact": str(one.fact)} for one in jigsaw.details],
        "drop": str(jigsaw.drop) if jigsaw.drop else None,
        "without": jigsaw.without,
        "sentence": jigsaw.sentence,
    }


def _quoted(words: Mention | Detail) -> dict[str, Any]:
    return {"start": words.start, "end": words.end, "quote": words.quote}
