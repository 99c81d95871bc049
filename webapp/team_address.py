"""The address of a team: below /at/<its name>/ every page for staff is that team's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, has_request_context, request

from webapp.storage import LazyStore, lazy_store
from webapp.store.errors import MissingRowError, StoreError
from webapp.store.teams import COUNCIL, SLUG, find_team

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AT = "/at/"
KEY = "postcheck.team"
# Managers choose the team on their own pages.
ELSEWHERE = "manage"


class TeamAddresses:
    """Answers below /at/<team>/ with the pages of `app`, whose links then all lead there too.

    A name that no team has is left alone, and nothing is found there.
    """

    def __init__(self, app: WSGIApplication, is_team: Callable[[str], bool]) -> None:
        self._app = app
        self._is_team = is_team

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, as WSGI wants it."""
        path = str(environ.get("PATH_INFO", ""))
        slug, _, rest = path.removeprefix(AT).partition("/")
        if path.startswith(AT) and rest.partition("/")[0] != ELSEWHERE and self._is_team(slug):
            root = f"{environ.get('SCRIPT_NAME', '')}{AT}{slug}"
            environ |= {KEY: slug, "SCRIPT_NAME": root, "PATH_INFO": f"/{rest}"}
        return self._app(environ, start_response)


def install(app: Flask) -> None:
    """Give each team of `app` its address."""
    store = lazy_store(app)
    app.wsgi_app = TeamAddresses(app.wsgi_app, lambda slug: _is_team(store, slug))  # type: ignore[method-assign]


def this_team() -> str:
    """Return the name of the team at whose address the request came in, else the council's."""
    return str(request.environ.get(KEY, COUNCIL)) if has_request_context() else COUNCIL


def _is_team(store: LazyStore, slug: str) -> bool:
    if not SLUG.fullmatch(slug) or not store.exists():
        return False
    try:
        find_team(store.open(), slug)
    except MissingRowError:
        return False
    except StoreError:
        # Posts are checked without a store too, and nobody can say now which teams there are.
        return True
    return True
