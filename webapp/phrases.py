"""The words of the answer that only the page says: why it matters, when it is fine, who is who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from checker.correction import Correction, Says
from checker.finding import Kind, Mention, Role
from checker.policy import Concern
from checker.verdict import Category
from checker.words import KINDS, ROLES

# A card has room for a sentence or two of each.
WHY: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: (
            "People who use a service have a right to privacy. A name can tell a whole town."
        ),
        Category.JIGSAW: "In a small place, few details are enough to tell who it is.",
        Category.CARE_DETAIL: "Health and care are private. People trust you not to share them.",
        Category.SERVICE_DETAIL: "Someone could use it to do harm, or to find out who gets care.",
        Category.IMAGE: "A picture can tell who someone is, and others can share it for ever.",
        Category.BOUNDARY: "Ties outside work can put both of you in a hard place.",
        Category.DISRESPECT: (
            "They or their family may read it. It could hurt them, and their trust."
        ),
        Category.DISCRIMINATION: (
            "Everyone has a right to the same respect. Words like these can shut people out."
        ),
        Category.COLLEAGUE_EMPLOYER: (
            "It could hurt people you work with. Once it is out, it stays out."
        ),
        Category.CONFIDENTIAL_PROCESS: "It could harm the people in it, or the case.",
        Category.CONDUCT: "People may judge your work by what you post, also in your own time.",
        Category.SPEAKS_FOR_EMPLOYER: "Readers may take it as the word of your employer.",
        Category.CONCERN_ABOUT_CARE: (
            "You are right to care about it. A post seldom puts it right, and may tell who gets "
            "care."
        ),
    }
)

FINE: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: (
            "They are from your own life, or they agreed in writing to be named in this post."
        ),
        Category.JIGSAW: (
            "Nobody nearby could tell who it is, or you do not know them through work."
        ),
        Category.CARE_DETAIL: "It is about you, your own family, or care in general.",
        Category.SERVICE_DETAIL: (
            "Your service has made it public, or it has nothing to do with work."
        ),
        Category.IMAGE: (
            "It is on the service’s own page, and each person agreed in writing. Or nobody who "
            "uses the service can be seen."
        ),
        Category.BOUNDARY: (
            "You knew each other well before your work, and your manager knows of it."
        ),
        Category.DISRESPECT: "It is about nobody you know through work.",
        Category.DISCRIMINATION: (
            "You quote the words to speak up against them, and every reader can see that."
        ),
        Category.COLLEAGUE_EMPLOYER: (
            "It is thanks, or fair comment on pay or hours, with no names and no insults."
        ),
        Category.CONFIDENTIAL_PROCESS: (
            "It has been published, or it is about the rules and no one case."
        ),
        Category.CONDUCT: "It has nothing to do with work, or it is plainly a joke or a story.",
        Category.SPEAKS_FOR_EMPLOYER: (
            "You say that the view is your own, or your employer asked you to say it."
        ),
        Category.CONCERN_ABOUT_CARE: (
            "It is about care in general, and no one service can be told from it."
        ),
    }
)

# For each kind of concern a post that shows it. All are made up.
EXAMPLES: Mapping[Category, str] = MappingProxyType(
    {
        Category.IDENTIFIES_PERSON: (
            "Lovely afternoon with Mrs Tulloch, one of our residents, she won the quiz!"
        ),
        Category.JIGSAW: (
            "One of my ladies in Aberfeldy turned 101 today. She used to be the postmistress."
        ),
        Category.CARE_DETAIL: "Wee Struan is off his meds again and it shows. Long shift ahead.",
        Category.SERVICE_DETAIL: "New key safe code at number 12 is 4417 in case anyone covers.",
        Category.IMAGE: "Here is a photo of our residents at the beach, what a day they had!",
        Category.BOUNDARY: "One of the young people I support added me, so I accepted him.",
        Category.DISRESPECT: "The old bat in room 3 has been moaning at me the whole shift.",
        Category.DISCRIMINATION: "Sick of gypsies getting care packages before our own folk.",
        Category.COLLEAGUE_EMPLOYER: "My manager Elspeth is a lazy liar and everyone knows it.",
        Category.CONFIDENTIAL_PROCESS: (
            "The hearing about the boy at our house is on Tuesday, mum may lose custody."
        ),
        Category.CONDUCT: "Still drunk from last night and starting my shift in an hour, haha.",
        Category.SPEAKS_FOR_EMPLOYER: (
            "As the council we say that the new care charges are unfair and will be dropped."
        ),
        Category.CONCERN_ABOUT_CARE: (
            "Two of us for thirty residents again and nobody got a wash. It is not safe."
        ),
    }
)

# One of these stands under "nothing found": what we cannot see, and the author can.
REMINDERS = (
    "Look at the picture too: faces, name badges, papers and screens.",
    "In a small town, few details are enough to tell who it is.",
    "Read it as the family of someone you support would read it.",
    "A private group is not private once somebody takes a screenshot.",
    "If you would not say it in the shop, it may not be for posting.",
)
# Each stands for so long, so that a check again does not change the words at once.
REMINDED_SECONDS = 300

SAID: Mapping[Says, str] = MappingProxyType(
    {
        Says.NOT_SUPPORTED: "{words}: not someone you support.",
        Says.OWN_FAMILY: "{words}: your own family.",
        Says.PUBLIC: "{words}: this is public.",
        Says.WRONG_MATCH: "{words}: a wrong match.",
    }
)
# More of the words are not needed to know which answer it was.
MOST_SAID = 3

# The engine speaks of the author, and the page speaks to them.
TO_YOU = (
    ("the author's", "your"),
    ("the author does", "you do"),
    ("the author works", "you work"),
    ("the author meets", "you meet"),
    ("the author", "you"),
)


def why(categories: Iterable[Category]) -> list[str]:
    """Return why each of the `categories` matters."""
    return [WHY[category] for category in categories]


def fine_when(categories: Iterable[Category]) -> list[str]:
    """Return when a post with each of the `categories` would be fine."""
    return [FINE[category] for category in categories]


def reminder(now: float) -> str:
    """Return what to keep in mind when nothing was found; `now` are seconds, and it takes turns."""
    return REMINDERS[int(now // REMINDED_SECONDS) % len(REMINDERS)]


def told(correction: Correction) -> str:
    """Return what the author told us, so that they can take it back."""
    words = ", ".join(f"“{one}”" for one in correction.words[:MOST_SAID])
    # The words are the author's: put in last and only once, so that braces in them do nothing.
    return SAID[correction.says].replace("{words}", words or "The whole post")


def example_for(clause_id: str, concerns: Sequence[Concern]) -> Category:
    """Return which of the `concerns` that lead to a clause shows it best.

    It is the one that lists it nearest to its front.
    """
    nearest = min(concerns, key=lambda one: (one.clauses.index(clause_id), len(one.clauses)))
    return nearest.category


def day(date: str) -> str:
    """Return a day like "2027-03-01" as people say it: "1 March 2027"."""
    found = dt.date.fromisoformat(date)
    return f"{found.day} {found:%B %Y}"


def who(mention: Mention) -> str:
    """Return how a person was taken and why: "We took “Jo” to be a friend of yours, because …"."""
    taken = (
        f"We could not tell who “{mention.quote}” is"
        if mention.role is Role.UNKNOWN
        else f"We took “{mention.quote}” to be {ROLES[mention.role]}"
    )
    return f"{taken}{_because(mention)}."


def _because(mention: Mention) -> str:
    reason = mention.because.rstrip(".")
    for theirs, yours in TO_YOU:
        reason = reason.replace(theirs, yours)
    if not reason:
        return ""
    if reason.startswith("because"):
        return f", {reason}"
    if reason.startswith("reads like") and mention.role is not Role.UNKNOWN:
        # "someone you support, because it reads like someone you support" would be no reason.
        return ", because of the words around it"
    return f", because “{mention.quote}” {reason}"


def clue(told: str) -> str:
    """Return a clue of a report ("care:medication.taking") in words; `told` may hold a reason."""
    name, _, _ = told.partition(" (")
    kind, _, label = name.partition(":")
    if kind not in list(Kind):
        return "what a computer learned from example posts"
    if kind == Kind.PERSON and label in list(Role):
        return f"{KINDS[Kind.PERSON]} – {ROLES[Role(label)]}"
    detail = label.removeprefix(f"{kind}.").replace(".", ", ").replace("-", " ")
    return f"{KINDS[Kind(kind)]} – {detail}" if detail else KINDS[Kind(kind)]
