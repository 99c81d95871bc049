"""Whom a wording speaks of: groups of roles, and what takes the place of a person."""

from __future__ import annotations

from dataclasses import dataclass

from checker.draft import Account
from checker.finding import Role

# Roles that say nothing against being met through work.
OPEN = (Role.UNKNOWN, Role.OTHER)
# Nobody whom the author met through work, and those with whom they work.
OWN = (
    Role.OWN_FAMILY,
    Role.FRIEND,
    Role.PUBLIC_FIGURE,
    Role.PET,
    Role.FICTIONAL,
    Role.SELF,
)
AT_WORK = (Role.COLLEAGUE, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class Form:
    """What takes the place of one person, and of several."""

    one: str
    many: str


PLAIN = Form("someone", "people")


def make_forms(account: Account) -> tuple[Form, Form]:
    """Return the forms to try, the one that says more first."""
    who = "we" if account is Account.SERVICE else "I"
    return Form(f"someone {who} support", f"people {who} support"), PLAIN
