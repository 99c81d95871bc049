"""The pages about privacy, accessibility and how good the checker is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checker.errors import LanguageModelError
from webapp.figures import load_figures, read_figures

ACCURACY = Path(__file__).parents[2] / "docs" / "accuracy.md"

Get = Callable[[str], BeautifulSoup]


def said(page: BeautifulSoup) -> str:
    return " ".join(page.select("main")[0].get_text().split())


def test_the_figures_are_those_of_the_docs() -> None:
    # When this fails: python -m webapp.figures docs/accuracy.md
    assert load_figures() == read_figures(ACCURACY.read_text("utf-8"))


def test_a_page_without_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="does not say how many drafts"):
        read_figures("# Accuracy\n")


def test_about_tells_the_figures_and_that_it_misses_things(get: Get) -> None:
    figures = load_figures()
    text = said(get("/about"))
    assert "It misses things." in text
    assert f"it noticed about {round(figures.percent['flagged'])} in 100." in text
    assert f"“nothing found” to about {round(figures.percent['missed stop'])} in 100." in text


def test_about_tells_what_runs_now_and_that_it_was_not_what_was_measured(get: Get) -> None:
    text = said(get("/about"))
    assert "Postcheck 0.0 Rules abc123 Learned reader none, rules only" in text
    assert "What runs now is not the same, so these figures may not fit it." in text


def test_figures_fit_what_was_measured_and_nothing_else() -> None:
    figures = load_figures()
    same = {"rulebook": figures.rulebook, "model": figures.model}
    assert figures.fits(same)
    assert not replace(figures, rulebook="other").fits(same)
    assert not figures.fits({})


def test_about_is_there_when_the_checker_is_not(
    get: Get, fail_with: Callable[[Exception], None]
) -> None:
    fail_with(LanguageModelError("The spaCy model is not installed: install it."))
    assert "The checker could not be started." in said(get("/about"))


def test_privacy_says_that_nothing_is_kept(get: Get) -> None:
    text = said(get("/privacy"))
    assert "It is not saved, not put in a log, not sent on" in text
    assert "Cookies We set none." in text


def test_accessibility_says_what_was_not_tried(get: Get) -> None:
    text = said(get("/accessibility"))
    assert "No outside expert has checked it" in text
    assert "You can talk to Aileen Moore" in text


# The script: what it must never do can be read in it.

SCRIPT = Path(__file__).parents[2] / "webapp" / "static" / "check.js"


@pytest.mark.parametrize(
    "word",
    ["localStorage", "sessionStorage", "indexedDB", "cookie", "console", "innerHTML", "history",
     "location", "http:", "https:", "eval(", ".style"],
)  # fmt: skip
def test_the_script_keeps_sends_and_runs_nothing_else(word: str) -> None:
    assert word not in SCRIPT.read_text("utf-8")


def test_the_script_finds_every_part_it_replaces(get: Get) -> None:
    script = SCRIPT.read_text("utf-8")
    parts = ["problems", "text-said", "questions", "outcome"]
    assert str(parts).replace("'", '"') in script
    assert [len(get("/").select(f"#{part}")) for part in parts] == [1, 1, 1, 1]


def test_the_words_of_the_script(get: Get) -> None:
    script = SCRIPT.read_text("utf-8")
    for told in ("Checking…", "Text changed, check again.", "Your post was not checked."):
        assert told in script
