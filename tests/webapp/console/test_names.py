"""Local names as CSV: each bad line is named with what is wrong, each repeat with where it was."""

from __future__ import annotations

import pytest

from checker.overlay.contents import Local
from webapp.console.names import (
    NEVER_CLOSED,
    CsvError,
    decode,
    find_repeats,
    read_csv,
    split_lines,
    take_over,
    write_csv,
)

NONE = Local()
LOCAL = Local(
    services=("Cedar Lane",),
    units=("Rowan", "Ward 3"),
    streets=("The Loaning",),
    staff=("Nettie O'Neil",),
    events=("Kelso Show, 2027", "@home week"),
)


def judged(text: str, local: Local = NONE) -> list[tuple[int, str, str, str]]:
    return [(one.number, one.kind, one.name, one.problem) for one in read_csv(text, local)]


def test_good_lines_are_read_by_any_name_of_their_kind() -> None:
    text = (
        "Kind,Name\nservice,Cedar Lane\nUNITS, Rowan \n\nperson,Nettie Brown\nevents,Kelso Show\n"
    )
    assert judged(text) == [
        (2, "services", "Cedar Lane", ""),
        (3, "units", "Rowan", ""),
        (5, "staff", "Nettie Brown", ""),
        (6, "events", "Kelso Show", ""),
    ]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_between_columns_are_understood(sign: str) -> None:
    assert judged(f"kind{sign}name\nstreet{sign}The Loaning, upper") == [
        (2, "streets", "The Loaning, upper", "")
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("garden,Rowan", "“garden” is no kind: write one of services, units"),
        (",Rowan", "The kind is missing: write one of"),
        ("unit", "The name is missing."),
        ("unit,", "The name is missing."),
        ("unit,Rowan,upstairs", "There are more than two columns"),
        ("unit,Row*", "a name has no *"),
        ("unit,!!", "has no letters or figures"),
        ("unit," + "n" * 201, "too long: keep it under 200"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_next_is_read(line: str, problem: str) -> None:
    bad, good = read_csv(f"{line}\nunit,Birch", Local())
    assert problem in bad.problem
    assert (bad.number, bad.is_good, bad.repeats) == (1, False, False)
    assert (good.number, good.name, good.is_good) == (2, "Birch", True)


def test_repeats_say_where_the_name_was() -> None:
    found = judged("unit,Birch\nunit,BIRCH\nunit,rowan\nstreet,Birch", LOCAL)
    assert [problem for *_, problem in found] == [
        "",
        "This is on line 1 already.",
        "This is in the list already.",
        "",
    ]


def test_only_good_lines_are_taken_over() -> None:
    lines = read_csv("unit,Birch\nunit,Rowan\nshed,Oak\nstreet,Long Row", LOCAL)
    local = take_over(LOCAL, lines)
    assert local.units == ("Rowan", "Ward 3", "Birch")
    assert local.streets == ("The Loaning", "Long Row")
    assert (local.staff, local.events) == (LOCAL.staff, LOCAL.events)


def test_what_is_exported_comes_back_the_same() -> None:
    lines = read_csv(write_csv(LOCAL), Local())
    assert take_over(Local(), lines) == LOCAL


def test_no_exported_name_is_a_formula_to_a_spreadsheet() -> None:
    assert "events,'@home week" in write_csv(LOCAL)
    assert "streets,The Loaning" in write_csv(LOCAL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_spreadsheets_are_read(encoding: str) -> None:
    assert judged(decode("unit,Café Rowan".encode(encoding))) == [(1, "units", "Café Rowan", "")]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(CsvError, match="save the sheet as CSV"):
        decode(b"PK\x03\x04\x81\x8d\x90")


@pytest.mark.parametrize(("text", "sentence"), [("", "no line here"), ("kind,name\n", "no line")])
def test_nothing_is_told(text: str, sentence: str) -> None:
    with pytest.raises(CsvError, match=sentence):
        read_csv(text, Local())


def test_names_that_stand_twice_in_a_field_are_told_by_line() -> None:
    assert find_repeats("Rowan\n\nBirch\nROWAN ") == ["Line 4: “ROWAN” is on line 1 already."]
    assert find_repeats("Rowan\nBirch\n\n") == []
    assert split_lines(" Rowan \r\n\n  Ward   3\n") == ["Rowan", "Ward 3"]


def test_the_mark_of_utf_8_before_latin_letters_and_in_the_middle_is_no_sign() -> None:
    marked = b"\xef\xbb\xbfunit;Caf\xe9 Rowan\r\n"
    assert judged(decode(marked)) == [(1, "units", "Café Rowan", "")]
    two = b"\xef\xbb\xbfunit,Birch\n\xef\xbb\xbfstreet,Long Row\n"
    assert judged(decode(two)) == [(1, "units", "Birch", ""), (2, "streets", "Long Row", "")]


def test_a_quotation_mark_that_is_never_closed_is_told_on_its_line() -> None:
    good, bad = judged('unit,Birch\nunit,"Oak\nstreet,Long Row\n')
    assert good == (1, "units", "Birch", "")
    assert bad == (2, "unit", "Oak street,Long Row", NEVER_CLOSED)
    assert judged('unit,"Oak, Ash"\n') == [(1, "units", "Oak, Ash", "")]


def test_more_lines_than_all_lists_hold_are_refused() -> None:
    line = "unit,Birch\n"
    assert len(read_csv(line * 25_000, NONE)) == 25_000
    with pytest.raises(CsvError) as error:
        read_csv(line * 25_001, NONE)
    assert str(error.value) == "There are 25,001 lines: take 25,000 at a time."
    with pytest.raises(CsvError) as error:
        read_csv("unit," + "n" * 2_000_000, NONE)
    assert str(error.value) == "This is 2,000,005 characters long: keep it under 2,000,000."
