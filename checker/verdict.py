"""The three verdicts and the thirteen categories, as the labelling guide names them."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What the author is told, from nothing found to do not post; ordered by `severity`."""

    OK = "ok"
    REVIEW = "review"
    STOP = "stop"

    @property
    def severity(self) -> int:
        """Rank for comparing: 0 ok, 1 review, 2 stop."""
        return tuple(Verdict).index(self)


class Category(StrEnum):
    """A kind of concern, in the order in which a page lists them."""

    IDENTIFIES_PERSON = "identifies-person"
    JIGSAW = "jigsaw"
    CARE_DETAIL = "care-detail"
    SERVICE_DETAIL = "service-detail"
    IMAGE = "image"
    BOUNDARY = "boundary"
    DISRESPECT = "disrespect"
    DISCRIMINATION = "discrimination"
    COLLEAGUE_EMPLOYER = "colleague-employer"
    CONFIDENTIAL_PROCESS = "confidential-process"
    CONDUCT = "conduct"
    SPEAKS_FOR_EMPLOYER = "speaks-for-employer"
    CONCERN_ABOUT_CARE = "concern-about-care"


def worst(verdicts: tuple[Verdict, ...]) -> Verdict:
    """Return the most severe of `verdicts`, or `ok` for none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.OK)
