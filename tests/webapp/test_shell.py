"""The manifest, the worker and the page that a shared text comes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image

from checker.draft import Draft
from webapp.settings import Settings

STATIC = Path(__file__).parents[2] / "webapp" / "static"


def test_the_manifest_has_the_name_of_the_service(
    make_client: Callable[[Settings], FlaskClient],
) -> None:
    response = make_client(Settings(service_name="Glen Check")).get("/manifest.webmanifest")
    assert response.mimetype == "application/manifest+json"
    told = response.get_json(force=True)
    assert (told["name"], told["short_name"], told["start_url"]) == (
        "Glen Check",
        "Glen Check",
        "/",
    )


def test_a_text_is_shared_in_the_body(client: FlaskClient) -> None:
    target = client.get("/manifest.webmanifest").get_json(force=True)["share_target"]
    assert (target["action"], target["method"]) == ("/share", "POST")


def test_the_icons_have_the_sizes_that_are_told(client: FlaskClient) -> None:
    icons = client.get("/manifest.webmanifest").get_json(force=True)["icons"]
    assert [icon["purpose"] for icon in icons] == ["any", "any", "maskable"]
    for icon in icons:
        with Image.open(STATIC / Path(icon["src"]).name) as image:
            assert "x".join(map(str, image.size)) == icon["sizes"]


def test_the_worker_keeps_files_that_exist_and_no_page_of_answers(client: FlaskClient) -> None:
    response = client.get("/worker.js")
    assert response.mimetype == "text/javascript"
    for name in ("style.css", "check.js", "icon.svg"):
        assert f'"/static/{name}"' in response.text
    assert '"/offline"' in response.text
    assert '"/"' not in response.text


def test_a_changed_file_makes_another_worker(
    client: FlaskClient, make_client: Callable[[Settings], FlaskClient]
) -> None:
    assert client.get("/worker.js").text == client.get("/worker.js").text
    # The name of the service stands on the page for when there is no connection.
    other = make_client(Settings(service_name="Other")).get("/worker.js").text
    assert other != client.get("/worker.js").text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"text": "a\r\nb"}, "a\nb"),
        ({"text": "look", "url": "https://example.org/x"}, "look\nhttps://example.org/x"),
        ({"text": "look https://example.org/x", "url": "https://example.org/x"},
         "look https://example.org/x"),
        ({"url": "https://example.org/x"}, "https://example.org/x"),
        ({"title": "My note"}, ""),
        ({"text": "</textarea><script>alert(1)</script>"}, "</textarea><script>alert(1)</script>"),
    ],
)  # fmt: skip
def test_a_shared_text_stands_in_the_box_and_was_not_checked(
    client: FlaskClient, checked: list[Draft], sent: dict[str, str], shown: str
) -> None:
    response = client.post("/share", data=sent)
    (box,) = BeautifulSoup(response.text, "html.parser").select("textarea#text")
    assert box.get_text().removeprefix("\n").replace("\r\n", "\n") == shown
    assert checked == []
    assert response.headers["Cache-Control"] == "no-store"


def test_an_address_with_a_text_fills_nothing(client: FlaskClient) -> None:
    response = client.get("/share?text=zyxwv")
    assert (response.status_code, response.headers["Location"]) == (303, "/")
