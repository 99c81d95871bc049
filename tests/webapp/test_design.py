"""What the pages look like: built from the design system, light, and with no words of others."""

from __future__ import annotations

import gzip
import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import webapp
from webapp import serving
from webapp.serving import StylesError, serve
from webapp.settings import Settings

FOLDER = Path(webapp.__file__).parent
STATIC = FOLDER / "static"
BUILT = STATIC / "design-system.css"
LARGEST_PAGE = 250 * 1024


@pytest.fixture(scope="module")
def build() -> dict[str, Callable[..., str]]:
    """Return what the builder of the style sheet is made of."""
    return runpy.run_path(str(FOLDER / "design" / "build.py"))


@pytest.fixture(scope="module")
def styles() -> str:
    """Return both style sheets; the built one is made by make setup."""
    return BUILT.read_text("utf-8") + (STATIC / "style.css").read_text("utf-8")


def test_a_colour_gives_way_to_the_property_named_behind_it(
    build: dict[str, Callable[..., str]],
) -> None:
    sheet = "$a: #5b2a70, // brand\n"
    assert build["with_properties"]("a{color:#5b2a70}", sheet) == "a{color:var(--brand)}"


def test_a_colour_that_is_nowhere_is_an_error(build: dict[str, Callable[..., str]]) -> None:
    with pytest.raises(build["BuildError"], match="#5b2a70"):  # type: ignore[arg-type]
        build["with_properties"]("a{color:red}", "$a: #5b2a70, // brand\n")


def test_every_package_is_pinned_with_its_hash() -> None:
    wanted = json.loads((FOLDER / "design" / "package.json").read_text("utf-8"))
    locked = json.loads((FOLDER / "design" / "package-lock.json").read_text("utf-8"))["packages"]
    assert wanted["devDependencies"] == locked[""]["devDependencies"]
    assert all(re.fullmatch(r"[\d.]+", each) for each in wanted["devDependencies"].values())
    packages = [each for name, each in locked.items() if name]
    assert [each for each in packages if not each["integrity"].startswith("sha512-")] == []


def test_every_property_that_is_used_is_defined(styles: str) -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", styles))
    assert used - set(re.findall(r"--([a-z-]+):", styles)) == set()


def test_nothing_is_fetched_from_elsewhere(styles: str) -> None:
    assert re.findall(r"@import|@font-face|url\((?!\"?data:)[^)]*\)", styles) == []


def test_the_licence_goes_with_it() -> None:
    assert "Permission is hereby granted" in (STATIC / "design-system-licence.txt").read_text()


@pytest.mark.parametrize("path", ["/", "/policy", "/about", "/privacy", "/accessibility"])
def test_a_whole_page_is_light(client: FlaskClient, path: str) -> None:
    page = fetch(client, path)
    parts = BeautifulSoup(page, "html.parser").select("link[href], script[src]")
    files = [fetch(client, str(part.get("href") or part.get("src"))) for part in parts]
    assert len(files) >= 3
    assert sum(len(gzip.compress(part)) for part in (page, *files)) <= LARGEST_PAGE


def fetch(client: FlaskClient, path: str) -> bytes:
    """Return what is at `path`, which must be there."""
    with client.get(path) as response:
        assert response.status_code == 200
        return response.data


def test_without_the_style_sheet_nothing_is_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(serving, "STYLES", tmp_path / "missing.css")
    with pytest.raises(StylesError, match="run make setup"):
        serve("127.0.0.1", 8000, Settings())
