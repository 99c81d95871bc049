"""Local examples: masked texts that managers labelled, to teach the reader by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, literal, select

from checker.draft import Account
from checker.verdict import Category, Verdict
from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import LabelError, MissingRowError, see_mark
from webapp.store.feedback import find_open
from webapp.store.queue_tables import Feedback, FeedbackState, LocalExample
from webapp.store.reason import read_reason
from webapp.store.tables import Manager

FROM_FEEDBACK = "feedback"
OTHER_LABELS = (
    "Somebody else has given it other labels meanwhile. Nothing was overwritten: what is saved now "
    "stands under the form. Save again to put yours in its place."
)


def add_example(
    store: Store,
    team_id: int,
    masked: str,
    *,
    account: Account,
    verdict: Verdict,
    categories: Iterable[Category],
    origin: str,
    by: Manager,
    spans: Iterable[dict[str, Any]] = (),
) -> LocalExample:
    """Add an example and return it; `origin` says where it is from (`typed`, `import`).

    Raises `LabelError` for labels that do not go together.
    """
    labels = _labels(verdict, categories)
    with store.writing() as session:
        example = LocalExample(
            team_id=team_id,
            masked=masked,
            account=account,
            verdict=verdict,
            categories=labels,
            spans=list(spans),
            origin=origin,
            added_by=by.id,
            created=store.clock(),
        )
        session.add(example)
        session.flush()
        note(store, session, by, "example.added", example=example.id, origin=origin)
        return example


def accept_feedback(
    store: Store,
    feedback_id: int,
    *,
    verdict: Verdict,
    categories: Iterable[Category],
    by: Manager,
    reason: str = "",
) -> LocalExample:
    """Make an example of a report from staff and mark the report as accepted, both or neither.

    Raises `LabelError` for labels that do not go together, `ReasonError` for a `reason` that is
    none, `MissingRowError`, or `NotPendingError` when somebody answered it already.
    """
    labels, reason = _labels(verdict, categories), read_reason(reason)
    with store.writing() as session:
        report = find_open(store, session, feedback_id)
        report.state, report.reason = FeedbackState.ACCEPTED, reason
        example = LocalExample(
            team_id=report.team_id,
            masked=report.masked,
            account=report.account,
            verdict=verdict,
            categories=labels,
            spans=[],
            origin=FROM_FEEDBACK,
            added_by=by.id,
            created=store.clock(),
        )
        session.add(example)
        note(store, session, by, "feedback.answered", feedback=report.id, state="accepted")
        session.flush()
        return example


def list_examples(store: Store, team_id: int | None = None) -> list[LocalExample]:
    """Return the examples of a team or of all, the newest first."""
    asked = select(LocalExample).order_by(LocalExample.id.desc())
    if team_id is not None:
        asked = asked.where(LocalExample.team_id == team_id)
    with store.reading() as session:
        return list(session.scalars(asked))


def get_example(store: Store, example_id: int) -> LocalExample:
    """Return one example; raises `MissingRowError` when it is not there."""
    with store.reading() as session:
        return _found(session.get(LocalExample, example_id))


def change_example(
    store: Store,
    example_id: int,
    *,
    verdict: Verdict,
    categories: Iterable[Category],
    was: str,
    by: Manager,
) -> LocalExample:
    """Give an example other labels and return it.

    `was` is what `mark_of` gave for the labels that the manager had read; raises
    `StaleRevisionError` when somebody gave it others since, `LabelError` for labels that do not go
    together, and `MissingRowError` when it is not there.
    """
    labels = _labels(verdict, categories)
    with store.writing() as session:
        example = _found(session.get(LocalExample, example_id, with_for_update=True))
        see_mark(was, mark_of(example), OTHER_LABELS)
        example.verdict, example.categories = verdict, labels
        note(store, session, by, "example.changed", example=example_id, verdict=str(verdict))
        return example


def mark_of(example: LocalExample) -> str:
    """Return what changes with the labels of an example."""
    return " ".join((example.verdict, *example.categories))


def delete_example(store: Store, example_id: int, *, by: Manager) -> None:
    """Delete an example, and the report that it was made of, which holds the same text.

    Raises `MissingRowError` when it is not there.
    """
    with store.writing() as session:
        example = _found(session.get(LocalExample, example_id))
        for report in session.scalars(_sources(example)):
            session.delete(report)
            note(store, session, by, "feedback.deleted", feedback=report.id)
        session.delete(example)
        note(store, session, by, "example.deleted", example=example_id)
    store.wipe("local_example", "feedback")


def _sources(example: LocalExample) -> Select[Feedback]:
    """Select the answered reports with the text of `example`, which is never changed.

    Found by what has to go, so that none is left, whatever else may tie the two together.
    """
    return select(Feedback).where(
        Feedback.team_id == example.team_id,
        Feedback.state == FeedbackState.ACCEPTED,
        Feedback.masked == example.masked,
        literal(example.origin) == FROM_FEEDBACK,
    )


def _found(example: LocalExample | None) -> LocalExample:
    if example is None:
        raise MissingRowError("This example is not there any more: it was deleted.")
    return example


def _labels(verdict: Verdict, categories: Iterable[Category]) -> list[str]:
    """Return the categories as they are kept, held to the rule of all labelled drafts."""
    labels = [str(category) for category in categories]
    if verdict is Verdict.OK and labels:
        raise LabelError("A post that is fine has no concern: untick them, or choose another.")
    if verdict is not Verdict.OK and not labels:
        raise LabelError("Say what the concern is: tick at least one.")
    return labels
