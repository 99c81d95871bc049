"""Word pieces become whole words, runs of words and people, with offsets of the plain text."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from checker.classifier import FOLDER
from checker.draft import Account, Draft
from checker.encoder import LONGEST, ROLES, Encoded, Encoder, Stretch, _apart, _likeliest, _runs
from checker.engine import Checker
from checker.finding import Kind, Role
from checker.normalise import normalise
from checker.vocabulary import load_vocabulary

Encode = Callable[[str], Encoded]


@pytest.fixture(scope="module")
def encode() -> Encode:
    encoder, words = Encoder(FOLDER), load_vocabulary(())

    def run(text: str) -> Encoded:
        return encoder.encode(Draft(text), normalise(text, words))

    return run


def test_outputs_have_their_shapes(encode: Encode) -> None:
    encoded = encode("what a day")
    assert encoded.logits.shape == (16,)
    assert float(np.linalg.norm(encoded.vector)) == pytest.approx(1.0, abs=1e-4)


def test_the_account_is_part_of_what_is_read() -> None:
    encoder, words = Encoder(FOLDER), load_vocabulary(())
    text = "Our tenant Mr Oduya has won the raffle"
    plain = normalise(text, words)
    personal = encoder.encode(Draft(text), plain)
    service = encoder.encode(Draft(text, Account.SERVICE), plain)
    assert not np.allclose(personal.logits, service.logits)


def test_stretches_are_whole_words_in_order(encode: Encode) -> None:
    text = "our resident Galbraithina was off her food again, wee soul. Then bingo."
    for stretches in (encode(text).people, encode(text).marked):
        assert [one.start for one in stretches] == sorted(one.start for one in stretches)
        for one in stretches:
            around = text[max(one.start - 1, 0) : one.start] + text[one.end : one.end + 1]
            assert not any(char.isalnum() for char in around)


def test_a_breach_at_the_end_of_a_long_draft_is_read(encode: Encode) -> None:
    fine = "The bus was late and it rained and I had soup. " * (LONGEST // 8)
    breach = "Our resident Nettie had another stroke in room 6 last night."
    worry = [encode(text).logits[:3] for text in (fine, fine + breach)]
    lean = [float(np.logaddexp(one[1], one[2]) - one[0]) for one in worry]
    assert lean[1] > lean[0]


def test_a_draft_is_encoded_alike_alone_and_in_a_batch(checker: Checker) -> None:
    drafts = [Draft("what a day"), Draft("our resident Nettie had a fall in the night, poor soul")]
    together = [evidence.encoded for evidence, _ in checker.gather(drafts)]
    alone = [checker.gather([draft])[0][0].encoded for draft in drafts]
    for one, other in zip(together, alone, strict=True):
        assert one is not None and other is not None
        assert one.logits.tolist() == other.logits.tolist()


def test_neighbours_of_one_label_are_joined() -> None:
    words = [
        Stretch(0, 3, Role.SUPPORTED, 0.9, 0.95),
        Stretch(4, 8, Role.SUPPORTED, 0.6, 0.7),
        Stretch(12, 15, Role.SUPPORTED, 0.7),
    ]
    joined = list(_runs(words))
    assert [(one.start, one.end) for one in joined] == [(0, 8), (12, 15)]
    assert joined[0].probability == pytest.approx((3 * 0.9 + 4 * 0.6) / 7)
    assert joined[0].somebody == 0.95


def test_where_windows_disagree_the_surer_one_stands() -> None:
    unsure, sure = Stretch(0, 8, Kind.CARE, 0.6), Stretch(4, 12, Kind.PERSON, 0.9)
    assert _apart({unsure, sure}) == (sure,)


@pytest.mark.parametrize(
    ("word", "friend", "colleague", "likeliest"),
    [
        pytest.param(0.4, 0.35, 0.2, Role.FRIEND, id="more of a person than of a word"),
        pytest.param(0.5, 0.3, 0.15, Role.PLACE_OR_WORD, id="more of a word"),
        pytest.param(0.1, 0.3, 0.55, Role.COLLEAGUE, id="a person"),
    ],
)
def test_a_word_needs_half_of_what_speaks_for_somebody(
    word: float, friend: float, colleague: float, likeliest: Role
) -> None:
    roles = np.zeros(len(ROLES))
    roles[ROLES.index(Role.PLACE_OR_WORD)] = word
    roles[ROLES.index(Role.FRIEND)] = friend
    roles[ROLES.index(Role.COLLEAGUE)] = colleague
    assert ROLES[_likeliest(roles)] is likeliest
