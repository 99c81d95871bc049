"""Overlays: saved without overwriting, published whole, approved by a second person."""

from __future__ import annotations

from functools import partial

import pytest

from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.errors import (
    MissingRowError,
    NotPendingError,
    ReasonError,
    SecondPersonError,
    StaleRevisionError,
)
from webapp.store.overlays import (
    approve,
    decline,
    find_pending,
    history,
    read_line,
    read_marks,
    read_published,
    read_working,
    save_working,
    submit,
)
from webapp.store.tables import Manager, OverlayVersion, State
from webapp.store.teams import add_team


def publish(
    store: Store, team: int, by: Manager, yaml: str, *, waits: bool = False
) -> OverlayVersion:
    """Save `yaml` and publish it, or have it wait."""
    saved = save_working(store, team, yaml, revision=read_working(store, team).revision, by=by)
    return submit(
        store,
        team,
        revision=saved.revision,
        digest=f"hash of {yaml}",
        reason=f"why {yaml}",
        by=by,
        needs_approval=waits,
    )


def states(store: Store, team: int) -> list[tuple[int, str, State]]:
    return [(one.number, one.yaml, one.state) for one in history(store, team)]


def test_at_first_there_is_nothing(store: Store, team: int) -> None:
    working = read_working(store, team)
    assert (working.yaml, working.revision, working.saved_by) == ("", 0, None)
    assert (history(store, team), read_published(store), read_marks(store)) == ([], {}, {})


def test_a_saving_is_read_again_with_who_and_when(store: Store, team: int, aileen: Manager) -> None:
    save_working(store, team, "a: 1", revision=0, by=aileen)
    working = read_working(store, team)
    assert (working.yaml, working.revision) == ("a: 1", 1)
    assert (working.saved_by, working.saved) == (aileen.id, store.clock())


def test_a_saving_upon_an_old_revision_overwrites_nothing(
    store: Store, team: int, aileen: Manager, bruce: Manager
) -> None:
    save_working(store, team, "a: 1", revision=0, by=aileen)
    with pytest.raises(StaleRevisionError, match="Aileen Moore saved a change"):
        save_working(store, team, "b: 1", revision=0, by=bruce)
    assert read_working(store, team).yaml == "a: 1"


def test_an_old_revision_is_not_published(
    store: Store, team: int, aileen: Manager, bruce: Manager
) -> None:
    saved = save_working(store, team, "a: 1", revision=0, by=aileen)
    save_working(store, team, "b: 1", revision=1, by=bruce)
    with pytest.raises(StaleRevisionError, match="Bruce Reid saved a change"):
        submit(
            store,
            team,
            revision=saved.revision,
            digest="x",
            reason="y",
            by=aileen,
            needs_approval=False,
        )
    assert history(store, team) == []


def test_a_publish_takes_the_place_of_the_last(store: Store, team: int, aileen: Manager) -> None:
    publish(store, team, aileen, "a: 1")
    publish(store, team, aileen, "a: 2")
    assert states(store, team) == [(2, "a: 2", State.PUBLISHED), (1, "a: 1", State.SUPERSEDED)]
    assert read_published(store)[team].number == 2
    assert read_marks(store) == {"council": (2, "hash of a: 2")}


def test_a_publish_is_in_the_log_with_who_and_why(store: Store, team: int, aileen: Manager) -> None:
    publish(store, team, aileen, "a: 1")
    (event,) = read_events(store, begins="overlay.")
    assert (event.who, event.what, event.why) == ("Aileen Moore", "overlay.published", "why a: 1")
    assert event.detail == {"team": team, "number": 1, "hash": "hash of a: 1"}
    assert event.created == store.clock()


def test_a_publish_needs_a_reason(store: Store, team: int, aileen: Manager) -> None:
    save_working(store, team, "a: 1", revision=0, by=aileen)
    with pytest.raises(ReasonError, match="Say why"):
        submit(store, team, revision=1, digest="x", reason=" ", by=aileen, needs_approval=False)
    assert history(store, team) == []


@pytest.mark.parametrize("sign", ["\u202e", "\x00", "\u2066"])
def test_a_reason_is_kept_as_it_is_read(
    store: Store, team: int, aileen: Manager, sign: str
) -> None:
    save_working(store, team, "a: 1", revision=0, by=aileen)
    send = partial(submit, store, team, revision=1, digest="x", by=aileen, needs_approval=True)
    with pytest.raises(ReasonError) as error:
        send(reason=f"not {sign}enif")
    assert str(error.value) == "There are signs here that cannot be seen: type it anew."
    assert history(store, team) == []
    waiting = send(reason=" fine 🙂\r\nthen ")
    assert waiting.reason == "fine 🙂\nthen"
    with pytest.raises(ReasonError):
        decline(store, waiting.id, reason=f"no{sign}", by=aileen)
    assert decline(store, waiting.id, reason="no", by=aileen).state is State.SUPERSEDED


def test_a_version_that_waits_is_published_by_a_second_person(
    store: Store, team: int, aileen: Manager, bruce: Manager
) -> None:
    waiting = publish(store, team, aileen, "a: 1", waits=True)
    assert (find_pending(store)[0].id, read_marks(store)) == (waiting.id, {})
    approve(store, waiting.id, by=bruce)
    (version,) = history(store, team)
    assert (version.state, version.author_id, version.approver_id) == (
        State.PUBLISHED,
        aileen.id,
        bruce.id,
    )
    assert [event.what for event in read_events(store, begins="overlay.")] == [
        "overlay.published",
        "overlay.submitted",
    ]


def test_nobody_approves_their_own(store: Store, team: int, aileen: Manager) -> None:
    waiting = publish(store, team, aileen, "a: 1", waits=True)
    with pytest.raises(SecondPersonError, match="other than its author"):
        approve(store, waiting.id, by=aileen)
    assert read_marks(store) == {}


def test_what_was_declined_waits_no_longer(
    store: Store, team: int, aileen: Manager, bruce: Manager
) -> None:
    waiting = publish(store, team, aileen, "a: 1", waits=True)
    decline(store, waiting.id, reason="too harsh", by=bruce)
    assert (find_pending(store), states(store, team)) == ([], [(1, "a: 1", State.SUPERSEDED)])
    assert read_events(store)[0].why == "too harsh"
    with pytest.raises(NotPendingError):
        approve(store, waiting.id, by=bruce)


def test_a_second_version_that_waits_takes_the_place_of_the_first(
    store: Store, team: int, aileen: Manager
) -> None:
    publish(store, team, aileen, "a: 1", waits=True)
    publish(store, team, aileen, "a: 2", waits=True)
    assert states(store, team) == [(2, "a: 2", State.PENDING), (1, "a: 1", State.SUPERSEDED)]


def test_teams_have_versions_of_their_own(store: Store, team: int, aileen: Manager) -> None:
    glen = add_team(store, "glen-view", "Glen View", aileen)
    publish(store, team, aileen, "a: 1")
    publish(store, glen.id, aileen, "b: 1")
    assert read_marks(store) == {"council": (1, "hash of a: 1"), "glen-view": (1, "hash of b: 1")}


def test_a_teams_line_begins_with_the_council(store: Store, team: int, aileen: Manager) -> None:
    glen = add_team(store, "glen-view", "Glen View", aileen)
    assert read_line(store, "glen-view") == ("", ())
    publish(store, glen.id, aileen, "b: 1")
    publish(store, team, aileen, "a: 1")
    assert read_line(store, "glen-view") == (f"{team}.1+{glen.id}.1", ("a: 1", "b: 1"))
    assert read_line(store, "council") == (f"{team}.1", ("a: 1",))
    with pytest.raises(MissingRowError):
        read_line(store, "nowhere")
