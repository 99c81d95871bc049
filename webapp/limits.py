"""How often something may be tried: logging in, and sending feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from webapp.settings import Settings

if TYPE_CHECKING:
    from flask.typing import RouteCallable

# By the address of the machine, which is held in memory for a minute and written nowhere; behind
# a proxy all share one. Accounts are locked apart from this, after five failures.
LIMITS = {
    "console.log_in": "20 per minute",
    "feedback.send": "10 per minute",
}


def install(app: Flask, settings: Settings) -> None:
    """Limit what `app` may be asked; its pages have to be registered before."""
    limiter = Limiter(
        get_remote_address, app=app, storage_uri=settings.limits, headers_enabled=False
    )
    for endpoint, limit in LIMITS.items():
        view = app.view_functions[endpoint]
        limited = limiter.limit(limit, methods=["POST"])(view)
        app.view_functions[endpoint] = cast("RouteCallable", limited)
