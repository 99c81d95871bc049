"""The policy as one document: anchors, search, editions, and what leads to each clause."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from checker.policy import Policy
from checker.verdict import Category
from webapp.pages import LONGEST_SEARCH
from webapp.phrases import EXAMPLES, day
from webapp.settings import Settings

Get = Callable[[str], BeautifulSoup]


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the only element that `selector` fits."""
    (found,) = page.select(selector)
    return found


def test_every_clause_has_its_anchor(get: Get, policy: Policy) -> None:
    ids = {element["id"] for element in get("/policy").select("section[id]")}
    assert set(policy.ids) <= ids


def test_a_clause_shows_its_number_its_doubt_and_what_it_was_before(get: Get) -> None:
    clause = words(one(get("/policy"), "[id='sssc.suitability']"))
    assert "SSSC Code 5.8 (2024, number not confirmed)" in clause
    assert "Before: SSSC Code 5.8 (2016)" in clause


def test_every_category_is_explained_with_its_clauses(get: Get, policy: Policy) -> None:
    headings = [words(heading) for heading in get("/policy").select("#looks-for ~ section h3")]
    assert headings == [concern.title for concern in policy.concerns]


def test_a_sample_policy_says_that_it_is_one(get: Get) -> None:
    assert "This is a sample, and no council has agreed it." in words(one(get("/policy"), "main"))


def test_the_contents_lead_to_every_clause(get: Get, policy: Policy) -> None:
    links = {link["href"] for link in get("/policy").select(".contents nav a")}
    assert {f"#{each}" for each in policy.ids} <= links


def test_words_are_found_without_a_script(get: Get, policy: Policy) -> None:
    page = get("/policy?find=Friend+Request")
    links = [link["href"] for link in page.select("#results a")]
    held = [
        f"#{clause.id}"
        for clause in policy.clauses
        if "friend" in (text := f"{clause.title} {clause.text}".lower()) and "request" in text
    ]
    assert links == held != []
    assert words(one(page, "#found")) == "1 clause has “Friend Request” in it."


def test_what_is_not_there_is_said(get: Get) -> None:
    page = get("/policy?find=zebra")
    assert words(one(page, "#found")) == "No clauses have “zebra” in them."
    assert page.select("#results") == []


def test_without_words_nothing_is_looked_for(get: Get) -> None:
    assert words(one(get("/policy"), "#found")) == ""


def test_a_draft_does_not_fit_into_the_search(get: Get) -> None:
    page = get("/policy?find=" + "a" * 400)
    box = one(page, "#find")
    assert (box["value"], box["maxlength"]) == ("a" * LONGEST_SEARCH, str(LONGEST_SEARCH))


def test_what_is_looked_for_is_never_markup(get: Get) -> None:
    assert get("/policy?find=<script>x</script>").select("main script") == []


def test_every_category_has_an_example_and_it_is_shown(get: Get) -> None:
    assert list(EXAMPLES) == list(Category)
    told = words(one(get("/policy"), "main"))
    assert [example for example in EXAMPLES.values() if example not in told] == []


def test_a_clause_tells_what_leads_to_it(get: Get, policy: Policy) -> None:
    page = get("/policy")
    for clause in policy.clauses:
        leading = [
            f"#{concern.category}" for concern in policy.concerns if clause.id in concern.clauses
        ]
        shown = page.select(f"[id='{clause.id}'] .linking a")
        assert [link["href"] for link in shown] == leading


def test_a_clause_shows_an_example_of_what_leads_to_it(get: Get) -> None:
    clause = one(get("/policy"), "[id='council.images']")
    assert EXAMPLES[Category.IMAGE] in words(one(clause, ".example"))


def test_each_source_tells_its_version(get: Get) -> None:
    told = [words(one(source, ".edition")) for source in get("/policy").select(".source")]
    assert told[0].startswith("Version 2024: from 1 May 2024")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(policy_review="2027-03-01"), "Next review 1 March 2027"),
        (Settings(), "Next review once a year; your manager has not set the day yet"),
    ],
)
def test_the_next_review_of_the_council_policy_is_told(
    make_client: Callable[[Settings], FlaskClient], settings: Settings, told: str
) -> None:
    page = BeautifulSoup(make_client(settings).get("/policy").text, "html.parser")
    assert [told in words(each) for each in page.select(".edition")] == [False, False, True]


def test_a_day_is_told_as_people_say_it() -> None:
    assert day("2027-12-31") == "31 December 2027"
