"""A process that is killed in the middle of a publish leaves the old version or the new one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.overlays import history, read_working, save_working, submit
from webapp.store.tables import Manager, State

# Publishes, and stops for ever right after the statement that begins with its second argument.
CHILD = """
import sys, time
from sqlalchemy import event
from webapp.store.managers import get_manager
from webapp.store.overlays import read_working, submit
from webapp.store.schema import open_store

address, begins, team, by = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
store = open_store(address)

@event.listens_for(store.engine, "after_cursor_execute")
def stop(connection, cursor, statement, *rest):
    if begins and statement.startswith(begins):
        print("stopped", flush=True)
        time.sleep(60)

submit(
    store, team, revision=read_working(store, team).revision, digest="new", reason="new",
    by=get_manager(store, by), needs_approval=False,
)
print("published", flush=True)
time.sleep(60)
"""
ROOT = Path(__file__).parents[3]


def publish_and_die(store: Store, begins: str, team: int, by: Manager) -> str:
    """Return how far a process got with its publish when it was killed."""
    address = store.engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", CHILD, address, begins, str(team), str(by.id)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:  # noqa: S603
        assert child.stdout
        said = child.stdout.readline().strip()
        # SIGKILL: nothing is rolled back, flushed or said by the process itself.
        child.kill()
    return said


@pytest.fixture
def published(store: Store, team: int, aileen: Manager) -> None:
    """Publish a first version and save what the next one would say."""
    save_working(store, team, "old: 1", revision=0, by=aileen)
    submit(store, team, revision=1, digest="old", reason="old", by=aileen, needs_approval=False)
    save_working(store, team, "new: 1", revision=1, by=aileen)


@pytest.mark.parametrize(
    "begins", ["INSERT INTO overlay_version", "UPDATE overlay_version", "INSERT INTO audit_event"]
)
@pytest.mark.usefixtures("published")
def test_in_the_middle_the_old_version_stands_whole(
    store: Store, team: int, aileen: Manager, begins: str
) -> None:
    assert publish_and_die(store, begins, team, aileen) == "stopped"
    found = [(one.number, one.hash, one.state) for one in history(store, team)]
    assert found == [(1, "old", State.PUBLISHED)]
    assert [one.why for one in read_events(store, begins="overlay.")] == ["old"]
    # Whoever comes next can publish at once.
    revision = read_working(store, team).revision
    submit(
        store,
        team,
        revision=revision,
        digest="next",
        reason="next",
        by=aileen,
        needs_approval=False,
    )
    assert history(store, team)[0].hash == "next"


@pytest.mark.usefixtures("published")
def test_after_it_the_new_version_stands_whole(store: Store, team: int, aileen: Manager) -> None:
    assert publish_and_die(store, "", team, aileen) == "published"
    found = [(one.number, one.hash, one.state) for one in history(store, team)]
    assert found == [(2, "new", State.PUBLISHED), (1, "old", State.SUPERSEDED)]
    assert [one.why for one in read_events(store, begins="overlay.")] == ["new", "old"]
