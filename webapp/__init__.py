"""The web application: the pages for staff, the console for managers, and the HTTP API."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from flask import Flask
from jinja2 import StrictUndefined

from webapp import (
    console,
    cookies,
    counting,
    failures,
    headers,
    limits,
    logs,
    site,
    storage,
    team_address,
)
from webapp.api import InOrder, api
from webapp.engine import CheckerLike, load_live
from webapp.feedback import feedback
from webapp.information import information
from webapp.live import LiveCheckers
from webapp.pages import pages
from webapp.practice_pages import practice
from webapp.published import published_in
from webapp.settings import Settings, read_settings
from webapp.shell import shell
from webapp.sign_off import sign_off

if TYPE_CHECKING:
    from checker.engine import Checker

__all__ = ["create_app"]

# The longest draft, 20,000 characters, fills 240 KB when each is sent as twelve bytes (an emoji).
BODY_LIMIT = 256 * 1024


def create_app(
    settings: Settings | None = None,
    checker: CheckerLike | None = None,
    load: Callable[[], Checker] | None = None,
) -> Flask:
    """Return the application; without `settings` they are read from the environment.

    It checks by what is published for each team, with the engine that `load` returns when it is
    first needed, or the real one; or with `checker`, whatever is published. Raises `SettingsError`
    for a setting that is unknown or cannot be used.
    """
    settings = settings or read_settings(os.environ)
    app = _make_app(settings)
    storage.install(app, settings)
    current = published_in(storage.lazy_store(app))
    lives = LiveCheckers(load, current) if load else load_live(settings.spacy_model, current)
    parts = site.Site(
        settings,
        checker or lives.for_team(),
        lives,
        _read_description(),
        is_given=checker is not None,
    )
    for module in (headers, logs, failures):
        module.install(app)
    site.install(app, parts)
    counting.install(app)
    team_address.install(app)
    cookies.install(app, settings)
    for blueprint in (pages, information, practice, shell, sign_off, api, feedback):
        app.register_blueprint(blueprint)
    console.install(app, settings)
    limits.install(app, settings)
    return app


def _make_app(settings: Settings) -> Flask:
    app = logs.QuietFlask(__name__)
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        SECRET_KEY=settings.secret_key or None,
        # A raised error would reach a debugger's page, which shows local variables: the draft.
        PROPAGATE_EXCEPTIONS=False,
    )
    app.json = InOrder(app)
    # A misspelt name in a template must fail, not show nothing.
    app.jinja_env.undefined = StrictUndefined
    return app


def _read_description() -> dict[str, Any]:
    """Return what the API says of itself, as OpenAPI."""
    written = Path(__file__).with_name("openapi.yaml").read_text("utf-8")
    # The parser written in C takes a tenth of the time.
    description: dict[str, Any] = yaml.load(written, Loader=yaml.CSafeLoader)
    return description
