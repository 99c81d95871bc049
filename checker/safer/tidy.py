"""Make edits fit the text around them: one for each place, spaces, commas, capitals, a or an."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from checker.safer.change import Change, Edit

# Between two edits that belong together.
NEXT_TO = re.compile(r"[\s,]*")
OPENING = re.compile(r"[^\S\n]*[,;:–—→|-]*[^\S\n]*")
JOINED = re.compile(r"(?:and|an|but|so|&|then|or)\s+(?=\w)", re.I)
CLOSING = re.compile(r"[^\S\n]*(?:[,;:–—→|]|\s-)*[^\S\n]*$")
# What cannot end a sentence.
DANGLING = re.compile(
    r"(?<!\bso it)\s+"
    r"(?:and|&|but|or|so|with|at|in|on|from|for|to|of|the|a|an|my|our|is|was|by|till|until)$",
    re.I,
)
ENDS = re.compile(r"\s*(?:[.!?…)]|$)")
BEGINS = re.compile(r"(?:^|\n|[.!?…][\"'”’)]*\s)\W*$")
WITH_CAPITAL = re.compile(r"[.!?\n]\s+[A-Z]")
ARTICLE = re.compile(r"\b(an?)\s+$", re.I)
VOWEL = re.compile(r"(?:[aei]|o(?!ne\b)|u(?!n[iy]|s[eiu]))", re.I)


def fit(text: str, edits: Iterable[Edit]) -> tuple[Change, ...]:
    """Return the changes that `edits` amount to in `text`: in order, apart, and tidy."""
    joined = _join(text, [_seam(text, one) for one in _join(text, sorted(edits, key=_order))])
    changes = (_change(text, one) for one in joined)
    return tuple(one for one in changes if one.quote != one.new)


def _order(edit: Edit) -> tuple[int, int]:
    return edit.start, -edit.end


def _join(text: str, edits: list[Edit]) -> list[Edit]:
    """Join edits that overlap or stand side by side."""
    joined: list[Edit] = []
    for one in edits:
        last = joined[-1] if joined else None
        if last is None or (one.start >= last.end and not _belong(text, last, one)):
            joined.append(one)
        elif one.end > last.end:
            joined[-1] = _union(last, one)
    return joined


def _belong(text: str, last: Edit, one: Edit) -> bool:
    """Tell whether there is nothing but spaces and commas between an edit and one that drops."""
    between = text[last.end : one.start]
    apart = "\n" in between or NEXT_TO.fullmatch(between) is None
    return not apart and not (last.new and one.new)


def _union(last: Edit, one: Edit) -> Edit:
    new = last.new or one.new
    return replace(last if last.new else one, start=last.start, end=one.end, new=new)


def _seam(text: str, edit: Edit) -> Edit:
    """Return `edit` with spaces, signs, capital and article around it put right."""
    if not edit.new:
        edit = _close_gap(text, edit)
    return _article(text, _capital(text, edit))


def _close_gap(text: str, edit: Edit) -> Edit:
    start, end = edit.start, edit.end
    before, after = text[:start], text[end:]
    if BEGINS.search(before) and not before.rstrip(" ").endswith(("(", '"', "“")):
        opening = OPENING.match(after)
        end += opening.end() if opening else 0
        # "Saturday in Cove, so save us": what is left opens its sentence anew.
        joined = JOINED.match(text, end)
        if joined and not text[start:end].rstrip().endswith((".", "!", "?", "…")):
            end = joined.end()
        return _whole_line(text, replace(edit, start=start, end=end))
    if ENDS.match(after) or after.startswith("\n"):
        return replace(edit, start=_last_word(before))
    if after[:1] in (",", ";", ":"):
        return replace(edit, start=len(before.rstrip(" ,")))
    if before[-1:].isspace() and after[:1].isspace():
        end += len(after) - len(after.lstrip(" \t"))
    return replace(edit, start=start, end=end)


def _whole_line(text: str, edit: Edit) -> Edit:
    """Take the space before, or the line break, where nothing is left of the line."""
    before, after = text[: edit.start], text[edit.end :]
    if after and not after.startswith("\n"):
        return edit
    if after and (not before or before.endswith("\n")):
        return replace(edit, end=edit.end + 1)
    return replace(edit, start=len(before.rstrip()) if not after else len(before.rstrip(" \t")))


def _last_word(before: str) -> int:
    """Return where the text before a gap ends without what cannot end a sentence."""
    while True:
        kept = CLOSING.sub("", before)
        kept = DANGLING.sub("", kept)
        if kept == before:
            return len(before)
        before = kept


def _capital(text: str, edit: Edit) -> Edit:
    """Give a new beginning of a sentence the capital that the old one had."""
    old = next((char for char in text[edit.start :] if char.isalnum()), "")
    # "94-year-old" has none: there the other sentences tell how the author writes.
    capital = WITH_CAPITAL.search(text) is not None if old.isdigit() else old.isupper()
    if not BEGINS.search(text[: edit.start]) or not capital:
        return edit
    if edit.new:
        return replace(edit, new=edit.new[0].upper() + edit.new[1:])
    following = text[edit.end : edit.end + 1]
    if following.islower():
        return replace(edit, end=edit.end + 1, new=following.upper())
    return edit


def _article(text: str, edit: Edit) -> Edit:
    """Turn "a" into "an", or the other way, where the word after it is another now."""
    found = ARTICLE.search(text[: edit.start])
    following = (edit.new or text[edit.end :]).lstrip()
    if not found or not following[:1].isalpha():
        return edit
    right = "an" if VOWEL.match(following) else "a"
    if found[1].lower() == right:
        return edit
    right = right.capitalize() if found[1][0].isupper() else right
    between = text[found.end(1) : edit.start]
    return replace(edit, start=found.start(1), new=right + between + edit.new)


def _change(text: str, edit: Edit) -> Change:
    return Change(edit.start, edit.end, text[edit.start : edit.end], edit.new, edit.reason)
