"""Reports from staff: kept for their days, answered once, and then really gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.draft import Account
from checker.verdict import Category, Verdict
from tests.clock import Clock
from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, NotPendingError, ReasonError
from webapp.store.examples import (
    accept_feedback,
    add_example,
    delete_example,
    list_examples,
)
from webapp.store.feedback import (
    Complaining,
    add_feedback,
    answer_feedback,
    count_open,
    delete_feedback,
    expire,
    get_feedback,
    read_feedback,
)
from webapp.store.queue_tables import Complaint, FeedbackState
from webapp.store.tables import Manager

MARKED = "zyxwv [name] was off again"


@pytest.fixture
def sent() -> Complaining:
    return Complaining(
        kind=Complaint.WRONG,
        masked=MARKED,
        note="a band’s name",
        account=Account.PERSONAL,
        verdict=Verdict.STOP,
        rules=("care-detail.named-person",),
    )


@pytest.fixture
def kept(store: Store, sent: Complaining) -> int:
    """Keep a report for ninety days and return its id."""
    add_feedback(store, sent, days=90)
    return read_feedback(store)[0].id


def is_in_the_files(store: Store) -> bool:
    """Tell whether SQLite's files hold the marked words, deleted or not."""
    path = Path(str(store.engine.url.database))
    return any(b"zyxwv" in one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def see_nothing_left(store: Store, dialect: str, *tables: str) -> None:
    """See that no word is left: in SQLite's files, or in PostgreSQL's pages of `tables`."""
    if dialect == "sqlite":
        assert not is_in_the_files(store)
        return
    with store.connecting(writes=False) as connection:
        for table in tables:
            size = connection.exec_driver_sql(f"SELECT pg_relation_size('{table}')").scalar()
            assert size == 0, table


def test_what_was_sent_is_kept_as_it_was(store: Store, kept: int, sent: Complaining) -> None:
    row = get_feedback(store, kept)
    assert (row.kind, row.masked, row.note) == (sent.kind, sent.masked, sent.note)
    assert (row.account, row.verdict, row.rules) == (sent.account, sent.verdict, list(sent.rules))
    assert (row.state, (row.expires - row.created).days) == (FeedbackState.OPEN, 90)
    assert count_open(store) == 1


def test_it_is_there_until_its_time_and_then_gone(store: Store, kept: int, clock: Clock) -> None:
    clock.move(days=90, seconds=-1)
    assert (expire(store), count_open(store)) == (0, 1)
    clock.move(seconds=1)
    assert (count_open(store), expire(store)) == (0, 1)
    with pytest.raises(MissingRowError, match="deleted or has expired"):
        get_feedback(store, kept)
    assert (read_events(store)[0].what, read_events(store)[0].detail) == (
        "feedback.expired",
        {"number": 1},
    )


@pytest.mark.usefixtures("kept")
def test_reading_the_queue_deletes_what_expired(store: Store, clock: Clock) -> None:
    clock.move(days=91)
    assert read_feedback(store) == []
    assert expire(store) == 0


def test_what_expired_is_not_answered(
    store: Store, kept: int, aileen: Manager, clock: Clock
) -> None:
    clock.move(days=91)
    with pytest.raises(MissingRowError, match="was deleted or has expired"):
        answer_feedback(store, kept, FeedbackState.CLOSED, reason="as meant", by=aileen)


@pytest.mark.usefixtures("kept")
def test_sending_another_deletes_what_expired(
    store: Store, sent: Complaining, clock: Clock
) -> None:
    clock.move(days=91)
    add_feedback(store, sent, days=90)
    assert expire(store) == 0


@pytest.mark.usefixtures("kept")
def test_nothing_of_it_is_left_in_the_database(store: Store, clock: Clock, dialect: str) -> None:
    if dialect == "sqlite":
        assert is_in_the_files(store)
    clock.move(days=91)
    expire(store)
    see_nothing_left(store, dialect, "feedback")


def test_one_can_be_deleted_before_its_time(
    store: Store, kept: int, aileen: Manager, dialect: str
) -> None:
    delete_feedback(store, kept, by=aileen)
    assert read_feedback(store, state=None) == []
    assert not (dialect == "sqlite" and is_in_the_files(store))
    assert MARKED not in repr([event.detail for event in read_events(store)])


def test_it_is_answered_once(store: Store, kept: int, aileen: Manager, bruce: Manager) -> None:
    answer_feedback(store, kept, FeedbackState.CLOSED, reason="as meant", by=aileen)
    with pytest.raises(NotPendingError, match="answered this report already"):
        answer_feedback(store, kept, FeedbackState.TURNED_INTO_RULE, reason="", by=bruce)
    row = get_feedback(store, kept)
    assert (row.state, row.reason) == (FeedbackState.CLOSED, "as meant")
    assert read_events(store)[0].detail == {"feedback": kept, "state": "closed"}


def test_it_is_not_closed_without_a_reason(store: Store, kept: int, aileen: Manager) -> None:
    with pytest.raises(ReasonError):
        answer_feedback(store, kept, FeedbackState.CLOSED, reason=" ", by=aileen)


def test_it_becomes_an_example_that_stays(
    store: Store, kept: int, aileen: Manager, clock: Clock
) -> None:
    accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    clock.move(days=91)
    expire(store)
    (example,) = list_examples(store)
    assert (example.masked, example.verdict, example.origin) == (MARKED, Verdict.OK, "feedback")


def test_it_becomes_an_example_once(store: Store, kept: int, aileen: Manager) -> None:
    accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    with pytest.raises(NotPendingError):
        accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    assert len(list_examples(store)) == 1


def test_with_an_example_its_report_is_deleted(
    store: Store, sent: Complaining, kept: int, aileen: Manager
) -> None:
    example = accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    add_feedback(store, replace(sent, masked="another"), days=90)
    delete_example(store, example.id, by=aileen)
    assert list_examples(store) == []
    assert [row.masked for row in read_feedback(store, state=None)] == ["another"]
    assert [(event.what, event.detail) for event in read_events(store)[:2]] == [
        ("example.deleted", {"example": example.id}),
        ("feedback.deleted", {"feedback": kept}),
    ]


def test_nothing_of_an_example_is_left_in_the_database(
    store: Store, kept: int, aileen: Manager, dialect: str
) -> None:
    example = accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    if dialect == "sqlite":
        assert is_in_the_files(store)
    delete_example(store, example.id, by=aileen)
    see_nothing_left(store, dialect, "feedback", "local_example")


def test_a_report_that_waits_is_left_alone(
    store: Store, sent: Complaining, kept: int, aileen: Manager
) -> None:
    example = accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    add_feedback(store, sent, days=90)
    delete_example(store, example.id, by=aileen)
    assert [row.state for row in read_feedback(store, state=None)] == [FeedbackState.OPEN]


def test_an_example_that_was_typed_takes_no_report_along(
    store: Store, kept: int, team: int, aileen: Manager
) -> None:
    accept_feedback(store, kept, verdict=Verdict.OK, categories=[], by=aileen)
    typed = add_example(
        store,
        team,
        MARKED,
        account=Account.PERSONAL,
        verdict=Verdict.OK,
        categories=[],
        origin="typed",
        by=aileen,
    )
    delete_example(store, typed.id, by=aileen)
    assert [row.id for row in read_feedback(store, state=None)] == [kept]


def test_an_example_is_added_and_deleted(store: Store, team: int, aileen: Manager) -> None:
    example = add_example(
        store,
        team,
        "[name] was up at 3",
        account=Account.SERVICE,
        verdict=Verdict.REVIEW,
        categories=[Category.CARE_DETAIL],
        origin="typed",
        by=aileen,
        spans=[{"start": 0, "end": 6, "kind": "person"}],
    )
    (row,) = list_examples(store, team)
    assert (row.categories, row.spans[0]["end"]) == (["care-detail"], 6)
    delete_example(store, example.id, by=aileen)
    assert list_examples(store) == []
