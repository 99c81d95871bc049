"""Tells when a draft sounds as if its author is not doing well themselves, to say where help is."""

from __future__ import annotations

import re

# Only what a person says of themselves: "I'm burnt out", "cried in the car after my shift".
OF_ONESELF = re.compile(
    r"\b(?:"
    r"(?:i'?m|i am|i feel|i'?m feeling|feeling|ah'?m|am) (?:\w+ ){0,3}?"
    r"(?:burnt ?out|burned out|broken|at breaking point|on my knees|"
    r"at the end of my tether|not coping|falling apart|depressed|suicidal)"
    r"|i (?:can'?t|cannae|cannot|canny) (?:cope|go on|dae this|do this|take (?:it|this|any ?more))"
    r"|(?:cried|crying|greetin|greeting|sobbed|sobbing) (?:\w+ ){0,3}?(?:after|before|during|on|"
    r"through|all) (?:my|the|a|ma|every) (?:\w+ ){0,2}?shift"
    r"|(?:signed|going|gone) off (?:\w+ ){0,2}?(?:with|wi) (?:\w+ ){0,2}?stress"
    r"|my mental health"
    r"|i (?:want|wish) (?:\w+ ){0,2}?(?:end it|not be here|was dead|wasn'?t here)"
    r")\b"
)


def is_strained(text: str) -> bool:
    """Tell whether `text`, in lower case, says that its author is worn down or worse."""
    return OF_ONESELF.search(text.replace("’", "'")) is not None
