"""People, places, numbers and contacts are masked; other words, and masks, are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.finding import Mention, Role
from checker.report import Report
from webapp.masking import Masker, load_masker


@pytest.fixture(scope="module")
def masker() -> Masker:
    return load_masker()


def mention(text: str, quote: str, role: Role = Role.SUPPORTED, *, named: bool = True) -> Mention:
    start = text.index(quote)
    return Mention(start, start + len(quote), quote, named, role, "", first=0, last=1)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ring 07700 900123 or 01463 555 0100", "ring [number] or [number]"),
        ("write to me@example.org, @callum_m or www.example.org/x", "write to [contact], [contact] or [contact]"),
        ("he is 88, in room 6, up at 03:15 on 1/2/2027", "he is [number], in room [number], up at [number] on [number]"),
        ("flat 2b, IV2 3AB, b12", "flat [number], [number] [number], [number]"),
        ("Callum and morag and Mrs MacKinnon", "[name] and [name] and Mrs [name]"),
        ("Callum’s bus to East Kilbride", "[name]’s bus to [place]"),
        ("we may hope for grace in bath time", "we may hope for grace in bath time"),
        ("[name] in [place] has [number], [contact]", "[name] in [place] has [number], [contact]"),
        ("a grand day at the garden!\n🎉 thanks", "a grand day at the garden!\n🎉 thanks"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_no_report_told_of(masker: Masker, clean: Report, text: str, masked: str) -> None:
    assert masker.mask(text, clean) == masked
    assert masker.mask(masked, clean) == masked


def test_a_person_is_masked_wherever_a_part_of_the_name_stands(
    masker: Masker, clean: Report
) -> None:
    text = "wee Zebby Quixo sang. ZEBBY! well done Quixo, and quixotic Zebbyfan"
    report = replace(clean, people=(mention(text, "Zebby Quixo"),))
    masked = "wee [name] sang. [name]! well done [name], and quixotic Zebbyfan"
    assert masker.mask(text, report) == masked


def test_a_name_that_is_also_a_word_leaves_the_word(masker: Masker, clean: Report) -> None:
    text = "May hopes she may go"
    report = replace(clean, people=(mention(text, "May"),))
    assert masker.mask(text, report) == "[name] hopes she may go"


def test_who_is_not_named_and_what_is_no_person_stays(masker: Masker, clean: Report) -> None:
    text = "our resident loves Hope"
    people = (
        mention(text, "our resident", named=False),
        mention(text, "Hope", Role.PLACE_OR_WORD),
    )
    assert masker.mask(text, replace(clean, people=people)) == text


def test_what_findings_point_at_is_masked_by_its_kind(
    masker: Masker, flagged: Report, text: str
) -> None:
    # One finding calls “Callum is off” a person. The care stays: it is what the answer is about.
    assert masker.mask(text, flagged) == "🎉 [name] his meds <b>again</b>"
