"""What could be posted instead, for drafts that no change of words can help."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from checker.finding import Finding
from checker.verdict import Category

INSTEAD: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: (
            "You could celebrate the team, not the person: say what you enjoy about your work."
        ),
        Category.JIGSAW: (
            "You could say how the day felt for you, with nothing about who was there."
        ),
        Category.CARE_DETAIL: (
            "You could say what your work means to you, with nothing about anyone's care."
        ),
        Category.SERVICE_DETAIL: (
            "You could say that you enjoy your work, without where, when, or who is on."
        ),
        Category.IMAGE: (
            "You could share a picture of the cake, the garden or the team, with no one "
            "you support in it."
        ),
        Category.BOUNDARY: (
            "You could post about your own life, and talk to your manager about this one."
        ),
        Category.DISRESPECT: (
            "You could say that it was a hard day and what helped you, and leave people out of it."
        ),
        Category.DISCRIMINATION: (
            "You could say what you care about and why, with nothing about any group of people."
        ),
        Category.COLLEAGUE_EMPLOYER: (
            "You could thank someone who helped, or say it was a long day. A row at work is best "
            "taken to your manager or your union."
        ),
        Category.CONFIDENTIAL_PROCESS: (
            "You could share public news or training about your kind of work, and no case."
        ),
        Category.CONDUCT: (
            "You could post about your day off. If something worries you, your manager or your "
            "union can help."
        ),
        Category.SPEAKS_FOR_EMPLOYER: (
            "You could say it as your own view, and leave out who you work for."
        ),
        Category.CONCERN_ABOUT_CARE: (
            "A worry about care needs someone who can act on it: your manager, or the Care "
            "Inspectorate. You could post about something good that you saw done."
        ),
    }
)


def what_instead(findings: tuple[Finding, ...]) -> str:
    """Return what could be posted in the place of a draft with `findings`, "" for none.

    The first finding speaks: they come gravest first, and those of the rules before the reader's.
    """
    return INSTEAD[findings[0].category] if findings else ""
