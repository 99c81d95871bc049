"""Counts what happens, in memory, and writes it down every few seconds. It never fails a check.

Only verdicts, rules and answers from a list are counted: no draft, no person, no address.
"""

from __future__ import annotations

import logging
import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from threading import Lock, Timer
from typing import cast

from flask import Flask, current_app

from checker.correction import Correction
from checker.errors import PostcheckError
from checker.report import Checked
from checker.verdict import Category
from webapp.complaint import RULE
from webapp.storage import LazyStore, lazy_store
from webapp.store.counts import add_counts
from webapp.store.figures import category_of
from webapp.store.queue_tables import Counted
from webapp.store.teams import COUNCIL
from webapp.team_address import this_team

LOG = logging.getLogger(__name__)
KEY = "postcheck-counting"
EVERY_SECONDS = 5.0
# What the names of managers' own rules begin with; all others begin with their category.
OWN = "own"


class Counting:
    """What was counted since it was last written down; safe to share between threads."""

    def __init__(self, store: LazyStore, *, every: float = EVERY_SECONDS) -> None:
        self._store = store
        self._every = every
        self._lock, self._writing = Lock(), Lock()
        self._batch: Counter[tuple[str, Counted, str]] = Counter()
        self._timer: Timer | None = None

    def add(self, kind: Counted, names: Iterable[str], *, team: str = COUNCIL) -> None:
        """Count each of `names` once for each time that it stands there."""
        with self._lock:
            self._batch.update((team, kind, name) for name in names)
            if self._batch and self._timer is None:
                self._timer = Timer(self._every, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write down what was counted; where the store is away it is kept for the next time.

        Where there is no store yet it is forgotten: whoever only checks posts makes none.
        """
        # Whoever asks for it can rely on it afterwards, though the timer may be at it just now.
        with self._writing:
            self._write_down()

    def _write_down(self) -> None:
        with self._lock:
            batch, self._batch, self._timer = self._batch, Counter(), None
        if not batch or not self._store.exists():
            return
        try:
            add_counts(self._store.open(), batch)
        except PostcheckError as error:
            LOG.warning("Counts could not be written down yet (%s).", type(error).__name__)
            with self._lock:
                self._batch.update(batch)


def count_check(
    checked: Checked, *, said: Sequence[Correction] = (), is_again: bool = False
) -> None:
    """Count a check with its findings, and what its author has just `said` of them.

    One that was only checked `is_again`, after an answer, counts for what was said alone.
    """
    counting, team = this_counting(), this_team()
    counting.add(Counted.DISMISSAL, [name for one in said for name in _dismissed(one)], team=team)
    if is_again:
        return
    counting.add(Counted.CHECK, [checked.report.verdict], team=team)
    counting.add(Counted.FINDING, [one.rule for one in checked.report.findings], team=team)
    counting.add(Counted.SHADOW, checked.shadow, team=team)


def _dismissed(said: Correction) -> list[str]:
    """Return the rules that an answer is about, or what it says; never anything that was typed."""
    rules = [rule for rule in said.rules if RULE.fullmatch(rule) and _known(rule)]
    return rules or [said.says]


def _known(rule: str) -> bool:
    return category_of(rule) in (OWN, *Category)


def install(app: Flask) -> None:
    """Give `app` its counting; what is left is written down when the program ends."""
    counting = Counting(lazy_store(app))
    app.extensions[KEY] = counting
    # Runs when the program ends, or before that when nobody needs `app` any more.
    weakref.finalize(app, counting.flush)


def this_counting() -> Counting:
    """Return the counting of the application that is answering now."""
    return cast(Counting, current_app.extensions[KEY])
