"""Whether a changed text is still worth posting, and the sentence that opens one with little left.

Changes  "wee Rory fell again. Heartbroken"  →  "What a day at work. Heartbroken"
Leaves   a text with enough of the author's own words
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from checker.safer.change import Change, apply_changes

# Fewer words are not worth posting; hashtags and the words put in by us do not count. Three of
# thirty are a post still: "Grand sunset on the road hame".
FEWEST_WORDS, FEWEST_SHARE = 3, 0.1
WORD = re.compile(r"(?<![#@\w])[^\W_]{2,}")
# What can stand after an opening alone: a feeling, not the rest of a story.
FEELING = re.compile(
    r"\b(?:heart\w*|broken|proud|prowd|chuffed|buzzin\w*|lov(?:e|ed|ely|in\w*)|respect|steel|magic|"
    r"wonderful|grateful|blessed|bless\w*|thank\w*|tired|knackered|wabbit|puggled|done|shattered|"
    r"gutted|sad\w*|happy|smil\w+|greet\w*|cry\w*|tears|laugh\w*|perfect|brilliant|braw|grand|"
    r"amazing|best|hard|tough|weary|pure|well done|finally|phew|wow|aw+|omg|lol|script|world|joy|"
    r"job|work|miss\w*|hope|bits|bed|wine|tea|home|sleep\w*|weekend)\b",
    re.I,
)
SCOTS = re.compile(
    r"\b(?:wis|wisnae|didnae|cannae|isnae|dinnae|oan|ower|fae|frae|tae|intae|aff|oot|aboot|doon|noo|"
    r"ma|mah|ah|auld|yin|wan|gaun|hame|wi|hae|gie|gied|jist|aye|bairns?|weans?|puir|peerie|fit|whit)\b",
    re.I,
)
NIGHT = re.compile(r"\b(?:nights?|nites?|2nite|nicht|night ?shift|nightnurse)\b", re.I)
# What stands in brackets goes with something that is said.
ASIDE = re.compile(r"\s*\([^()]*\)\s*")
STARTS = re.compile(r"(?:^|\n|[.!?…][\"'”’)]*\s*)$")


def is_worth(text: str, changes: Sequence[Change]) -> bool:
    """Tell whether `text` with `changes` still says something in the author's own words."""
    kept = count_own(text, changes)
    enough = kept >= FEWEST_WORDS and kept >= FEWEST_SHARE * len(WORD.findall(text))
    aside = ASIDE.fullmatch(apply_changes(text, changes))
    return bool(changes) and enough and aside is None


def count_own(text: str, changes: Sequence[Change]) -> int:
    """Return how many words of the author's stay; hashtags do not count."""
    return len(WORD.findall(apply_changes(text, (replace(one, new="") for one in changes))))


def with_opening(text: str, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return `changes` with "What a day at work." where the first sentence went, () for nowhere.

    Only a feeling that is left alone gets one: it says how the day was, and no more than that.
    """
    dropped = next((one for one in changes if not one.new and _is_sentence(text, one)), None)
    left = apply_changes(text, [replace(one, new="") for one in changes])
    if dropped is None or not FEELING.search(" ".join(WORD.findall(left))):
        return ()
    opened = replace(dropped, new=_opening(text, dropped))
    return tuple(opened if one is dropped else one for one in changes)


def _is_sentence(text: str, change: Change) -> bool:
    after = text[change.end :]
    whole = not after or change.quote.endswith((" ", "\n", ".", "!", "?", "…"))
    begins = STARTS.search(text[: change.start]) is not None
    return begins and (whole or after[:1] in "\n.!?" or not after[:1].isalnum())


def _opening(text: str, change: Change) -> str:
    time = "night" if NIGHT.search(text) else "day"
    is_scots = len(SCOTS.findall(text)) > 1
    opening = f"Whit a {time} at ma work" if is_scots else f"What a {time} at work"
    if next((char for char in text if char.isalpha()), "A").islower():
        opening = opening[0].lower() + opening[1:]
    before, after = text[: change.start][-1:], text[change.end :]
    ahead = " " if before and not before.isspace() else ""
    if not after or after[0] in ".!?\n":
        return f"{ahead}{opening}"
    return f"{ahead}{opening}. " if not after[0].isspace() else f"{ahead}{opening}."
