"""Where an error that nobody foresaw came from, told without its message."""

from __future__ import annotations

import traceback

# More places than this are the way in, not the cause.
DEEPEST = 6


def describe(error: BaseException) -> str:
    """Return the type of `error` and the lines of code it passed through, innermost last.

    Its own message is left out, because it can quote a draft.
    """
    places = [
        f"{frame.f_globals.get('__name__', '?')}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return " > ".join([type(error).__name__, *places[-DEEPEST:]])
