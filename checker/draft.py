"""A draft post and what its author answered about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from checker.correction import MOST_CORRECTIONS, Correction
from checker.errors import DraftError

# Longer than any post on the platforms that staff use; a bound keeps one check from
# holding a worker for seconds.
LONGEST = 20_000


class Account(StrEnum):
    """Where the draft will stand: the author's own profile, or the service's official page."""

    PERSONAL = "personal"
    SERVICE = "service"


class Photo(StrEnum):
    """What the picture that goes with the draft shows: none, people who use services, or other."""

    NONE = "none"
    PEOPLE = "people"
    OTHER = "other"


class Permission(StrEnum):
    """Whether the people shown or named gave permission in writing."""

    NONE = "none"
    WRITTEN = "written"


class Audience(StrEnum):
    """Who can see the post."""

    PUBLIC = "public"
    FRIENDS = "friends"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Draft:
    """The author's text with their answers; frozen, and its `repr` hides the text.

    `corrections` are their answers to an earlier report on it.
    Raises `DraftError` when the text is empty or longer than `LONGEST` code points.
    """

    text: str = field(repr=False)
    account: Account = Account.PERSONAL
    photo: Photo = Photo.NONE
    permission: Permission = Permission.NONE
    audience: Audience = Audience.PUBLIC
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise DraftError("The text must be a string: send the post as “text”.")
        for name, kind in ANSWERS.items():
            # Answers given as plain words count as much as their members.
            object.__setattr__(self, name, choose(kind, getattr(self, name), name))
        if not self.text.strip():
            raise DraftError("The draft is empty: paste or type the post you want to check.")
        if len(self.text) > LONGEST:
            raise DraftError(
                f"The draft is {len(self.text):,} characters long and the limit is {LONGEST:,}: "
                "check it in parts."
            )
        if len(self.corrections) > MOST_CORRECTIONS:
            raise DraftError(
                f"There are more than {MOST_CORRECTIONS} answers about this post: start again."
            )


ANSWERS: dict[str, type[StrEnum]] = {
    "account": Account,
    "photo": Photo,
    "permission": Permission,
    "audience": Audience,
}
Choice = TypeVar("Choice", bound=StrEnum)


def choose(kind: type[Choice], value: object, name: str) -> Choice:
    """Return the member of `kind` that `value` spells, the first where it is None.

    Raises `DraftError` naming the choices.
    """
    if value is None:
        return next(iter(kind))
    try:
        return kind(str(value))
    except ValueError:
        choices = ", ".join(kind)
        raise DraftError(f"The {name} must be one of: {choices}.") from None


def make_draft(
    text: object,
    *,
    account: object = Account.PERSONAL,
    photo: object = Photo.NONE,
    permission: object = Permission.NONE,
    audience: object = Audience.PUBLIC,
) -> Draft:
    """Build a draft from what a form, a command line or a JSON body holds.

    Raises `DraftError`, with one clear sentence, for a text that is not a string and for
    an answer that is not one of the choices.
    """
    if not isinstance(text, str):
        raise DraftError("The text must be a string: send the post as “text”.")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise DraftError("The text holds half of a character: copy it again from where it stands.")
    return Draft(
        text=text,
        account=choose(Account, account, "account"),
        photo=choose(Photo, photo, "photo"),
        permission=choose(Permission, permission, "permission"),
        audience=choose(Audience, audience, "audience"),
    )
