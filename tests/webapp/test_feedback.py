"""Staff report an answer: shown masked, editable, sent by a button only, kept as it was shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from checker.report import Report
from webapp.complaint import MASKED_MORE
from webapp.feedback import NOT_KEPT, TOO_OLD
from webapp.settings import Settings
from webapp.store.feedback import read_feedback
from webapp.store.queue_tables import Complaint, Feedback
from webapp.store.schema import open_store

MakeClient = Callable[[Settings], FlaskClient]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance=str(tmp_path / "instance"), feedback="on", feedback_days=30)


@pytest.fixture
def client(make_client: MakeClient, settings: Settings) -> FlaskClient:
    return make_client(settings)


@pytest.fixture
def kept(settings: Settings) -> Callable[[], list[Feedback]]:
    """Return what reads all that was kept."""

    def read() -> list[Feedback]:
        store = open_store(f"sqlite:///{settings.instance}/postcheck.sqlite")
        rows = read_feedback(store)
        store.close()
        return rows

    return read


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def fields(page: BeautifulSoup) -> dict[str, str]:
    """Return what a browser would send of the form on the page, with no answer chosen yet."""
    (form,) = page.select("main form")
    held = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    # A browser drops the first line break of a text box.
    texts = {str(one["name"]): one.text.removeprefix("\n") for one in form.select("textarea")}
    return held | texts


def open_page(client: FlaskClient, text: str) -> BeautifulSoup:
    response = client.post("/feedback", data={"text": text})
    assert response.status_code == 200
    return soup(response.text)


def test_it_is_off_unless_it_is_switched_on(make_client: MakeClient, tmp_path: Path) -> None:
    client = make_client(Settings(instance=str(tmp_path)))
    assert "/feedback" not in client.post("/", data={"text": "hello"}).text
    assert client.post("/feedback", data={"text": "hello"}).status_code == 404
    assert client.post("/feedback/send", data={"masked": "hello"}).status_code == 404
    assert list(tmp_path.iterdir()) == []


def test_an_answer_leads_to_it_with_the_text_that_was_checked(
    client: FlaskClient, text: str, answer_with: Callable[[Report], None], flagged: Report
) -> None:
    answer_with(flagged)
    page = soup(client.post("/", data={"text": text, "account": "service"}).text)
    (form,) = page.select("form.feedback")
    assert (form["action"], form["method"]) == ("/feedback", "post")
    sent = {str(one["name"]): str(one["value"]) for one in form.select("input")}
    assert sent == {
        "text": text,
        "account": "service",
        "photo": "none",
        "permission": "none",
        "audience": "public",
    }


def test_the_page_shows_all_that_would_be_sent_and_who_sees_it(
    client: FlaskClient, text: str, answer_with: Callable[[Report], None], flagged: Report
) -> None:
    answer_with(flagged)
    page = open_page(client, text)
    shown = re.sub(r"\s+", " ", page.get_text())
    assert fields(page)["masked"] == "🎉 [name] his meds <b>again</b>"
    assert "Callum" not in str(page)
    for sentence in (
        "Nothing has been sent.",
        "The managers who look after the rules can read it.",
        "It is deleted after 30 days.",
        "The answer: Do not post",
        "The rules behind it: care-detail.named-person",
    ):
        assert sentence in shown


def test_nothing_is_kept_until_the_button_is_pressed(
    client: FlaskClient, settings: Settings
) -> None:
    open_page(client, "hello")
    assert [path.name for path in Path(settings.instance).iterdir()] == ["secret-key"]


def test_what_is_kept_is_what_was_shown(
    client: FlaskClient,
    text: str,
    answer_with: Callable[[Report], None],
    flagged: Report,
    clean: Report,
    kept: Callable[[], list[Feedback]],
) -> None:
    answer_with(flagged)
    sent = fields(open_page(client, text))
    answer_with(clean)
    sent |= {"masked": "[name] is off his <b>", "note": "it is\r\na band", "kind": "wrong"}
    response = client.post("/feedback/send", data=sent)
    assert (response.status_code, "Thank you" in response.text) == (200, True)
    (row,) = kept()
    assert (row.masked, row.note, row.kind) == (
        "[name] is off his <b>",
        "it is\na band",
        Complaint.WRONG,
    )
    assert (row.verdict, row.account) == ("stop", "personal")
    assert row.rules == ["care-detail.named-person"]
    assert (row.expires - row.created).days == 30


def test_a_name_that_is_written_back_is_shown_masked_first(
    client: FlaskClient, kept: Callable[[], list[Feedback]]
) -> None:
    sent = fields(open_page(client, "hello")) | {"kind": "missed"}
    response = client.post("/feedback/send", data=sent | {"masked": "Callum was up", "note": "07"})
    page = soup(response.text)
    assert (response.status_code, MASKED_MORE in page.get_text()) == (400, True)
    assert (fields(page)["masked"], fields(page)["note"]) == ("[name] was up", "[number]")
    assert not kept()
    assert client.post("/feedback/send", data=fields(page) | {"kind": "missed"}).status_code == 200
    assert [row.masked for row in kept()] == ["[name] was up"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Say whether it is wrong"),
        ({"kind": "<b>"}, "kind", "Say whether it is wrong"),
        ({"masked": " \n"}, "masked", "The text is empty."),
        ({"masked": "a" * 20_001}, "masked", "The text can have up to 20,000 characters."),
        ({"note": "a" * 1001}, "note", "The note can have up to 1,000 characters."),
    ],
)
def test_what_is_wrong_is_told_by_the_field_and_what_was_typed_is_kept(
    client: FlaskClient,
    kept: Callable[[], list[Feedback]],
    changes: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    sent = fields(open_page(client, "hello")) | {"kind": "wrong", "note": "typed"} | changes
    response = client.post("/feedback/send", data=sent)
    page = soup(response.text)
    told = page.select_one(f"#{field}-problem")
    assert told is not None
    assert (response.status_code, sentence in told.text) == (400, True)
    assert fields(page)["note"] == sent["note"]
    assert not kept()


@pytest.mark.parametrize("token", ["", "forged"])
def test_another_sites_form_is_not_kept_and_ones_own_text_is_not_lost(
    client: FlaskClient, kept: Callable[[], list[Feedback]], token: str
) -> None:
    sent = fields(open_page(client, "hello")) | {"kind": "wrong", "csrf_token": token}
    response = client.post("/feedback/send", data=sent)
    page = soup(response.text)
    assert (response.status_code, TOO_OLD in page.get_text()) == (400, True)
    assert fields(page)["masked"] == "hello"
    assert not kept()
    assert client.post("/feedback/send", data=fields(page) | {"kind": "wrong"}).status_code == 200


def test_the_cookie_goes_to_this_page_alone(client: FlaskClient) -> None:
    response = client.post("/feedback", data={"text": "hello"})
    assert response.headers["Set-Cookie"].startswith("postcheck_feedback=")
    assert "Path=/feedback" in response.headers["Set-Cookie"]
    assert "Set-Cookie" not in client.post("/", data={"text": "hello"}).headers


def test_sending_is_limited(client: FlaskClient) -> None:
    sent = fields(open_page(client, "hello"))
    found = [client.post("/feedback/send", data=sent).status_code for _ in range(11)]
    assert found == [400] * 10 + [429]


def test_without_a_store_it_says_so_and_loses_nothing(
    make_client: MakeClient, tmp_path: Path
) -> None:
    (tmp_path / "postcheck.sqlite").write_bytes(b"not a database, whatever its name says" * 100)
    client = make_client(Settings(instance=str(tmp_path), feedback="on"))
    sent = fields(open_page(client, "hello")) | {"kind": "wrong"}
    response = client.post("/feedback/send", data=sent)
    page = soup(response.text)
    assert (response.status_code, NOT_KEPT in page.get_text()) == (503, True)
    assert fields(page)["masked"] == "hello"


def test_nothing_of_it_is_logged_or_in_a_cookie(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = fields(open_page(client, "zyxwv hello")) | {"kind": "wrong"}
    response = client.post("/feedback/send", data=sent)
    assert response.status_code == 200
    assert "zyxwv" not in caplog.text + "".join(repr(vars(one)) for one in caplog.records)
    cookie = client.get_cookie("postcheck_feedback", path="/feedback")
    assert cookie is not None
    assert "zyxwv" not in cookie.decoded_value


def test_nothing_stands_in_an_address(client: FlaskClient) -> None:
    assert client.get("/feedback?text=hello").status_code == 405
    assert client.get("/feedback/send?masked=hello").status_code == 405
