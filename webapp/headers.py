"""The headers that every answer carries, so that a browser keeps, runs and sends nothing extra."""

from __future__ import annotations

from flask import Flask, Response, request

# Nothing inline and nothing from elsewhere: words of a draft could never run as a script.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def install(app: Flask) -> None:
    """Put the headers on every answer of `app`."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Return `response` with the headers added."""
    response.headers.update(HEADERS)
    # A page can hold a draft, and a shared computer must not keep it. The style sheet and the
    # script hold none.
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
