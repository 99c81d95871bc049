"""The policy in print: no clause torn, no heading alone at a foot, the sheet on its own page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page

SHEET = "/policy/sign-off"


def print_pages(page: Page, path: Path) -> list[str]:
    """Print `page` on A4 and return what each sheet of paper says, its number first, in a line."""
    page.pdf(path=path, format="A4", prefer_css_page_size=False)
    with pypdfium2.PdfDocument(path) as paper:
        texts = [one.get_textpage().get_text_range() for one in paper]
    return [re.sub(r"\s+", " ", text).strip() for text in texts]


def clauses(page: Page) -> list[tuple[str, str]]:
    """Return heading and whole text of each clause, as they are printed, in one line."""
    return [(_line(one.locator("h3")), _line(one)) for one in page.locator(".clause").all()]


def _line(place: Locator) -> str:
    return re.sub(r"\s+", " ", place.inner_text()).strip()


@pytest.fixture
def sheets(open_page: Callable[..., Page], tmp_path: Path) -> tuple[Page, list[str]]:
    page = open_page(SHEET)
    return page, print_pages(page, tmp_path / "policy.pdf")


def test_no_clause_is_torn(sheets: tuple[Page, list[str]]) -> None:
    page, paper = sheets
    told = clauses(page)
    assert len(told) > 40
    assert [head for head, text in told if not any(text in one for one in paper)] == []


def test_no_heading_stands_at_a_foot(sheets: tuple[Page, list[str]]) -> None:
    page, paper = sheets
    for header in page.locator(".part > header").all():
        words = _line(header)
        assert any(words in one and not one.endswith(words) for one in paper), words


def test_the_sheet_to_sign_has_the_last_page_and_pages_are_numbered(
    sheets: tuple[Page, list[str]],
) -> None:
    _, paper = sheets
    assert paper[-1].startswith(f"{len(paper)} / {len(paper)} Sheet to sign")
    assert all("Sheet to sign" not in one for one in paper[:-1])
    assert [
        one for at, one in enumerate(paper, 1) if not one.startswith(f"{at} / {len(paper)} ")
    ] == []


def test_the_table_goes_on_with_its_heading_and_whole_rows(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(SHEET)
    page.evaluate(
        """() => {
            const body = document.querySelector(".lines tbody");
            for (let at = 0; at < 40; at++) {
                const row = body.rows[0].cloneNode(true);
                row.cells[0].innerHTML = `Begin${at}x<br><br>end${at}x`;
                body.append(row);
            }
        }"""
    )
    paper = print_pages(page, tmp_path / "long.pdf")
    table = [one for one in paper if "The new member of staff Their manager" in one]
    assert len(table) > 1
    for at in range(40):
        assert any(f"Begin{at}x end{at}x" in one for one in table), at
