"""A card of the reader alone names the words that weighed, so that two cards differ."""

from __future__ import annotations

import pytest

from checker.explaining import ADVICE, COULD, explain
from checker.finding import Kind, Mention, Role, Span
from checker.verdict import Category

LAIRG = Span(20, 25, "Lairg", Kind.PLACE, "reader.marked")
CHOKED = Span(4, 10, "choked", Kind.CARE, "reader.marked")
HIM = Span(0, 3, "him", Kind.PERSON, "reader.marked")


def somebody(role: Role) -> Mention:
    return Mention(0, 3, "him", named=False, role=role, because="b", first=0, last=1)


def test_two_cards_about_one_draft_name_other_words() -> None:
    spans = (HIM, CHOKED, LAIRG)
    assert explain(Category.JIGSAW, spans, ()) == (
        "“him” and “Lairg” could let people nearby work out who this is."
    )
    assert explain(Category.CARE_DETAIL, (CHOKED, LAIRG), ()) == (
        "“choked” and “Lairg” could tell something private about a person's care or life."
    )


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.SUPPORTED, " We took “him” to be someone you support."),
        (Role.COLLEAGUE, " We took “him” to be someone you work with."),
        (Role.OWN_FAMILY, ""),
    ],
)
def test_whom_we_took_the_words_to_mean_is_said(role: Role, said: str) -> None:
    sentence = "“him” could hurt someone who uses the service."
    assert explain(Category.DISRESPECT, (HIM,), (somebody(role),)) == sentence + said


def test_someone_the_words_do_not_touch_is_not_named() -> None:
    assert "him" not in explain(Category.CARE_DETAIL, (CHOKED,), (somebody(Role.SUPPORTED),))


def test_long_words_are_cut_between_two() -> None:
    span = Span(0, 90, "word " * 18, Kind.CARE, "reader.weighed")
    assert explain(Category.CARE_DETAIL, (span,), ()).startswith("“" + "word " * 11 + "word…”")


def test_without_words_it_still_says_why() -> None:
    assert explain(Category.CONDUCT, (), ()).startswith("What you say here could")


def test_every_category_has_its_own_sentence_and_advice() -> None:
    assert set(COULD) == set(ADVICE) == set(Category)
    assert len(set(COULD.values())) == len(set(ADVICE.values())) == len(Category)
