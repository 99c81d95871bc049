"""The texts of the pages can be read at the age of 11 to 12.

Measured by the Flesch–Kincaid grade: it counts only words to a sentence and syllables to a word,
so that a person who edits a text can see what to change, and its grade plus five is the age of
the reader. Labels, headings and the words of drafts are left out: they are no sentences, and so
short that they would flatter.
"""

from __future__ import annotations

import re

import pytest
import textstat
import yaml
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from checker.engine import Checker
from model.practice import CHOSEN
from webapp import create_app
from webapp.engine import EngineChecker
from webapp.practice import load_examples
from webapp.settings import Settings

# Grade 6 is read at the age of 11 to 12.
HIGHEST = 6.0
FLAGGED = "Our resident Nettie was off her meds again the night. Lovely sunset over the harbour!"
# Not our sentences: drafts, quotes, names of rules.
NOT_OURS = "blockquote, textarea, code, mark, pre, table, del, ins, [hidden], .visually-hidden"

PAGES = {
    "check": lambda client: client.get("/"),
    "answer, do not post": lambda client: client.post("/", data={"text": FLAGGED}),
    "answer, nothing found": lambda client: client.post("/", data={"text": "A lovely sunset."}),
    "check, something wrong": lambda client: client.post("/", data={"text": ""}),
    "policy": lambda client: client.get("/policy"),
    "policy to sign": lambda client: client.get("/policy/sign-off"),
    "practice": lambda client: client.get("/practice"),
    "practice, answer": lambda client: client.post("/practice/answer", data=_round(0, "stop")),
    "practice, result": lambda client: client.post("/practice/next", data=_round(10)),
    "about": lambda client: client.get("/about"),
    "privacy": lambda client: client.get("/privacy"),
    "accessibility": lambda client: client.get("/accessibility"),
    "no connection": lambda client: client.get("/offline"),
    "not found": lambda client: client.get("/nowhere"),
    "too long": lambda client: client.post("/", data={"text": "a" * 300_000}),
}


def _round(answered: int, answer: str = "") -> dict[str, str]:
    drafts = " ".join(example.id for example in load_examples()[:10])
    return {"drafts": drafts, "answers": " ".join(["stop"] * answered), "answer": answer}


@pytest.fixture(scope="module")
def client(checker: Checker) -> FlaskClient:
    return create_app(Settings(), EngineChecker(checker)).test_client()


def sentences(page: str) -> str:
    """Return the sentences of the main part of a page, and no labels."""
    (main,) = BeautifulSoup(page, "html.parser").select("main")
    for part in main.select(NOT_OURS):
        part.decompose()
    # A card is a list item too, and holds sentences and labels of its own.
    places = (one for one in main.select("p, li, dd") if not one.select("p, li, dd"))
    texts = (" ".join(one.get_text().split()) for one in places)
    return " ".join(dict.fromkeys(one for one in texts if one.endswith((".", "?", "!"))))


def grade(text: str) -> float:
    """Return the Flesch–Kincaid grade of `text`; a point inside a number ends no sentence."""
    return float(textstat.flesch_kincaid_grade(re.sub(r"(\d)[.,](\d)", r"\1\2", text)))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_at_eleven(client: FlaskClient, name: str) -> None:
    text = sentences(PAGES[name](client).text)
    assert len(text.split()) >= 5
    print(f"{name}: {len(text.split())} words, grade {grade(text):.1f}")
    assert grade(text) <= HIGHEST


def test_the_reasons_in_practice_can_be_read_at_eleven() -> None:
    chosen = yaml.safe_load(CHOSEN.read_text("utf-8"))
    hard = {
        sector: grade(" ".join(notes.values()))
        for sector, notes in chosen.items()
        if grade(" ".join(notes.values())) > HIGHEST
    }
    assert hard == {}


def test_a_hard_text_is_told_from_an_easy_one() -> None:
    hard = (
        "Practitioners must maintain appropriate confidentiality regarding personally identifiable "
        "information pertaining to individuals utilising departmental services."
    )
    assert grade(hard) > 15
    assert grade("Leave the name out. Ask your manager if you are not sure.") < 3


def test_labels_are_no_sentences() -> None:
    page = (
        "<main><h1>A heading</h1><p>One sentence.</p><p>A label</p><p><code>a.b</code></p></main>"
    )
    assert sentences(page) == "One sentence."
