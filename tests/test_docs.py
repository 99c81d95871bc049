"""What the docs name exists, and what exists is named in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.rules.unless import EXCEPTIONS
from checker.verdict import Category

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
# Bytes, so that the page of the repository opens at once.
LARGEST_PICTURE = 150 * 1024
FILE = re.compile(r"`((?:checker|model|webapp|training_data|benchmarks)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [to for to in LINK.findall(page.read_text("utf-8")) if not (page.parent / to).exists()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    missing = [to for to in FILE.findall(page.read_text("utf-8")) if not (ROOT / to).exists()]
    assert missing == []


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_is_explained(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "writing-a-rule.md").read_text("utf-8")


@pytest.mark.parametrize("category", Category)
def test_every_category_has_rules_and_is_in_the_guide(category: Category) -> None:
    guide = (ROOT / "training_data" / "labelling-guide.md").read_text("utf-8")
    assert f"| `{category}` |" in guide
    assert (ROOT / "checker" / "rules" / "data" / f"{category}.yaml").exists()


def test_the_pictures_of_the_docs_are_small() -> None:
    pictures = sorted((ROOT / "docs").rglob("*.png"))
    assert pictures
    assert [one.name for one in pictures if one.stat().st_size > LARGEST_PICTURE] == []
