"""What a preview tells: the labelled drafts that are judged otherwise, with words and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from checker.judging import Judged
from checker.preview.examples import Example, Origin
from checker.verdict import Verdict

# Who raised a draft in which no rule holds.
READER = "reader"
MOST_WORDS = 6


class Effect(StrEnum):
    """What a change does to a labelled draft."""

    NEWLY_FLAGGED = "newly flagged"
    CLEARED = "no longer flagged"
    NEWLY_CAUGHT = "newly caught"
    LOST = "lost"
    MOVED = "another verdict"


@dataclass(frozen=True, slots=True)
class Change:
    """A labelled draft that is judged otherwise: `words` and `rules` are what did it.

    For one that is lost or cleared they are what is no longer found. "reader" stands among the
    rules where the learned reader alone raised it.
    """

    id: str
    origin: Origin
    label: Verdict
    before: Verdict
    after: Verdict
    words: tuple[str, ...] = field(repr=False)
    rules: tuple[str, ...]
    must_catch: bool
    unseen: bool

    @property
    def effect(self) -> Effect:
        """Return what the change does, by the draft's label."""
        was, now = self.before is not Verdict.OK, self.after is not Verdict.OK
        if was is now:
            return Effect.MOVED
        if self.label is Verdict.OK:
            return Effect.NEWLY_FLAGGED if now else Effect.CLEARED
        return Effect.NEWLY_CAUGHT if now else Effect.LOST

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for a file or a store."""
        return asdict(self)


def change_from(values: Mapping[str, Any]) -> Change:
    """Return the change that `as_dict` gave; raises `KeyError` or `ValueError` for others."""
    return Change(
        id=str(values["id"]),
        origin=Origin(values["origin"]),
        label=Verdict(values["label"]),
        before=Verdict(values["before"]),
        after=Verdict(values["after"]),
        words=tuple(values["words"]),
        rules=tuple(values["rules"]),
        must_catch=bool(values["must_catch"]),
        unseen=bool(values["unseen"]),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would change on `fine` drafts and `breaches`; hashes are the rulebooks'."""

    before: str
    after: str
    fine: int = 0
    breaches: int = 0
    changes: tuple[Change, ...] = ()

    def with_effect(self, effect: Effect) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(one for one in self.changes if one.effect is effect)

    @property
    def lost_must_catch(self) -> tuple[Change, ...]:
        """Return the examples that must be caught and no longer are."""
        return tuple(one for one in self.with_effect(Effect.LOST) if one.must_catch)

    @property
    def sentence(self) -> str:
        """Return it in one sentence: "Newly flags 3 of 1,200 fine drafts, newly catches …"."""
        count = {effect: len(self.with_effect(effect)) for effect in Effect}
        return (
            f"Newly flags {count[Effect.NEWLY_FLAGGED]:,} of {self.fine:,} fine drafts and lets "
            f"{count[Effect.CLEARED]:,} go, newly catches {count[Effect.NEWLY_CAUGHT]:,} of "
            f"{self.breaches:,} breaches, loses {count[Effect.LOST]:,}."
        )

    def adding(self, examples: Sequence[Example], changes: Sequence[Change]) -> Preview:
        """Return the preview with `examples`, which brought `changes`, counted too."""
        fine = sum(one.verdict is Verdict.OK for one in examples)
        return replace(
            self,
            fine=self.fine + fine,
            breaches=self.breaches + len(examples) - fine,
            changes=(*self.changes, *changes),
        )


def find_change(example: Example, before: Judged, after: Judged) -> Change | None:
    """Return how two judgements of one draft differ, None where the verdict is the same."""
    if before.verdict is after.verdict:
        return None
    graver = after.verdict.severity > before.verdict.severity
    rules, words = _cause(after, before) if graver else _cause(before, after)
    return Change(
        id=example.id,
        origin=example.origin,
        label=example.verdict,
        before=before.verdict,
        after=after.verdict,
        words=words,
        rules=rules,
        must_catch=example.must_catch,
        unseen=example.unseen,
    )


def _cause(graver: Judged, milder: Judged) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return rules and words of the graver judgement, only those that the milder has not."""
    known = {(one.rule, one.verdict) for one in milder.findings}
    new = [one for one in graver.findings if (one.rule, one.verdict) not in known]
    findings = new or graver.findings
    if not findings:
        marks = graver.opinion.marks if graver.opinion else ()
        return (READER,), _quotes([mark.quote for mark in marks])
    quotes = [span.quote for one in findings for span in one.spans]
    return tuple(one.rule for one in findings), _quotes(quotes)


def _quotes(quotes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quotes))[:MOST_WORDS]
