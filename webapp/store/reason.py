"""What people give as a reason or a note: it is kept, and read by others as it was meant."""

from __future__ import annotations

from checker.overlay.fields import UNSEEN
from webapp.store.errors import ReasonError

UNSEEN_SIGNS = "There are signs here that cannot be seen: type it anew."


def read_reason(text: str, missing: str = "") -> str:
    """Return a reason without the spaces around it.

    Raises `ReasonError` for one with signs that cannot be seen, which could turn round how the log
    is read, and where there is none for one with the sentence `missing`, if there is any.
    """
    reason = text.replace("\r\n", "\n").strip()
    if missing and not reason:
        raise ReasonError(missing)
    if UNSEEN.search(reason):
        raise ReasonError(UNSEEN_SIGNS)
    return reason
