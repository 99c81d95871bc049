"""The page of teams: a service is added, renamed, closed and opened, and its address shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from webapp.store.database import Store
from webapp.store.teams import find_team, list_closed, list_teams

TEAMS = "/manage/teams"
# The browsers of conftest.py.
Browser = Any


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_text())


def slugs(store: Store) -> list[str]:
    return [team.slug for team in list_teams(store)]


def test_a_service_is_added_and_its_address_leads_to_its_pages(
    administrator: Browser, store: Store
) -> None:
    assert administrator.post(TEAMS, name="Glen View")[0] == 303
    page = administrator.get(TEAMS)
    addresses = [link["href"] for link in page.select("td a")]
    assert addresses == ["http://localhost/", "http://localhost/at/glen-view/"]
    assert administrator.client.get("/at/glen-view/policy").status_code == 200
    assert administrator.client.get("/at/glen-vale/policy").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter a name."),
        ({"name": "Glen", "slug": "Glen View"}, "slug", "small letters, digits and hyphens"),
        ({"name": "Glen", "slug": "council"}, "slug", "choose another"),
        ({"name": "n" * 101, "slug": "glen"}, "name", "under 100 characters"),
    ],
)
def test_what_cannot_be_used_is_told_by_its_field_and_kept(
    administrator: Browser, store: Store, fields: dict[str, str], field: str, sentence: str
) -> None:
    status, page = administrator.post(TEAMS, **fields)
    assert (status, slugs(store)) == (400, ["council"])
    assert sentence in page.select_one(f"#{field}-problem").text
    assert {name: page.select_one(f"#{name}")["value"] for name in fields} == fields


def test_a_service_is_renamed_closed_and_opened_again(administrator: Browser, store: Store) -> None:
    administrator.post(TEAMS, name="Glen View")
    renamed = {"was": "Glen View", "name": "Glen View House"}
    assert administrator.post(f"{TEAMS}/glen-view", **renamed)[0] == 303
    assert "Glen View House" in words(administrator.get(TEAMS))
    assert administrator.post(f"{TEAMS}/glen-view/close")[0] == 303
    assert administrator.client.get("/at/glen-view/").status_code == 404
    assert "Glen View House (glen-view), closed on 1 March 2027" in words(administrator.get(TEAMS))
    assert administrator.post(f"{TEAMS}/glen-view/open")[0] == 303
    assert (slugs(store), list_closed(store)) == (["council", "glen-view"], [])
    assert administrator.client.get("/at/glen-view/").status_code == 200


def test_the_council_cannot_be_closed(administrator: Browser, store: Store) -> None:
    assert "Close it" not in words(administrator.get(f"{TEAMS}/council"))
    status, page = administrator.post(f"{TEAMS}/council/close")
    assert (status, slugs(store)) == (400, ["council"])
    assert "The council cannot be closed" in words(page)


def test_a_team_that_is_not_there_is_not_found(administrator: Browser) -> None:
    assert administrator.client.get(f"{TEAMS}/nowhere").status_code == 404


def test_a_name_that_somebody_else_gave_meanwhile_is_not_overwritten(
    administrator: Browser, store: Store
) -> None:
    page = "/manage/teams/council"
    assert administrator.post(page, page, was="The council", name="Glen Council")[0] == 303
    status, answer = administrator.post(page, page, was="The council", name="Ben Council")
    assert (status, find_team(store).name) == (400, "Glen Council")
    assert "has called it “Glen Council” meanwhile" in answer.get_text()
    field = answer.select_one("input[name=name]")
    assert field is not None
    assert field["value"] == "Ben Council"
    assert administrator.post(page, page, was="Glen Council", name="Ben Council")[0] == 303
