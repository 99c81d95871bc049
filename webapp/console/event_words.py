"""What happened, as the log and the dashboard tell it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from webapp.store.tables import AuditEvent, Team

# By what stands in the log, which programs read and which therefore stays as it is.
EVENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "example.added": "Added a local example",
        "example.changed": "Changed a local example",
        "example.deleted": "Deleted a local example",
        "feedback.answered": "Answered a report",
        "feedback.deleted": "Deleted a report",
        "feedback.expired": "Reports whose time was over were deleted",
        "manager.added": "Added an account",
        "manager.changed": "Changed an account",
        "manager.locked": "An account was locked after wrong passwords",
        "manager.logged-in": "Logged in",
        "manager.logged-out": "Logged out",
        "manager.password-changed": "Changed their password",
        "manager.reset": "Gave an account a new password",
        "overlay.declined": "Sent a version back",
        "overlay.published": "Published a version",
        "overlay.restored": "Took up an earlier version again",
        "overlay.submitted": "Asked for a version to be published",
        "policy.reviewed": "Reviewed the policy",
        "reader.dropped": "Dropped a retrained reader",
        "reader.promoted": "Put a retrained reader to use",
        "reader.rolled-back": "Went back to the reader before",
        "team.added": "Added a service",
        "team.closed": "Closed a service",
        "team.renamed": "Renamed a service",
        "team.reopened": "Opened a service again",
    }
)


# What an event was about, for those that are about one thing of many: filled from its detail.
ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "overlay.": "version {number} of {team}",
        "team.": "{slug}",
        "policy.": "{team}",
        "example.": "example {example}",
        "feedback.answered": "report {feedback}",
        "feedback.deleted": "report {feedback}",
        "feedback.expired": "{number} of them",
        "reader.": "retraining {run}",
        "manager.": "{email}",
    }
)


def tell_event(event: AuditEvent, teams: Mapping[int, Team]) -> str:
    """Return in words what happened and to what: "Published a version: version 3 of Glen View".

    What an earlier Postcheck wrote down stays as it is. `teams` are all there are, by id.
    """
    words = EVENT_WORDS.get(event.what, event.what)
    about = _tell_about(event, teams)
    return f"{words}: {about}" if about else words


def _tell_about(event: AuditEvent, teams: Mapping[int, Team]) -> str:
    detail = dict(event.detail)
    if (team := teams.get(detail.get("team", 0))) is not None:
        detail["team"] = team.name
    if (named := _by_slug(detail, teams)) is not None:
        detail["slug"] = named.name
    pattern = next((words for begins, words in ABOUT.items() if event.what.startswith(begins)), "")
    try:
        return pattern.format_map(detail)
    except KeyError:
        # Logging in is about nobody but who did it.
        return ""


def _by_slug(detail: Mapping[str, Any], teams: Mapping[int, Team]) -> Team | None:
    return next((one for one in teams.values() if one.slug == detail.get("slug")), None)
