"""The web application: the pages for staff, the console for managers, and the HTTP API."""

from __future__ import annotations

import os
from pathlib import Path

import yaml
from flask import Flask
from jinja2 import StrictUndefined

from webapp import console, cookies, counting, failures, headers, limits, logs, site, storage
from webapp.api import InOrder, api
from webapp.engine import CheckerLike, LazyChecker, load_engine
from webapp.feedback import feedback
from webapp.information import information
from webapp.pages import pages
from webapp.practice_pages import practice
from webapp.settings import Settings, read_settings
from webapp.shell import shell

__all__ = ["create_app"]

# The longest draft, 20,000 characters, fills 240 KB when each is sent as twelve bytes (an emoji).
BODY_LIMIT = 256 * 1024


def create_app(settings: Settings | None = None, checker: CheckerLike | None = None) -> Flask:
    """Return the application; without `settings` they are read from the environment.

    Without `checker` the real one is loaded when it is first needed. Raises `SettingsError`
    for a setting that is unknown or cannot be used.
    """
    settings = settings or read_settings(os.environ)
    model = settings.spacy_model
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
    description = yaml.safe_load(Path(__file__).with_name("openapi.yaml").read_text("utf-8"))
    parts = site.Site(settings, checker or LazyChecker(lambda: load_engine(model)), description)
    for module in (headers, logs, failures):
        module.install(app)
    site.install(app, parts)
    storage.install(app, settings)
    counting.install(app)
    cookies.install(app, settings)
    app.register_blueprint(pages)
    app.register_blueprint(information)
    app.register_blueprint(practice)
    app.register_blueprint(shell)
    app.register_blueprint(api)
    app.register_blueprint(feedback)
    console.install(app)
    limits.install(app, settings)
    return app
