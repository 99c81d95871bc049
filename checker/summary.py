"""The words around the findings: the summary, where to turn to, and what was not checked."""

from __future__ import annotations

from checker.draft import Photo
from checker.finding import Finding
from checker.missing import is_missing
from checker.reading import Reading
from checker.report import Signpost
from checker.strain import is_strained
from checker.verdict import Category, Verdict

CARE_INSPECTORATE = "https://www.careinspectorate.com/index.php/complaints"
WHISTLEBLOWING = "https://www.gov.uk/whistleblowing"
BREATHING_SPACE = "https://breathingspace.scot/"
WELLBEING_HUB = "https://wellbeinghub.scot/"
SAMARITANS = "https://www.samaritans.org/scotland/"
POLICE = "https://www.scotland.police.uk/contact-us/"
SSSC = "https://www.sssc.uk.com/fitness-to-practise/"

FOR_CARE = (
    Signpost(
        "Your manager",
        "Tell your manager, or theirs, what worries you. They must act on it.",
        "",
    ),
    Signpost(
        "Care Inspectorate",
        "Anyone can raise a concern about a care service, also without giving a name.",
        CARE_INSPECTORATE,
    ),
    Signpost(
        "Whistleblowing",
        "The law protects workers who report wrongdoing by the right route.",
        WHISTLEBLOWING,
    ),
    Signpost("SSSC", "For a worry about how a registered worker behaves.", SSSC),
)
FOR_MISSING = (
    Signpost(
        "Your manager or the on-call",
        "If someone is missing now, tell them at once. They know the plan for that person.",
        "",
    ),
    Signpost(
        "Police Scotland",
        "Phone 999 if someone may be in danger, or 101. They decide what is made public.",
        POLICE,
    ),
)
# Lines for anyone in Scotland, and one for those who work in health and social care.
FOR_ONESELF = (
    Signpost(
        "Breathing Space",
        "It sounds hard. You can talk to someone for free and in confidence on 0800 83 85 87.",
        BREATHING_SPACE,
    ),
    Signpost(
        "National Wellbeing Hub",
        "Help for people who work in health and social care in Scotland.",
        WELLBEING_HUB,
    ),
    Signpost("Samaritans", "Free at any time, day or night, on 116 123.", SAMARITANS),
)


def summarise(verdict: Verdict, findings: tuple[Finding, ...], reading: Reading) -> str:
    """Return one or two plain sentences for the verdict."""
    count = len(findings)
    things = "one thing" if count == 1 else f"{count} things"
    if reading.tongue.unreadable and not findings:
        return "Some of this could not be read, so it was not checked. Please ask someone who can."
    if verdict is Verdict.STOP:
        return f"Please do not post this as it is. There {_are(count)} {things} to look at."
    if verdict is Verdict.REVIEW:
        return f"Think again before you post. There {_are(count)} {things} to look at."
    return "Nothing found. You know your work best: if in doubt, ask your manager."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def signposts(findings: tuple[Finding, ...], reading: Reading) -> tuple[Signpost, ...]:
    """Return whom to tell of somebody missing or a worry about care, and help for oneself."""
    worried = any(one.category is Category.CONCERN_ABOUT_CARE for one in findings)
    strained = is_strained(reading.draft.text.lower())
    missing = is_missing(reading.draft.text)
    return (
        *(FOR_MISSING if missing else ()),
        *(FOR_CARE if worried else ()),
        *(FOR_ONESELF if strained else ()),
    )


def not_checked(reading: Reading, *, rules_only: bool) -> tuple[str, ...]:
    """Return what the report does not cover, in plain sentences; never empty."""
    gaps = ["Pictures, videos, links, tags and comments were not looked at."]
    if reading.draft.photo is not Photo.NONE:
        gaps.append("You said there is a picture. We did not see it: look for faces and papers.")
    if reading.tongue.unreadable:
        gaps.append("Some words are in a language that could not be read. They were not checked.")
    if not any(token.isalnum() for token in reading.lower):
        gaps.append("There are no words here. What the emoji or signs mean was not checked.")
    if reading.draft.corrections:
        gaps.append("You told us that we got something wrong. We took your word for it.")
    if rules_only:
        gaps.append("Only the rules were used: the learned reader was not available.")
    gaps.append("We cannot know what readers know already, or who will share it.")
    return tuple(gaps)
