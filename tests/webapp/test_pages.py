"""What a person meets on the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from checker.draft import LONGEST, Account, Audience, Draft, Permission, Photo
from checker.errors import LanguageModelError
from checker.finding import Finding, Kind, Role
from checker.report import Report
from checker.safer.change import Change, Safer
from checker.verdict import Verdict
from checker.words import KINDS, ROLES, VERDICTS
from webapp.settings import Settings

Get = Callable[[str], BeautifulSoup]
Post = Callable[..., BeautifulSoup]


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the only element that `selector` fits."""
    (found,) = page.select(selector)
    return found


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def broken_links(page: BeautifulSoup) -> list[str]:
    """Return the links within the page that lead nowhere."""
    ids = {element["id"] for element in page.select("[id]")}
    links = [str(link["href"]) for link in page.select("a[href^='#']")]
    return [link for link in links if link[1:] not in ids]


def repeated_ids(page: BeautifulSoup) -> list[str]:
    counts = Counter(str(element["id"]) for element in page.select("[id]"))
    return [name for name, count in counts.items() if count > 1]


# The empty form.


PATHS = ["/", "/policy", "/about", "/privacy", "/accessibility", "/nowhere"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_a_language_one_heading_and_a_way_past_the_menu(get: Get, path: str) -> None:
    page = get(path)
    assert one(page, "html")["lang"] == "en-GB"
    assert words(one(page, "h1"))
    assert one(page, "a.skip")["href"] == "#main"
    assert (broken_links(page), repeated_ids(page)) == ([], [])


@pytest.mark.parametrize("path", PATHS[:-1])
def test_the_pages_in_the_menus_are_there(client: FlaskClient, get: Get, path: str) -> None:
    assert client.get(path).status_code == 200
    assert path in [link["href"] for link in get("/").select("nav a")]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_an_inline_script_or_style(get: Get, path: str) -> None:
    assert get(path).select("style, [style], [onclick], [onload]") == []
    assert "".join(script.get_text() for script in get(path).select("script")) == ""


def test_the_scripts_are_our_own_and_each_page_has_at_most_one_of_its_own(get: Get) -> None:
    # Every page starts the worker that shows a page when there is no connection.
    every = ["/static/app.js"]
    assert [script["src"] for script in get("/").select("script")] == [*every, "/static/check.js"]
    policy = [*every, "/static/policy.js"]
    assert [script["src"] for script in get("/policy").select("script")] == policy
    assert [script["src"] for script in get("/about").select("script")] == every


def test_what_needs_the_script_is_hidden_without_it(get: Get) -> None:
    assert [one["id"] for one in get("/").select("[hidden]")] == ["tools"]


def test_a_browser_is_asked_not_to_keep_the_text(get: Get) -> None:
    assert one(get("/"), "form")["autocomplete"] == "off"
    assert one(get("/"), "textarea")["autocomplete"] == "off"


def test_the_form_asks_for_the_post_and_who_will_see_it(get: Get) -> None:
    page = get("/")
    assert words(one(page, "label[for=text]")) == "Your post"
    assert [words(legend) for legend in page.select("legend")] == [
        "Where will you post it?",
        "Is there a picture or a video with it?",
        "Did the people you show or name agree in writing?",
        "Who can see it?",
    ]


def test_each_choice_has_a_label(get: Get) -> None:
    page = get("/")
    labels = {label["for"] for label in page.select("label")}
    assert {field["id"] for field in page.select("input, textarea")} == labels


def test_the_usual_answers_are_given_at_first(get: Get) -> None:
    chosen = {field["name"]: field["value"] for field in get("/").select("input[checked]")}
    assert chosen == {
        "account": "personal",
        "photo": "none",
        "permission": "none",
        "audience": "public",
    }


def test_the_limit_is_told_and_not_enforced_in_silence(get: Get) -> None:
    page = get("/")
    assert "20,000 characters" in words(one(page, "#text-hint"))
    assert not one(page, "textarea").has_attr("maxlength")


def test_the_page_shows_whom_to_ask(get: Get) -> None:
    footer = one(get("/"), "footer")
    assert "You can talk to Aileen Moore, aileen@example.org, (01463) 555 0100." in words(footer)
    assert [link["href"] for link in footer.select("p a")] == [
        "mailto:aileen@example.org",
        "tel:014635550100",
    ]


def test_without_a_contact_it_says_to_ask_your_manager(
    make_client: Callable[[Settings], FlaskClient],
) -> None:
    page = BeautifulSoup(make_client(Settings()).get("/").text, "html.parser")
    assert "You can talk to your manager before you post." in words(one(page, "footer"))


def test_the_service_has_the_name_it_was_given(get: Get) -> None:
    assert words(one(get("/"), ".brand")) == "Glen Check"


# What is sent.


def test_a_draft_reaches_the_checker_with_its_answers(post: Post, checked: list[Draft]) -> None:
    post(text="hello", account="service", photo="people", permission="written", audience="group")
    assert [(draft.text, draft.account, draft.photo) for draft in checked] == [
        ("hello", Account.SERVICE, Photo.PEOPLE)
    ]
    assert (checked[0].permission, checked[0].audience) == (Permission.WRITTEN, Audience.GROUP)


def test_a_draft_alone_is_enough(post: Post, checked: list[Draft]) -> None:
    post(text="hello")
    assert checked == [Draft("hello")]


def test_line_breaks_count_as_the_author_sees_them(post: Post, checked: list[Draft]) -> None:
    page = post(text="\r\none\r\n\r\ntwo")
    assert checked[0].text == "\none\n\ntwo"
    # The parser of this test keeps the line break that a browser drops.
    assert one(page, "textarea").get_text() == "\n\none\n\ntwo"


def test_text_in_the_address_is_not_a_draft(client: FlaskClient, checked: list[Draft]) -> None:
    assert client.get("/?text=hello").status_code == 200
    assert checked == []


# What is wrong.

PROBLEMS = [
    pytest.param({"text": "  \r\n "}, "text", "The draft is empty", id="empty"),
    pytest.param({}, "text", "The draft is empty", id="nothing sent"),
    pytest.param({"text": "a" * (LONGEST + 1)}, "text", "20,001 characters", id="too long"),
    pytest.param({"text": "hi", "account": "x"}, "account", "must be one of", id="account"),
    pytest.param({"text": "hi", "audience": "x"}, "audience", "must be one of", id="audience"),
]


@pytest.mark.parametrize(("form", "field", "message"), PROBLEMS)
def test_a_problem_is_told_at_the_top_with_a_link_and_at_its_field(
    post: Post, form: dict[str, str], field: str, message: str
) -> None:
    page = post(status=400, **form)
    assert words(one(page, "title")).startswith("Error: ")
    link = one(page, ".errors a")
    assert (link["href"], message in words(link)) == (f"#{field}", True)
    assert message in words(one(page, f"#{field}-problem"))
    assert broken_links(page) == []


def test_the_text_box_points_to_its_problem(post: Post) -> None:
    box = one(post(status=400, text=" "), "textarea")
    assert box["aria-describedby"] == "text-hint text-problem"
    assert box["aria-invalid"] == "true"


def test_what_was_typed_and_answered_stays_after_a_problem(post: Post) -> None:
    page = post(status=400, text="a <b> & c", account="service", photo="nonsense")
    assert one(page, "textarea").get_text() == "\na <b> & c"
    assert one(page, "input[name=account][checked]")["value"] == "service"


def test_two_problems_are_told_together(post: Post) -> None:
    page = post(status=400, text="", photo="nonsense")
    links = [link["href"] for link in page.select(".errors a")]
    assert links == ["#text", "#photo"]


# The answer.


@pytest.fixture
def answer(post: Post, answer_with: Callable[[Report], None], flagged: Report, text: str) -> Tag:
    answer_with(flagged)
    return one(post(text=text), ".answer")


def test_nothing_found_is_said_in_words_and_is_no_approval(post: Post) -> None:
    page = post(text="hello")
    assert words(one(page, "title")).startswith("We found nothing – ")
    answer = words(one(page, ".answer"))
    assert "This is not a promise that the post is fine." in answer
    assert "Pictures were not looked at." in answer
    assert page.select(".draft, .findings") == []


def test_the_text_stays_in_the_form_after_an_answer(post: Post) -> None:
    assert one(post(text="hello"), "textarea").get_text() == "\nhello"


def test_a_stop_is_said_in_words_beside_its_shape(answer: Tag) -> None:
    assert words(one(answer, ".verdict h2")) == "Do not post this"
    assert one(answer, ".verdict .badge svg")["aria-hidden"] == "true"
    assert "There are two things to look at." in words(one(answer, ".verdict"))


def test_the_draft_is_shown_whole_with_its_words_marked(answer: Tag, text: str) -> None:
    draft = one(answer, ".draft")
    marked = [mark.get_text() for mark in draft.select("mark")]
    assert marked == ["wee ", "Callum", " is ", "off", " his meds"]
    for number in draft.select(".number"):
        number.decompose()
    assert draft.get_text() == text


def test_what_was_typed_is_never_markup(answer: Tag) -> None:
    assert answer.select("b") == []


def test_words_and_findings_are_linked_both_ways(answer: Tag) -> None:
    to_findings = {link["id"]: link["href"] for link in answer.select(".draft a")}
    to_words = [link["href"] for link in answer.select(".quotes a")]
    assert to_findings == {
        "words-1-1": "#finding-1",
        "words-1-2": "#finding-1",
        "words-2-1": "#finding-2",
    }
    assert to_words == ["#words-1-1", "#words-1-2", "#words-2-1"]


def test_each_number_says_where_it_leads(answer: Tag) -> None:
    assert [words(link) for link in answer.select(".draft a")] == [
        "Go to point 1",
        "Go to point 2",
        "Go to point 1",
    ]


def test_a_finding_says_what_why_and_what_to_do(answer: Tag) -> None:
    card = one(answer, "#finding-1")
    headings = [words(heading) for heading in card.select("h4, h5")]
    assert headings == [
        "Point 1 Details of someone's care or life",
        "What we noticed",
        "Why it matters",
        "When it would be fine",
        "What to do",
    ]
    assert "“wee Callum” is named beside his care" in words(card)
    assert words(one(card, ".advice")) == "Leave out the name and the detail."


def test_a_finding_names_its_clauses_with_their_doubt_and_links_them(answer: Tag) -> None:
    links = {link["href"]: words(link) for link in one(answer, "#finding-1").select("a")}
    assert links["/policy#sssc.suitability"] == (
        "SSSC Code 5.8 (2024, number not confirmed): Stay suitable to work in social services"
        " (opens in a new tab)"
    )
    assert links["/policy#sssc.confidentiality"] == (
        "SSSC Code 2.3 (2024): Keep confidential information safe (opens in a new tab)"
    )


def test_a_clause_says_that_its_number_is_confirmed_or_not(answer: Tag) -> None:
    told = [words(item) for item in answer.select("#finding-1 .clauses li")]
    assert [("– number confirmed" in item, "not confirmed" in item) for item in told] == [
        (False, True),
        (True, False),
    ]


def test_a_finding_of_the_learned_reader_shows_how_sure_and_what_it_is_like(answer: Tag) -> None:
    details = words(one(answer, "#finding-1 .why"))
    assert "finds this almost certain (97 out of 100)" in details
    assert "“wee Jamie’s meds changed” – Do not post: a name and medicine" in details


def test_a_finding_of_a_rule_has_its_rule_and_claims_no_probability(answer: Tag) -> None:
    details = one(answer, "#finding-2 .why")
    assert [words(term) for term in details.select("dt")] == ["The rule", "The people"]
    assert words(one(details, "dd code")) == "care-detail.named-person"


def test_the_answer_tells_who_was_taken_for_whom(answer: Tag) -> None:
    told = "We took “wee Callum” to be someone you support, because of “his meds”."
    assert told in words(one(answer, ".rest"))
    assert told in words(one(answer, "#finding-1 .why"))


def test_the_answer_says_where_to_turn_to(answer: Tag) -> None:
    assert "Your manager: Tell them." in words(answer)
    assert one(answer, "a[href='https://example.org/ci']").get_text() == (
        "Care Inspectorate (opens in a new tab)"
    )
    assert "You can talk to Aileen Moore" in words(one(answer, ".ask"))
    assert one(answer, ".verdict p:last-child a")["href"] == "#ask-title"


def test_no_link_carries_words_of_the_draft(answer: Tag) -> None:
    links = " ".join(str(link["href"]) for link in answer.select("a"))
    assert [word for word in ("Callum", "meds", "?") if word in links] == []


def test_the_summary_leads_to_each_point(answer: Tag) -> None:
    jumps = {link["href"]: words(link) for link in answer.select(".jumps a")}
    assert jumps == {
        "#finding-1": "1 Details of someone's care or life: “wee Callum”",
        "#finding-2": "2 A worry about care: “Callum is off”",
    }


def test_a_browser_goes_to_the_answer_or_to_the_problems(post: Post) -> None:
    page = post(text="hello")
    assert one(page, "form")["action"] == "/#result"
    assert one(page, "#result")["tabindex"] == "-1"
    assert one(post(status=400, text=""), "#result")["role"] == "alert"


def test_the_questions_that_can_change_an_answer_stand_beside_it(post: Post) -> None:
    page = post(text="hello", photo="people")
    names = {str(field["name"]) for field in page.select(".context input")}
    assert names == {"photo", "permission", "audience"}
    assert {str(field["name"]) for field in page.select("form input")} == {"account"}
    assert one(page, "input[name=photo][checked]")["value"] == "people"


def test_an_answer_to_them_sends_the_same_text_again(post: Post) -> None:
    page = post(text="hello")
    owners = {str(field["form"]) for field in page.select(".context input, .context button")}
    assert owners == {one(page, "form")["id"]} == {"check"}
    assert page.get_text().count("hello") == 1


def test_the_empty_form_asks_them_itself(get: Get) -> None:
    assert get("/").select(".context") == []


def test_the_answer_says_what_it_was_made_with(answer: Tag) -> None:
    assert "Checked with Postcheck 0.0, rules abc123, learned reader: none" in words(answer)


def test_the_answer_keeps_the_ids_apart(
    post: Post, answer_with: Callable[[Report], None], flagged: Report, text: str
) -> None:
    answer_with(flagged)
    page = post(text=text)
    assert (broken_links(page), repeated_ids(page)) == ([], [])


def test_a_finding_without_words_to_show_has_no_marked_draft(
    post: Post, answer_with: Callable[[Report], None], clean: Report, finding: Finding
) -> None:
    bare = replace(finding, spans=(), verdict=Verdict.REVIEW)
    answer_with(replace(clean, verdict=Verdict.REVIEW, findings=(bare,)))
    page = post(text="hello")
    assert words(one(page, ".verdict h2")) == "Change it or ask first"
    assert page.select(".draft") == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(Verdict, VERDICTS, id="verdicts"),
        pytest.param(Role, ROLES, id="roles"),
        pytest.param(Kind, KINDS, id="kinds"),
    ],
)
def test_there_are_words_for_every(kind: type[Verdict], said: dict[Verdict, object]) -> None:
    assert list(said) == list(kind)


# Health and errors.


def test_health_says_what_it_checks_with(client: FlaskClient) -> None:
    assert client.get("/health").json == {
        "status": "ok",
        "postcheck": "0.0",
        "rulebook": "abc123",
        "model": "none, rules only",
        "store": "none yet",
    }


def test_health_is_down_when_the_checker_cannot_load(
    client: FlaskClient, fail_with: Callable[[Exception], None]
) -> None:
    fail_with(LanguageModelError("The spaCy model is not installed: install it."))
    response = client.get("/health")
    assert (response.status_code, response.json) == (
        503,
        {"status": "down", "error": "The spaCy model is not installed: install it."},
    )


def test_a_page_that_is_not_there(client: FlaskClient) -> None:
    response = client.get("/nowhere")
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, words(one(page, "h1"))) == (404, "Page not found")


def test_a_method_that_does_not_work_here(client: FlaskClient) -> None:
    response = client.post("/policy")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_the_longest_draft_is_checked_even_when_it_is_all_emoji(
    client: FlaskClient, checked: list[Draft]
) -> None:
    assert client.post("/", data={"text": "🎉" * LONGEST}).status_code == 200
    assert len(checked[0].text) == LONGEST


def test_when_the_checker_fails_the_page_says_it_was_not_checked(
    post: Post, fail_with: Callable[[Exception], None]
) -> None:
    fail_with(RuntimeError("boom"))
    page = post(status=500, text="hello")
    assert words(one(page, "h1")) == "Sorry, something went wrong"
    assert "Your post was not checked" in words(one(page, "main"))


def test_a_safer_wording_is_shown_with_its_changes(
    post: Post,
    answer_with: Callable[[Report], None],
    offer: Callable[[Safer], None],
    flagged: Report,
    text: str,
) -> None:
    change = Change(2, 12, "wee Callum", "someone", "Readers could tell who this is.")
    answer_with(flagged)
    offer(Safer("🎉 someone is <b>grand</b>", (change,), Verdict.OK))
    page = post(text=text)
    box = one(page, "#safer-text")
    assert (box.get_text(), box.has_attr("readonly")) == ("\n🎉 someone is <b>grand</b>", True)
    assert "“wee Callum”: now “someone”" in one(page, ".changes").get_text()


def test_without_a_wording_it_says_what_could_be_posted(
    post: Post, answer_with: Callable[[Report], None], flagged: Report
) -> None:
    answer_with(flagged)
    assert flagged.instead in post(text="hello").get_text()
