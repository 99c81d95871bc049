"""Sessions in signed cookies, one for the console and one for feedback; none for a check."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect

from webapp.instance import secret_key
from webapp.settings import Settings
from webapp.store.errors import StoreError

# The paths that have a session, each with the name of its cookie. The browser sends a cookie to
# its own path only: nobody who checks a draft sends one, whether they are logged in or not.
CONSOLE, FEEDBACK = "/manage", "/feedback"
COOKIES: Mapping[str, str] = MappingProxyType(
    {CONSOLE: "postcheck_console", FEEDBACK: "postcheck_feedback"}
)


class Cookies(SecureCookieSessionInterface):
    """Sessions for the paths that have one, signed with a key that is made when first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of `request`; None where there is none or no key to sign it."""
        path = _path(request.path)
        if not path or (path == FEEDBACK and not self._settings.takes_feedback):
            return None
        try:
            app.secret_key = app.secret_key or secret_key(self._settings)
        except StoreError:
            # The page that wants a session asks for the key itself, and says what is wrong.
            return None
        return super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask's own
        """Return the name of the cookie for the page that is answered."""
        return COOKIES[_path(request.path)]

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - Flask's own
        """Return the path that the cookie for the page that is answered is sent to."""
        # Below /at/<team>/ it goes to the pages of that team alone.
        return request.script_root + _path(request.path)


def _path(path: str) -> str:
    """Return the path of the session that `path` belongs to, "" when it has none."""
    return next((one for one in COOKIES if path == one or path.startswith(f"{one}/")), "")


def install(app: Flask, settings: Settings) -> None:
    """Give `app` its sessions, and tokens against forged requests for those who ask for them."""
    app.session_interface = Cookies(settings)
    app.config.from_mapping(
        SESSION_COOKIE_SECURE=settings.secure_cookies == "on",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        # A check changes nothing and needs no token: the pages that do ask for one.
        WTF_CSRF_CHECK_DEFAULT=False,
        # A token ends with its session.
        WTF_CSRF_TIME_LIMIT=None,
        # Our own headers keep the browser from naming the page that it comes from.
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(app)


def check_token(app: Flask) -> None:
    """Raise `CSRFError` for a form that was not made by a page of this session."""
    app.extensions["csrf"].protect()
