"""What the tests of rules share: a rule as its form holds it, and what a page says."""

from __future__ import annotations

import re
from typing import Any

GARDEN: dict[str, Any] = {
    "name": "The garden project",
    "category": "service-detail",
    "verdict": "review",
    "account": "both",
    "words": "walled garden\ngreenhous*",
    "near": "",
    "not_near": "",
    "scope": "sentence",
    "message": "“{words}” is not public yet.",
    "advice": "Wait until it is announced.",
    "clauses": ["council.confidentiality"],
    "flag": "the walled garden opens soon\ntwo greenhouses are up",
    "ok": "the garden is lovely\na green house on the hill",
    "state": "on",
}
RULES = "/manage/at/council/rules"
NEW = f"{RULES}/new"
RULE = "/manage/at/council/rule/the-garden-project"


def words(page: Any) -> str:
    """Return all that a page says, in one line."""
    return re.sub(r"\s+", " ", page.get_text())


def revision(browser: Any, page: str) -> str:
    """Return which saving the form on `page` was made from."""
    return str(browser.get(page).select_one("input[name=revision]")["value"])


def save(browser: Any, page: str, **fields: Any) -> tuple[int, Any]:
    """Send the form on `page` with the garden rule, changed by `fields`."""
    sent = {**GARDEN, "revision": revision(browser, page), **fields}
    found: tuple[int, Any] = browser.post(page, page, **sent)
    return found


def problems(page: Any) -> dict[str, str]:
    """Return what is wrong by the field that it is told beside."""
    return {
        str(one["id"]).removesuffix("-problem"): words(one).replace("Error: ", "").strip()
        for one in page.select(".ds_question__error-message")
    }
