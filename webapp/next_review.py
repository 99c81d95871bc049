"""When a team's policy is reviewed next, and the reminder of it from sixty days before."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from flask import current_app

from checker.errors import PostcheckError
from checker.overlay.contents import CouncilPolicy, Overlay
from checker.overlay.document import read_overlay
from checker.overlay.problem import OverlayError
from checker.overlay.written import hash_overlay
from checker.trail import describe
from webapp.settings import Settings
from webapp.site import this_site
from webapp.storage import lazy_store
from webapp.store.database import Store
from webapp.store.overlays import read_published
from webapp.store.reviews import REMIND_BEFORE, list_reviews
from webapp.store.tables import Team
from webapp.store.teams import find_team, line_of
from webapp.team_address import this_team

LOG = logging.getLogger(__name__)

# A policy is read through once a year unless somebody says otherwise.
USUAL = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Reminder:
    """When the next review is, None when nobody has said; with `today` to tell what to do."""

    due: dt.date | None
    today: dt.date

    @property
    def is_due(self) -> bool:
        """Tell whether to remind: from sixty days before, and where no day was ever set."""
        return self.due is None or self.today >= self.due - REMIND_BEFORE

    @property
    def sentence(self) -> str:
        """Return in words when it is."""
        if self.due is None:
            return "Nobody has said yet when the policy is reviewed."
        days = (self.due - self.today).days
        day = f"{self.due.day} {self.due:%B %Y}"
        if days < 0:
            return f"The review of the policy was due on {day}."
        if not self.is_due:
            return f"The next review of the policy is on {day}."
        left = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
        return f"The review of the policy is due {left}, on {day}."


def policy_reminder(store: Store, team: Team, settings: Settings) -> Reminder:
    """Return when `team`'s policy is reviewed next: the latest day that anybody set."""
    set_once = settings.policy_review
    days = [dt.date.fromisoformat(set_once) if set_once else None]
    # What the council decides holds for its services too.
    for one in line_of(store, team.slug):
        reviews = list_reviews(store, one.id)
        days += [published_policy(store, one).review_by, reviews[0].next_due if reviews else None]
    return Reminder(max((day for day in days if day), default=None), store.clock().date())


def next_review() -> str:
    """Return the day of the next review for staff of the team that is asked, as in "2027-03-01".

    "" where nobody has set one. Without a store it is the one in the settings.
    """
    settings, lazy = this_site().settings, lazy_store(current_app)
    try:
        if not lazy.exists():
            return settings.policy_review
        store = lazy.open()
        due = policy_reminder(store, find_team(store, this_team()), settings).due
    except PostcheckError as error:
        # The policy can be read all the same; /health says what is wrong with the store.
        LOG.warning("The next review could not be looked up: %s", describe(error))
        return settings.policy_review
    return due.isoformat() if due else ""


def published_policy(store: Store, team: Team) -> CouncilPolicy:
    """Return what is published of the team's policy; an empty one where nothing is."""
    version = read_published(store).get(team.id)
    return policy_of(version.yaml) if version else CouncilPolicy()


def policy_of(yaml: str) -> CouncilPolicy:
    """Return the policy in the YAML of a version; an empty one where it is no longer readable."""
    try:
        return read_overlay(yaml).policy
    except OverlayError:
        return CouncilPolicy()


def mark_of(policy: CouncilPolicy) -> str:
    """Return which clauses a review was of: their version and a hash of all they say."""
    digest = hash_overlay(Overlay(policy=policy))
    return f"{policy.version[:40]} {digest}".strip()


def a_year_on(today: dt.date) -> dt.date:
    """Return the usual day of the review after one that is held `today`."""
    return today + USUAL
