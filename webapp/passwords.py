"""Passwords: what a new one must be like, how it is kept (argon2), and one-time ones."""

from __future__ import annotations

import secrets
import string

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
# Without signs that look alike, because it is read aloud or copied from a screen.
SIGNS = "".join(sorted(set(string.ascii_lowercase + string.digits) - set("il1o0")))
ONE_TIME_LENGTH = 16
# Shorter names stand in words that have nothing to do with them.
SHORTEST_NAME = 4


def find_fault(password: str, email: str) -> str:
    """Return why `password` cannot be the new one of `email`, or "" when it can."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"Use {SHORTEST} to {LONGEST} characters. Three random words are easy to remember."
    if len(set(password)) < SHORTEST // 2:
        return "Use more different characters. Three random words are easy to remember."
    own = email.partition("@")[0].lower()
    if len(own) >= SHORTEST_NAME and own in password.lower():
        return "Leave your e-mail address out of your password."
    return ""


def hash_password(password: str) -> str:
    """Return what is kept in place of `password`."""
    return PasswordHasher().hash(password)


def verify(kept: str, password: str) -> bool:
    """Tell whether `password` is the one behind `kept`.

    With "" for `kept` it takes as long and is false: nobody can tell by the time it takes
    whether there is such an account.
    """
    try:
        return PasswordHasher().verify(kept or _decoy(), password[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def make_one_time_password() -> str:
    """Return a new password that its owner has to change at once."""
    return "".join(secrets.choice(SIGNS) for _ in range(ONE_TIME_LENGTH))


def _decoy() -> str:
    # The hash of nothing, in the form that the hasher writes; made anew would take twice as long.
    hasher = PasswordHasher()
    return (
        f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
        "$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    )
