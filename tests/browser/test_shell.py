"""The pages as an app: a worker that keeps only their files, no connection, and sharing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from steps import STOP, TYPED, box, check, verdict

from checker.verdict import Verdict

Open = Callable[..., Page]

READY = "async () => { await navigator.serviceWorker.ready; }"
KEPT = """
async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      kept[`${request.method} ${new URL(request.url).pathname}`] = (await answer.text()).toLowerCase();
    }
  }
  return kept;
}
"""
# What a phone does when its Share menu hands a text over: it sends the form that the manifest tells.
SHARE = """
async ([text, url]) => {
  const address = document.querySelector("link[rel=manifest]").href;
  const target = (await (await fetch(address)).json()).share_target;
  const form = document.createElement("form");
  Object.assign(form, { action: target.action, method: target.method, enctype: target.enctype });
  for (const [name, value] of [[target.params.text, text], [target.params.url, url]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
"""


@pytest.fixture
def app(open_page: Open) -> Page:
    """Return a page whose worker is at work."""
    page = open_page(service_workers="allow", width=360)
    page.evaluate(READY)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def test_the_worker_keeps_files_of_the_pages_and_nothing_else(app: Page) -> None:
    check(app, STOP, Verdict.STOP)
    for path in ("/policy", "/practice", "/"):
        app.goto(path)
    check(app, STOP, Verdict.STOP)
    kept = app.evaluate(KEPT)
    others = [one for one in kept if not one.startswith("GET /static/")]
    assert others == ["GET /offline"]
    assert "GET /static/check.js" in kept
    assert [one for one, words in kept.items() if any(word in words for word in TYPED)] == []


def test_without_a_connection_our_own_page_says_so(app: Page) -> None:
    app.context.set_offline(True)
    app.goto("/policy")
    assert app.get_by_role("heading", level=1).inner_text() == "No connection"
    assert app.get_by_text("Nothing was kept.").is_visible()
    # It looks like our other pages, because the worker has the style sheet too.
    assert app.evaluate("document.styleSheets[0].cssRules.length") > 0
    app.context.set_offline(False)
    app.get_by_role("link", name="Try again").click()
    box(app).wait_for()


def test_the_app_can_be_installed(app: Page) -> None:
    session = app.context.new_cdp_session(app)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The tests' pages are private windows, where no browser installs anything.
    assert [fault["errorId"] for fault in faults] == ["in-incognito"]


def test_a_shared_text_stands_in_the_box_and_in_no_address(app: Page) -> None:
    app.evaluate(SHARE, [STOP, ""])
    app.wait_for_url("**/share")
    assert box(app).input_value() == STOP
    assert verdict(app, Verdict.STOP).count() == 0
    app.get_by_role("button", name="Check my post").click()
    verdict(app, Verdict.STOP).wait_for()
    kept = app.evaluate(KEPT)
    assert [one for one, words in kept.items() if any(word in words for word in TYPED)] == []


def test_a_shared_text_is_gone_after_leaving(app: Page) -> None:
    app.evaluate(SHARE, [STOP, ""])
    app.wait_for_url("**/share")
    app.goto("/share")
    app.wait_for_url("**/")
    assert box(app).input_value() == ""
