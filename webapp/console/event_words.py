"""What happened, as the log and the dashboard tell it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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


def tell_event(what: str) -> str:
    """Return in words what happened; what an earlier Postcheck wrote down stays as it is."""
    return EVENT_WORDS.get(what, what)
