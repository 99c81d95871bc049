"""Whatever is written into the log has words for the pages."""

from __future__ import annotations

import re
from pathlib import Path

import webapp.store
from webapp.console.event_words import EVENT_WORDS, tell_event

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


def test_an_event_of_an_earlier_version_is_told_as_it_was_written() -> None:
    assert tell_event("overlay.published") == "Published a version"
    assert tell_event("overlay.restored") == "overlay.restored"
