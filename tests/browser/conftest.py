"""One real browser and one real application for the whole run, and pages that are watched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    sync_playwright,
)
from real_pages import NO_BROWSER, SETTINGS, find_chromium, launch, serve
from steps import MANAGER, PASSWORD, TYPED

from checker.engine import Checker
from webapp.instance import store_address
from webapp.settings import Settings
from webapp.store.managers import add_manager
from webapp.store.schema import open_store
from webapp.store.tables import Role

# What Chromium itself reports of an answer that says what to put right.
REFUSED = "Failed to load resource: the server responded with a status of 4"

# Milliseconds.
PATIENCE = 60_000


@dataclass
class Watch:
    """What a page asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Write down each request and complaint of the pages of `context`."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED):
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser; where everything is tested, nothing may be left out."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = launch(playwright, chromium)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings with reports switched on, and a store in which there is one account."""
    settings = replace(SETTINGS, feedback="on", instance=str(tmp_path_factory.mktemp("instance")))
    store = open_store(store_address(settings))
    add_manager(store, MANAGER, "Aileen Moore", Role.ADMINISTRATOR, password=PASSWORD)
    store.close()
    return settings


@pytest.fixture(scope="session")
def address(checker: Checker, settings: Settings) -> Iterator[str]:
    with serve(checker, settings) as address:
        yield address


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def open_page(browser: Browser, address: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return what opens a path at a width, with or without JavaScript.

    After each test: nothing was asked of another host, no address held what was typed, and the
    console holds no error.
    """
    contexts: list[BrowserContext] = []

    def open_(path: str = "/", width: int = 1280, **options: Any) -> Page:
        options.setdefault("service_workers", "block")
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, **options
        )
        # Long enough for a machine that is busy: what comes sooner is not waited for.
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [url for url in watch.requests if not url.startswith(f"{address}/")] == []
    assert [url for url in watch.requests if any(word in url.lower() for word in TYPED)] == []
    assert watch.complaints == []
