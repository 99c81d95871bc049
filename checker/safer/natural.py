"""Whether a changed text still reads like something a person wrote.

Leaves   "Someone I support won the raffle"
Refuses  "Someone's someone rang", "the last someone on the coast", "he's the on it"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.safer.change import Change
from checker.safer.source import find_sentences

# What we put in the place of a person.
FORM = r"(?:someone|people|that person)"
NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|both|few|some|any"
SOMEBODY = re.compile(rf"\b{FORM}\b", re.I)
# Only where a change was made: dialect and haste are the author's own. "Her" may stand alone.
AWKWARD = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(\w+)[ ,]+\1\b",
        # "the last someone", "Jim the bike someone", "nae people I support", "six of people"
        rf"\b(?:an?|the|this|my|our|oor)\s+(?:[\w-]+\s+)?{FORM}\b",
        rf"\b(?:your|his|their|wee|auld|old|last|only|first|mair|more|nae|no|of|different|same|other|another|next|new|lovely|poor|dear|welcome|{NUMBERS})\s+{FORM}\b",
        rf"\b(?:in|at|into|intae|of|o)\s+{FORM}\b|\b(?:from|fae|frae)\s+someone\b(?! (?:I|we))",
        # "he's the on it", "thanks to our!"
        r"\b(?:an?|the|my|our|oor|your|their|only)\s+(?:in|on|at|of|to|from|and|but|or|is|was|with|wi|"
        r"for|fae|tae|that|who|an|noo|now|the|a)\b",
        r"\b(?:an?|the|my|our|oor|your)\s*(?:[.,;:!?)]|$)",
        # "she is someone", "someone I support my", "support's", "people's"
        rf"(?:\b(?:is|was|are|were|be|its|im|called)|['’](?:s|m|re))\s+(?:{FORM}|their family)\b",
        rf"\b{FORM}\s+(?:my|our|the|a|an|this|his|her|someone|people)\b|\b{FORM} I\b(?! support)",
        r"\bsupport['’]s\b|\bpeople['’]s\b|\bsomeone['’]s (?:and|but|or|is|was|in|on|at|[.,!?])",
        rf"\w{FORM}\b|[,;]\s*{FORM}(?: (?:I|we) support)?\s*(?:[.,!?]|$)",
        rf"\b(?:{FORM}|them|they)\s+(?-i:[A-Z])(?!['’]|\s)",
        rf"\b(?:here['’]s|I['’]?m) (?:{FORM}|them|they)\b",
        # "me not someone.", "You'd know someone.", "Someone, emergency", "Welcome to someone"
        rf"\b(?:not|know|knows|knew|ken|kens) {FORM}(?: (?:I|we) support)?\s*(?:[,.!?]|$)",
        rf"^\W*{FORM}(?: (?:I|we) support)?,",
        # "Someone so we tried the garden": all that was said of them went
        rf"^\W*{FORM}(?: (?:I|we) support)?\s+(?:so|but|because|cos|cause|then|when|while|as|"
        r"an(?:d)? (?:I|we|s?he|they|so))\b",
        # "his 'their family", "without them, who asked", "you're welcome, their family"
        r"\b(?:his|her|their|your|my|our)\s+['‘\"“]?their\b",
        r"[,;]\s*(?:their family|families)\s*(?:[.!?]|$)",
        r"\b(?:them|they|someone)(?: (?:I|we) support)?, who\b",
        r"\b(?:rest easy|rip|god help|happy birthday)[ ,]+someone\b",
        # "Lives, drop a card", "Love people with him", "People who wave", "the families' s"
        r"^\W*(?:lives?|bides|stays)\s*[,.!?]|\b(?:love|miss) people\b|^\W*someone\W+who\b",
        # "not their family.", "People … with them", "families … their family", "wee flower someone"
        rf"\bnot (?:their family|{FORM})\W*$|\bpeople\b[^.!?]*\b(?:with|wi|to|from) them\b",
        rf"\bfamil(?:y|ies)\b[^.!?]*\bfamil(?:y|ies)\b|\bwee \w+ {FORM}\b",
        # "called them", "Proud their family duck"
        r"\bcalled (?:them|someone)\b|\b(?:proud|proudest|dear) their family\b",
        # "Pa someone", "Someone five", "Again:"
        r"\b(?-i:(?!I |We |The |A )[A-Z][a-z]+) (?-i:someone|people)\b(?! (?:who|I|we)\b.*\?)",
        rf"\b{FORM}(?: (?:I|we) support)? (?:the|an?|\d+|{NUMBERS})\b|^\W*again:",
        # "If ye fancy a cuppa": half a sentence
        r"^\W*(?:if|in case|not|because|cos|when|while|although|unless|as if)\b[^,]*$",
        # "Thank you someone", "Someone is the joiner who", "Someone best patter"
        rf"\bthank (?:you|ye|u) {FORM}\b|\b{FORM}(?: (?:I|we) support)? (?:is|was) the \w+ who\b",
        rf"^\W*{FORM}(?: (?:I|we) support)? (?:best|worst|last|first|most)\b",
        # "S will be there", "Someone's family.", "Families them", "taking people to see"
        r"^\W*(?-i:[B-HJ-Z]) (?!\W)",
        rf"^\W*(?:{FORM}['’]s|their) family\W*$|^\W*famil(?:y|ies) (?:them|he|she|his|her)\b",
        r"\bto (?:see|meet|visit|find|tell)\s*(?:[,.!?]|$)",
        rf"\b(?:welcome to|buried) {FORM}\b|\b(?:so|and|but|that) s\b",
        # "Nobody on someone", "someone I support been", "Someone with the Wrens.", "asked me."
        rf"\bon {FORM}\b|\b{FORM}(?: (?:I|we) support)? (?:been|being)\b",
        rf"^\W*{FORM}(?: (?:I|we) support)? (?:with|wi|from|in|at|of|off|aff)\b",
        r"\b(?:asked|told|telt) (?:me|us|him|her|them)\s*(?:[.!?]|$)",
        # "asked, wherever", "and.", ", ;"
        r"\b(?:asked|said|says|told|telt|thinks|thought|wanted|wants|reckons|hearing|that|because|who|"
        r"ask|know|abune|at|wi|with|from|fae|of|beside|near)\s*(?:[,.!?]|$)",
        rf"\bmind (?:that )?{FORM}\b|\b(?:them|that person) from\b",
        # "What someone.", "Meet someone we support.", "are 's", "→ →"
        rf"^\W*what {FORM}\b|\b(?:meet|tell|see) {FORM}(?: (?:I|we) support)?\W*$|\s['’]s\b",
        # "21 now and their family!", "a lady and someone to the end"
        r"\bnow(?: and)? their family\b",
        rf"\b{FORM}(?: (?:I|we) support)? (?:to the (?:end|last))\b",
        # "Does anyone have someone's number?"
        rf"\bany(?:one|body) (?:have|has|got|know|knows|ken|kens) {FORM}\b",
        rf"\breply to {FORM}\b|^\W*{FORM}(?: (?:I|we) support)?\W*$",
        # "Taking, wish me luck": what was taken where went
        r"^\W*(?:tak|bring|help|feed|meet|giv|dress|wash|lift|driv|escort)in[g'’]?\s*[,.!?]",
        # "i've someone I support", "Someone and see her", "at the steps, look!"
        rf"['’]ve {FORM}\b|^\W*{FORM}(?: (?:I|we) support)? and "
        r"(?!(?:me|their|someone|people)\b)(?-i:[a-z])",
        r"\blook\s*[.!]$",
        # "Till three.", "Of the panto"
        r"^\W*(?:till|until|of|by|than|nor|which|whose)\b",
        r"([→•|/–—])\s*\1|\s(?:→|\|)\s*$",
        r"[,;:]\s*[,;:.!?]|\s[,;.!?](?!\w)|\(\s*\)|(?:^|[.!?]\s+)[,;:)]",
        r"\b(?:and|but|or|an)\s*[.!?]",
        r"\b(?:and|but|or)\s+(?:and|but|or)\b",
    )
)
# "Nae families" is no longer so without its "nae".
NEGATION = re.compile(r"\W*(?:nae|no|not|never|nane|naebody|nobody)\W*", re.I)
# Whose family, where nobody was spoken of before?
WHOSE = re.compile(r"\W*their family\b", re.I)
PAIRS = ("()", "“”", "[]")
# "slide., and", "You came! ."
BROKEN = re.compile(
    r"^\s*[.,;:]|[.!?](?:someone|people)\b|[.!?]\s*,|[!?]\s+\.(?!\.)|(?<!\.)\.\s+\.(?!\.)"
)
# Few words that point back at a sentence which went: "Never saw it coming", "ah let it by".
POINTS_BACK = re.compile(
    r"\b(?:it|that|they|them|him|her|this|mine|no a|say more|said|telt|voice)\b", re.I
)
FEW = 7
# More places mended than this leave a sentence of patches.
MOST_SEAMS = 2


def reads_well(old: str, new: str, changes: Sequence[Change]) -> bool:
    """Tell whether `new`, which `changes` made of `old`, has no seam that a reader trips on."""
    seams = list(_seams(changes))
    for start, end in find_sentences(new):
        inside = [one for one in seams if one[0] <= end and start <= one[1]]
        if inside and not _is_smooth(new[start:end], [(a - start, b - start) for a, b in inside]):
            return False
    if BROKEN.search(new) and not BROKEN.search(old):
        return False
    if _points_back(new, changes) or any(_is_glued(old, one) for one in changes):
        return False
    if WHOSE.match(new) or any(not one.new and NEGATION.fullmatch(one.quote) for one in changes):
        return False
    return all(_is_balanced(new, pair) or not _is_balanced(old, pair) for pair in PAIRS) and (
        new.count('"') % 2 <= old.count('"') % 2
    )


def _is_glued(old: str, change: Change) -> bool:
    """Tell whether a change glues two words together: "a coin, she sang" to "a coina singer"."""
    before, after = old[: change.start][-1:], old[change.end :][:1]
    opens = (change.new or after)[:1].isalnum() and not change.quote[:1].isalnum()
    closes = bool(change.new) and change.new[-1].isalnum() and not change.quote[-1:].isalnum()
    return (before.isalnum() and opens) or (closes and after.isalnum())


def _points_back(new: str, changes: Sequence[Change]) -> bool:
    """Tell whether a wording of few words opens with what leans on a beginning that went."""
    lost = (
        bool(changes)
        and changes[0].start == 0
        and not changes[0].new.strip(" .").lower().startswith("some")
    )
    words = len(re.findall(r"\w+", new))
    start, end = next(iter(find_sentences(new)), (0, 0))
    return lost and words <= FEW and POINTS_BACK.search(new[start:end]) is not None


def _seams(changes: Sequence[Change]) -> Iterator[tuple[int, int]]:
    shift = 0
    for one in changes:
        start = one.start + shift
        yield start, start + len(one.new)
        shift += len(one.new) - (one.end - one.start)


def _is_smooth(sentence: str, seams: list[tuple[int, int]]) -> bool:
    """Tell whether a sentence is no patchwork, and has nothing awkward at its `seams`."""
    if len(seams) > MOST_SEAMS:
        return False
    put_in = [one for one in seams if SOMEBODY.search(sentence[max(one[0], 0) : one[1]])]
    if len(put_in) > 1:
        return False
    return not any(
        match.start() - 1 <= end and start <= match.end() + 1
        for pattern in AWKWARD
        for match in pattern.finditer(sentence)
        for start, end in seams
    )


def _is_balanced(text: str, pair: str) -> bool:
    return text.count(pair[0]) == text.count(pair[1])
