"""The safer wording in a real browser: use it whole or a change alone, undo, copy."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from steps import STOP, box, check, has_focus, scripted, tab_to, verdict

from checker.verdict import Verdict

Open = Callable[..., Page]

SAFER = "Lovely sunset over the harbour on my way home though!"
COPIED = "async (text) => (await navigator.clipboard.readText()) === text"
# Two sentences to leave out, one after the other.
TWO = f"{STOP} The key safe code for her house is 4417."


@scripted
def test_the_safer_wording_is_used_checked_and_undone(open_page: Open, javascript: bool) -> None:
    page = open_page(width=360, java_script_enabled=javascript)
    check(page, STOP, Verdict.STOP)
    page.get_by_role("button", name="Use this wording").click()
    verdict(page, Verdict.OK).wait_for()
    assert box(page).input_value() == SAFER
    assert page.get_by_text("We put the new wording in the box").is_visible()
    page.get_by_role("button", name="Undo").click()
    verdict(page, Verdict.STOP).wait_for()
    assert box(page).input_value() == STOP
    assert page.get_by_role("button", name="Undo").count() == 0


@scripted
def test_one_change_alone_is_made_and_checked(open_page: Open, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    check(page, TWO, Verdict.STOP)
    page.get_by_text("Change by change (2)").click()
    # The first leaves out the sentence about her, and the code still stands.
    page.get_by_role("button", name="Make this change").first.click()
    expect(box(page)).to_have_value(f"{SAFER} The key safe code for her house is 4417.")
    verdict(page, Verdict.STOP).wait_for()
    page.get_by_role("button", name="Use this wording").click()
    verdict(page, Verdict.OK).wait_for()
    # Each press can be taken back, the last one first.
    page.get_by_role("button", name="Undo").click()
    verdict(page, Verdict.STOP).wait_for()
    page.get_by_role("button", name="Undo").click()
    expect(box(page)).to_have_value(TWO)


def test_what_was_typed_meanwhile_is_not_overwritten(open_page: Open) -> None:
    page = open_page()
    check(page, STOP, Verdict.STOP)
    box(page).fill("My cat sat on the wall.")
    page.get_by_role("button", name="Use this wording").click()
    verdict(page, Verdict.OK).wait_for()
    assert box(page).input_value() == "My cat sat on the wall."


def test_both_wordings_can_be_copied(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    check(page, STOP, Verdict.STOP)
    for name, text in (("Copy my text", STOP), ("Copy it", SAFER)):
        page.evaluate("navigator.clipboard.writeText('')")
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_function(COPIED, arg=text)
        assert page.get_by_text("Copied.").is_visible()


def test_without_a_script_nothing_offers_to_copy(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    check(page, STOP, Verdict.STOP)
    assert page.get_by_role("button", name="Copy").count() == 0


def test_the_keyboard_alone_uses_the_safer_wording(open_page: Open) -> None:
    page = open_page()
    check(page, STOP, Verdict.STOP)
    page.get_by_role("link", name="Look at the safer wording").focus()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Use this wording"), most=3)
    page.keyboard.press("Enter")
    verdict(page, Verdict.OK).wait_for()
    page.wait_for_function("document.activeElement.id === 'result'")
    assert not has_focus(box(page))
