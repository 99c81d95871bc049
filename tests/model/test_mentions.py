"""A person whom a draft names twice is labelled twice, and nobody else is."""

from __future__ import annotations

import pytest

from model.dataset import Labelled, parse_labelled
from model.mentions import label_repeats


def _labelled(text: str, *people: dict[str, str]) -> Labelled:
    return parse_labelled(
        "f:1",
        {
            "id": "x-1",
            "text": text,
            "account": "personal",
            "verdict": "ok",
            "categories": [],
            "spans": [],
            "people": list(people),
            "note": "",
            "sector": "everyday",
            "voice": "v",
        },
    )


def _places(labelled: Labelled) -> list[tuple[int, str, str]]:
    return [(one.start, one.quote, one.label) for one in label_repeats(labelled).people]


def test_a_later_mention_has_the_role_of_the_first() -> None:
    labelled = _labelled("Isa rang. Poor Isa!", {"quote": "Isa", "role": "friend"})
    assert _places(labelled) == [(0, "Isa", "friend"), (15, "Isa", "friend")]


def test_words_in_small_letters_that_mean_a_person_count_too() -> None:
    labelled = _labelled("the joiner came, the joiner went", {"quote": "joiner", "role": "other"})
    assert _places(labelled) == [(4, "joiner", "other"), (21, "joiner", "other")]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("Jo has jobs. Jobs!", "Jo", id="part of a word"),
        pytest.param("she said she would", "she", id="short pronoun"),
        pytest.param("they say they care", "they", id="pronoun"),
        pytest.param("I know what I know", "I", id="the author"),
    ],
)
def test_what_may_mean_another_is_left_alone(text: str, quote: str) -> None:
    labelled = _labelled(text, {"quote": quote, "role": "other"})
    assert label_repeats(labelled) is labelled


def test_what_has_a_label_of_its_own_keeps_it() -> None:
    first, second = {"quote": "Jean", "role": "friend"}, {"quote": "Big Jean", "role": "colleague"}
    labelled = _labelled("Jean met Big Jean.", first, second)
    assert label_repeats(labelled) is labelled


def test_names_that_bear_signs_of_patterns_are_words_to_it() -> None:
    labelled = _labelled("Mr B. (Mr B.) (Mr B", {"quote": "Mr B.", "role": "other"})
    assert [start for start, _, _ in _places(labelled)] == [0, 7]
