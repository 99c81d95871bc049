"""What the real checker finds in a draft is masked before it is shown, and kept so."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checker.draft import make_draft
from checker.engine import Checker
from webapp import create_app
from webapp.engine import EngineChecker
from webapp.masking import load_masker
from webapp.settings import Settings
from webapp.store.feedback import read_feedback
from webapp.store.schema import open_store


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "our resident Nettie in room 6 was off her meds, her son Rab rang from Inverness",
            "our resident [name] in room [number] was off her meds, her son [name] rang from "
            "[place]",
        ),
        ("lovely concert at the hall, thank you all", "lovely concert at the hall, thank you all"),
    ],
)
def test_a_draft_is_masked_once_and_for_all(engine: Checker, text: str, masked: str) -> None:
    masker = load_masker()
    assert masker.mask(text, engine.check(make_draft(text))) == masked
    assert masker.mask(masked, engine.check(make_draft(masked))) == masked


def test_a_draft_is_kept_without_its_people(engine: Checker, tmp_path: Path) -> None:
    settings = Settings(instance=str(tmp_path), feedback="on")
    client = create_app(settings, EngineChecker(engine)).test_client()
    draft = "our resident Nettie in room 6 was off her meds"
    page = BeautifulSoup(client.post("/feedback", data={"text": draft}).text, "html.parser")
    sent = {str(one["name"]): str(one["value"]) for one in page.select("input[type=hidden]")}
    masked = page.select("textarea")[0].text.removeprefix("\n")
    assert masked == "our resident [name] in room [number] was off her meds"
    sent |= {"masked": masked, "kind": "wrong"}
    assert client.post("/feedback/send", data=sent).status_code == 200
    store = open_store(f"sqlite:///{tmp_path}/postcheck.sqlite")
    assert [row.masked for row in read_feedback(store)] == [masked]
    store.close()
