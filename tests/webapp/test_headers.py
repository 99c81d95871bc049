"""Every answer tells the browser to keep, run and send nothing extra."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PATHS = [
    "/",
    "/policy",
    "/about",
    "/privacy",
    "/accessibility",
    "/practice",
    "/offline",
    "/manifest.webmanifest",
    "/worker.js",
    "/health",
    "/api/v1/openapi.json",
    "/nowhere",
    "/api/v1/nowhere",
]


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("path", [*PATHS, "/static/style.css"])
def test_each_header_is_set_everywhere(client: FlaskClient, path: str, name: str) -> None:
    with client.get(path) as response:
        assert response.headers[name] == EXPECTED[name]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_kept(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_an_answer_is_not_kept(client: FlaskClient) -> None:
    assert client.post("/", data={"text": "hello"}).headers["Cache-Control"] == "no-store"
    assert client.post("/api/v1/check", json={"text": "a"}).headers["Cache-Control"] == "no-store"


def test_a_failure_carries_the_headers_too(
    client: FlaskClient, fail_with: Callable[[Exception], None]
) -> None:
    fail_with(RuntimeError("boom"))
    response = client.post("/", data={"text": "hello"})
    assert response.status_code == 500
    assert {name: response.headers[name] for name in EXPECTED} == EXPECTED
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["style.css", "check.js"])
def test_what_holds_no_draft_may_be_kept_while_it_is_fresh(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as response:
        assert response.headers["Cache-Control"] == "no-cache"


def test_no_cookie_is_set(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.post("/", data={"text": "hello"}).headers
