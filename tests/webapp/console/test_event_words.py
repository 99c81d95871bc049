"""Whatever is written into the log has words for the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import webapp.store
from webapp.console.event_words import EVENT_WORDS, tell_event
from webapp.store.tables import AuditEvent, Team

STORE = Path(webapp.store.__file__).parent
# A call of `note` with its fourth argument, however it is broken into lines.
NOTED = re.compile(r"\bnote\(\s*store,\s*session,\s*[\w.]+,\s*\"([a-z.-]+)\"")
THINGS = re.compile(r"\"((?:example|feedback|manager|overlay|policy|reader|team)\.[a-z-]{3,})\"")


def _sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(STORE.glob("*.py")))


def test_every_event_that_the_store_notes_has_words() -> None:
    noted = set(NOTED.findall(_sources()))
    assert len(noted) > 15
    assert noted - EVENT_WORDS.keys() == set()


def test_no_words_are_for_events_that_nothing_notes() -> None:
    assert EVENT_WORDS.keys() - set(THINGS.findall(_sources())) == set()


TEAMS = {1: Team(id=1, slug="council", name="The council"), 2: Team(id=2, slug="glen", name="Glen")}


@pytest.mark.parametrize(
    ("what", "detail", "told"),
    [
        (
            "overlay.published",
            {"team": 2, "number": 3, "hash": "abc"},
            "Published a version: version 3 of Glen",
        ),
        (
            "overlay.restored",
            {"team": 1, "number": 1, "hash": "abc"},
            "Took up an earlier version again: version 1 of The council",
        ),
        ("team.closed", {"slug": "glen"}, "Closed a service: Glen"),
        ("team.added", {"slug": "gone"}, "Added a service: gone"),
        ("example.deleted", {"example": 7}, "Deleted a local example: example 7"),
        ("feedback.answered", {"feedback": 4, "state": "closed"}, "Answered a report: report 4"),
        (
            "feedback.expired",
            {"number": 2},
            "Reports whose time was over were deleted: 2 of them",
        ),
        ("manager.logged-in", {}, "Logged in"),
        ("manager.reset", {"email": "a@b.org"}, "Gave an account a new password: a@b.org"),
        ("overlay.rewritten", {}, "overlay.rewritten"),
    ],
)
def test_an_event_is_told_with_what_it_was_about(
    what: str, detail: dict[str, Any], told: str
) -> None:
    assert tell_event(AuditEvent(what=what, detail=detail), TEAMS) == told
