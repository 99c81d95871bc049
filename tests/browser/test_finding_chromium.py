"""A machine without a browser says in one sentence what to install."""

from __future__ import annotations

import shutil

import pytest
from real_pages import NO_BROWSER, find_chromium


def test_the_browser_is_found_where_it_is() -> None:
    assert find_chromium() == (shutil.which("chromium") or find_chromium())


def test_a_machine_without_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_chromium() is None
    assert NO_BROWSER == "There is no Chromium to test the pages with: apt-get install chromium."
