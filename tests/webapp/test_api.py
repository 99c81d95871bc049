"""What a program meets at the HTTP API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from checker.correction import Correction, Says
from checker.draft import LONGEST, Account, Audience, Draft, Permission, Photo
from checker.finding import Kind, Role
from checker.report import SCHEMA, Report
from checker.verdict import Category, Verdict
from webapp import BODY_LIMIT
from webapp.api import KEYS

CHECK = "/api/v1/check"


@pytest.fixture
def openapi(client: FlaskClient) -> dict[str, Any]:
    description = client.get("/api/v1/openapi.json").json
    assert isinstance(description, dict)
    return description


@pytest.fixture
def schemas(openapi: dict[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = openapi["components"]["schemas"]
    return parts


def test_the_report_comes_back_as_it_is(
    client: FlaskClient, answer_with: Callable[[Report], None], flagged: Report, text: str
) -> None:
    answer_with(flagged)
    response = client.post(CHECK, json={"text": text})
    assert (response.status_code, response.json) == (200, flagged.as_dict())


def test_spans_are_the_words_of_the_text_that_was_sent(
    client: FlaskClient, answer_with: Callable[[Report], None], flagged: Report, text: str
) -> None:
    answer_with(flagged)
    report = client.post(CHECK, json={"text": text}).json
    assert report is not None
    spans = [span for finding in report["findings"] for span in finding["spans"]]
    assert [text[span["start"] : span["end"]] for span in spans] == [
        span["quote"] for span in spans
    ]


def test_a_text_alone_gets_the_usual_answers(client: FlaskClient, checked: list[Draft]) -> None:
    client.post(CHECK, json={"text": "hello\r\nthere"})
    assert checked == [Draft("hello\r\nthere")]


def test_every_answer_is_taken(client: FlaskClient, checked: list[Draft]) -> None:
    answers = {
        "account": "service",
        "photo": "other",
        "permission": "written",
        "audience": "friends",
    }
    client.post(CHECK, json={"text": "hello", **answers})
    assert checked == [
        Draft("hello", Account.SERVICE, Photo.OTHER, Permission.WRITTEN, Audience.FRIENDS)
    ]


def test_corrections_are_taken(client: FlaskClient, checked: list[Draft]) -> None:
    said = [
        {"says": "own-family", "words": ["Callum"]},
        {"says": "wrong-match", "words": ["meds"], "rules": ["care-detail.named-person"]},
    ]
    client.post(CHECK, json={"text": "hello", "corrections": said})
    assert checked[0].corrections == (
        Correction(Says.OWN_FAMILY, ("Callum",)),
        Correction(Says.WRONG_MATCH, ("meds",), ("care-detail.named-person",)),
    )


def test_no_corrections_are_as_good_as_none(client: FlaskClient, checked: list[Draft]) -> None:
    client.post(CHECK, json={"text": "hello", "corrections": []})
    assert checked == [Draft("hello")]


def correcting(corrections: object) -> str:
    return json.dumps({"text": "a", "corrections": corrections})


WELL = {"says": "public", "words": ["a"]}
REFUSED = [
    pytest.param(correcting({}), "The corrections must be a list", id="corrections not a list"),
    pytest.param(correcting(None), "The corrections must be a list", id="corrections null"),
    pytest.param(correcting(["Callum"]), "Each correction must be an object", id="a string"),
    pytest.param(correcting([{"says": "public"}]), "Each correction must be an", id="no words"),
    pytest.param(correcting([WELL | {"Callum": 1}]), "“rules” is its only other", id="more keys"),
    pytest.param(correcting([WELL | {"says": "Callum"}]), "“says” is one of not-", id="says"),
    pytest.param(correcting([WELL | {"says": []}]), "“says” is one of not-", id="says a list"),
    pytest.param(correcting([WELL | {"words": "Callum"}]), "could not be read", id="words"),
    pytest.param(correcting([WELL | {"rules": [5]}]), "could not be read", id="rules"),
    pytest.param(correcting([WELL] * 41), "more than 40 answers", id="too many"),
    pytest.param("", "The body must be a JSON object", id="nothing"),
    pytest.param("{", "The body must be a JSON object", id="not JSON"),
    pytest.param("[]", "The body must be a JSON object", id="list"),
    pytest.param("[" * 100_000, "The body must be a JSON object", id="nested without end"),
    pytest.param(b"\xff\xfe\xfd", "The body must be a JSON object", id="not text"),
    pytest.param("{}", "The text is missing", id="no text"),
    pytest.param('{"text": 5}', "The text must be a string", id="text is a number"),
    pytest.param('{"text": "a", "text": "b"}', "A key is given twice", id="key twice"),
    pytest.param('{"text": null}', "The text must be a string", id="text is null"),
    pytest.param('{"text": " "}', "The draft is empty", id="blank"),
    pytest.param(json.dumps({"text": "a" * 20_001}), "20,001 characters", id="too long"),
    pytest.param('{"text": "a\\ud83c"}', "half of a character", id="half a pair"),
    pytest.param('{"text": "a", "account": "mine"}', "The account must be one of", id="account"),
    pytest.param('{"text": "a", "photo": true}', "The photo must be one of", id="yes for a choice"),
    pytest.param('{"text": "a", "photo": []}', "The photo must be one of", id="list for a choice"),
    pytest.param('{"text": "a", "acount": "service"}', "did you mean “account”?", id="typo"),
    pytest.param('{"text": "a", "wee Callum": 1}', "the keys are text, account", id="unknown key"),
]


@pytest.mark.parametrize(("body", "sentence"), REFUSED)
def test_a_body_that_cannot_be_read_is_refused_in_one_sentence(
    client: FlaskClient, body: str | bytes, sentence: str
) -> None:
    response = client.post(CHECK, data=body, content_type="application/json")
    assert response.status_code == 400
    assert isinstance(response.json, dict)
    assert list(response.json) == ["error"]
    assert sentence in response.json["error"]
    assert "Callum" not in response.json["error"]


def test_another_content_type_is_refused(client: FlaskClient) -> None:
    response = client.post(CHECK, data={"text": "hello"})
    assert response.status_code == 415
    assert response.json == {"error": "Send JSON, with the header Content-Type: application/json."}


def test_a_content_type_with_a_charset_is_fine(client: FlaskClient) -> None:
    response = client.post(
        CHECK, data='{"text": "a"}', content_type="application/json; charset=utf-8"
    )
    assert response.status_code == 200


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    response = client.post(CHECK, json={"text": "a" * BODY_LIMIT})
    assert response.status_code == 413
    assert response.json == {
        "error": "The request is too large: a draft can have up to 20,000 characters."
    }


def test_the_longest_draft_fits_even_when_it_is_all_emoji(client: FlaskClient) -> None:
    assert client.post(CHECK, json={"text": "🎉" * LONGEST}).status_code == 200


def test_get_is_refused_as_json(client: FlaskClient) -> None:
    response = client.get(CHECK)
    assert (response.status_code, response.headers["Allow"]) == (405, "OPTIONS, POST")
    assert response.json == {
        "error": "This address does not take that method: send POST to /api/v1/check."
    }


def test_an_unknown_address_is_refused_as_json(client: FlaskClient) -> None:
    response = client.get("/api/v2/check")
    assert response.status_code == 404
    assert response.json == {
        "error": "There is nothing at this address: the check is at " + CHECK + "."
    }


def test_a_failure_is_never_taken_for_a_clean_report(
    client: FlaskClient, fail_with: Callable[[Exception], None]
) -> None:
    fail_with(RuntimeError("boom"))
    response = client.post(CHECK, json={"text": "hello"})
    assert response.status_code == 500
    assert response.json == {
        "error": "The draft was not checked, because something went wrong: please try again later."
    }


# The description says what the program does.


def misfits(value: Any, schema: dict[str, Any], schemas: dict[str, Any], at: str) -> Iterator[str]:
    """Yield the places where `value` is not as `schema` says, for what our description uses."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    types = {"object": dict, "array": list, "string": str, "integer": int, "number": float}
    types |= {"boolean": bool, "null": type(None)}
    wanted = schema.get("type", list(types))
    names = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(value, tuple(types[name] for name in names)):
        yield f"{at}: not {names}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{at}: not one of the values"
    if isinstance(value, dict) and "properties" in schema:
        if not set(schema["required"]) <= set(value) <= set(schema["properties"]):
            yield f"{at}: other keys"
        for key, part in value.items():
            yield from misfits(part, schema["properties"][key], schemas, f"{at}.{key}")
    for i, part in enumerate(value if isinstance(value, list) else ()):
        yield from misfits(part, schema["items"], schemas, f"{at}[{i}]")


def test_the_description_is_openapi_and_names_every_address(
    openapi: dict[str, Any], client: FlaskClient
) -> None:
    rules = {str(rule) for rule in client.application.url_map.iter_rules()}
    served = {rule for rule in rules if not rule.startswith(("/manage", "/feedback"))}
    pages = {"/", "/policy", "/static/<path:filename>", "/about", "/privacy", "/accessibility"}
    pages |= {"/policy/sign-off"}
    pages |= {"/practice", "/practice/next", "/practice/answer"}
    pages |= {"/manifest.webmanifest", "/worker.js", "/offline", "/share"}
    assert openapi["openapi"] == "3.1.0"
    assert set(openapi["paths"]) == served - pages


def test_a_whole_report_is_as_described(flagged: Report, schemas: dict[str, Any]) -> None:
    assert list(misfits(flagged.as_dict(), schemas["Report"], schemas, "report")) == []


def test_a_clean_report_is_as_described(clean: Report, schemas: dict[str, Any]) -> None:
    assert list(misfits(clean.as_dict(), schemas["Report"], schemas, "report")) == []


def test_a_report_of_another_shape_is_not_as_described(
    clean: Report, schemas: dict[str, Any]
) -> None:
    report = {**clean.as_dict(), "verdict": "fine", "extra": 1}
    with pytest.raises(KeyError, match="extra"):
        list(misfits(report, schemas["Report"], schemas, "report"))


def test_health_is_as_described(client: FlaskClient, schemas: dict[str, Any]) -> None:
    assert list(misfits(client.get("/health").json, schemas["Health"], schemas, "health")) == []


def test_the_keys_of_a_draft_are_described(schemas: dict[str, Any]) -> None:
    assert tuple(schemas["Draft"]["properties"]) == KEYS
    assert schemas["Draft"]["properties"]["text"]["maxLength"] == LONGEST


@pytest.mark.parametrize(
    ("path", "choices"),
    [
        pytest.param(("Draft", "account"), Account, id="account"),
        pytest.param(("Draft", "photo"), Photo, id="photo"),
        pytest.param(("Draft", "permission"), Permission, id="permission"),
        pytest.param(("Draft", "audience"), Audience, id="audience"),
        pytest.param(("Person", "role"), Role, id="role"),
    ],
)
def test_the_choices_of_a_property_are_described(
    schemas: dict[str, Any], path: tuple[str, str], choices: type[Role]
) -> None:
    assert schemas[path[0]]["properties"][path[1]]["enum"] == list(choices)


@pytest.mark.parametrize("choices", [Verdict, Category, Kind])
def test_the_choices_of_a_word_are_described(
    schemas: dict[str, Any], choices: type[Verdict]
) -> None:
    assert schemas[choices.__name__]["enum"] == list(choices)


def test_the_version_of_the_shape_is_described(schemas: dict[str, Any]) -> None:
    assert schemas["Report"]["properties"]["schema"]["const"] == SCHEMA


def test_every_reference_in_the_description_leads_somewhere(
    openapi: dict[str, Any], schemas: dict[str, Any]
) -> None:
    text = json.dumps(openapi)
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named == set(schemas)
