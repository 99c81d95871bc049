"""Words that stand in most posts: a rule on “the” would flag nearly every one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import re2
from flask import Flask

from checker.overlay.contents import Overlay, OwnRule, RuleChange, Scope, State
from checker.overlay.problem import Problem
from checker.preview.examples import load_examples
from checker.verdict import Verdict

# Of a hundred drafts that are fine: from how many on it is told beside the words, and refused.
TOLD, REFUSED = 2, 10
MOST_NAMED = 3
REMEDY = "Take words that say more, or say near which words they count."
SENTENCE_END = re.compile(r"[.!?\n]+")
NO_WORD = re.compile(r"[^\w*]+")
# Between the sentences of a spelt text.
BREAK = "|"
KEPT = "postcheck-fine-drafts"


def fine_of(app: Flask) -> tuple[str, ...]:
    """Return what `load_fine` does, loaded once for `app`, at the first page that asks."""
    kept: dict[str, Any] = app.extensions
    if KEPT not in kept:
        kept[KEPT] = load_fine()
    fine: tuple[str, ...] = kept[KEPT]
    return fine


def load_fine() -> tuple[str, ...]:
    """Return the shipped drafts that are fine, as words alone; takes a fifth of a second."""
    fine = (one.draft.text for one in load_examples() if one.verdict is Verdict.OK)
    return tuple(BREAK.join(map(_spelt, SENTENCE_END.split(text))) for text in fine)


def _spelt(text: str) -> str:
    """Return the words of `text` in small letters with one space before and after each."""
    return f" {NO_WORD.sub(' ', text.lower()).strip()} "


def common_words(overlay: Overlay, fine: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each rule of `overlay` that holds in too many of the drafts `fine`.

    It blocks where a rule is on, and is worth knowing before. Retired rules are passed over.
    """
    for own in overlay.rules:
        if own.state is not State.RETIRED:
            yield from _of_own(own, fine)
    for change in overlay.changes:
        if change.enabled:
            yield from _of_change(change, fine)


def _of_own(own: OwnRule, fine: Sequence[str]) -> Iterator[Problem]:
    count = sum(map(_finder(own), fine))
    share = 100 * count // len(fine)
    if share < TOLD:
        return
    near = ", near your other words," if own.near else ""
    told = f"{_named(own.words, fine)}{near} can be found in {_of(count, fine)}"
    if share < REFUSED:
        sentence = f"{told}: see on the page “What would change” which they are."
        yield Problem("rules", own.id, "words", sentence, blocks=False)
        return
    sentence = f"{told}, so staff would see this at about {share} of 100 good posts. {REMEDY}"
    yield Problem("rules", own.id, "words", sentence, blocks=own.state is State.ON)


def _of_change(change: RuleChange, fine: Sequence[str]) -> Iterator[Problem]:
    for key, phrases in (("words", change.words), ("unless_words", change.unless_words)):
        count = _count(phrases, fine)
        if 100 * count >= REFUSED * len(fine):
            sentence = f"{_named(phrases, fine)} can be found in {_of(count, fine)}. {REMEDY}"
            yield Problem("shipped", change.rule, key, sentence, blocks=False)


def _finder(own: OwnRule) -> Callable[[str], bool]:
    """Return what tells whether `own` holds in a draft, by its words alone."""
    words, near, not_near = map(_any_of, (own.words, own.near, own.not_near))
    beside = bool(own.near or own.not_near)
    in_sentence = beside and own.scope is Scope.SENTENCE

    def holds(text: str) -> bool:
        return any(
            words.search(part)
            and (not own.near or near.search(part))
            and not (own.not_near and not_near.search(part))
            for part in (text.split(BREAK) if in_sentence else [text])
        )

    return holds


def _any_of(phrases: Iterable[str]) -> Any:
    """Return what finds any of `phrases` in a spelt text; RE2, so that many of them cost little."""
    spelt = (
        "[^ ]*".join(re2.escape(part) for part in _spelt(phrase).strip().split("*"))
        for phrase in phrases
    )
    return re2.compile(f" (?:{'|'.join(spelt)}) ")


def _count(phrases: Sequence[str], fine: Sequence[str]) -> int:
    if not phrases:
        return 0
    pattern = _any_of(phrases)
    return sum(pattern.search(text) is not None for text in fine)


def _named(phrases: Sequence[str], fine: Sequence[str]) -> str:
    """Return the commonest of `phrases` as a page names them."""
    most = sorted(phrases, key=lambda one: -_count([one], fine))[:MOST_NAMED]
    others = " or others" if len(phrases) > len(most) else ""
    return " or ".join(f"“{one}”" for one in most) + others


def _of(count: int, fine: Sequence[str]) -> str:
    return f"{count:,} of {len(fine):,} judged drafts that are fine"
