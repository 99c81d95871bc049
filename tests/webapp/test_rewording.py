"""The safer wording: shown as a difference, put in the box whole or change by change, undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from checker.draft import Draft
from checker.report import Report
from checker.safer.change import Change, Safer
from checker.verdict import Verdict
from webapp.form import MOST_BEFORE, read_form
from webapp.rewording import Piece, differences, reword

Post = Callable[..., BeautifulSoup]

TEXT = "Jo in room 6 sang"
FIRST = Change(0, 2, "Jo", "someone", "Readers could tell who this is.")
SECOND = Change(2, 12, " in room 6", "", "The place tells who it is.")
SAFER = Safer("someone sang", (FIRST, SECOND), Verdict.OK)


@pytest.mark.parametrize(
    ("safer", "wanted", "text"),
    [
        (SAFER, "all", "someone sang"),
        (SAFER, "0-2", "someone in room 6 sang"),
        (SAFER, "2-12", "Jo sang"),
        (SAFER, "3-4", TEXT),
        (SAFER, "nonsense", TEXT),
        (None, "all", TEXT),
    ],
)
def test_the_wanted_changes_are_made_and_no_others(
    safer: Safer | None, wanted: str, text: str
) -> None:
    assert reword(TEXT, safer, wanted) == text


def test_a_difference_holds_the_draft_and_the_wording() -> None:
    pieces = differences(TEXT, SAFER.changes)
    assert pieces == (
        Piece(old="Jo", new="someone"),
        Piece(old=" in room 6"),
        Piece(same=" sang"),
    )
    assert "".join(piece.same + piece.old for piece in pieces) == TEXT
    assert "".join(piece.same + piece.new for piece in pieces) == SAFER.text


def test_a_piece_does_not_show_the_draft() -> None:
    assert "Jo" not in repr(differences(TEXT, SAFER.changes))


@pytest.fixture
def sent(
    post: Post,
    answer_with: Callable[[Report], None],
    offer: Callable[[Safer], None],
    flagged: Report,
) -> Post:
    """Return what sends the form to a checker that has something to say and to offer."""
    answer_with(flagged)
    offer(SAFER)
    return post


def test_the_difference_is_marked_and_said_to_a_screen_reader(sent: Post) -> None:
    (shown,) = sent(text=TEXT).select(".difference")
    assert [each.get_text() for each in shown.select("del")] == [
        "[leave out:] Jo [end]",
        "[leave out:]  in room 6 [end]",
    ]
    assert [each.get_text() for each in shown.select("ins")] == ["[put in:] someone [end]"]
    assert shown.get_text().endswith(" sang")


def test_it_can_be_used_whole_or_change_by_change(sent: Post) -> None:
    values = [button["value"] for button in sent(text=TEXT).select("button[name=use]")]
    assert values == ["all", "0-2", "2-12"]


def test_the_wording_is_put_in_the_box_and_checked_again(sent: Post, checked: list[Draft]) -> None:
    page = sent(text=TEXT, use="all", photo="people")
    assert page.select("#text")[0].get_text() == "\nsomeone sang"
    assert [draft.text for draft in checked] == [TEXT, "someone sang"]
    assert checked[1].photo == "people"
    assert "We put the new wording in the box" in page.select("#text-said")[0].get_text()


def test_undo_brings_back_one_wording_after_the_other(sent: Post, checked: list[Draft]) -> None:
    page = sent(text=TEXT, use="2-12")
    assert [field["value"] for field in page.select("input[name=before]")] == [TEXT]
    page = sent(text="Jo sang", before=[TEXT, "Jo in a room sang"], undo="1")
    assert page.select("#text")[0].get_text() == "\nJo in a room sang"
    assert [field["value"] for field in page.select("input[name=before]")] == [TEXT]
    page = sent(text="x", before=[TEXT], undo="1")
    assert (checked[-1].text, page.select("#text-said input")) == (TEXT, [])


def test_a_change_that_no_longer_fits_changes_nothing(sent: Post, checked: list[Draft]) -> None:
    page = sent(text=TEXT, use="90-95")
    assert [draft.text for draft in checked] == [TEXT]
    assert page.select("#text-said input") == []


def test_undo_without_anything_before_is_a_check(sent: Post, checked: list[Draft]) -> None:
    sent(text=TEXT, undo="1")
    assert [draft.text for draft in checked] == [TEXT]


def test_the_way_back_is_not_endless() -> None:
    form = read_form(MultiDict({"text": "a" * MOST_BEFORE, "before": "first"}))
    assert form.reworded("b").before == ("a" * MOST_BEFORE,)


def test_copying_waits_for_the_script(sent: Post) -> None:
    assert sent(text=TEXT).select("#copy-safer")[0].has_attr("hidden")
