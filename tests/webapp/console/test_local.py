"""The pages of local names and of the contact: saved for a team, bad input kept, conflicts told."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from checker.overlay.contents import Contact, Local, Overlay
from checker.overlay.document import read_overlay
from webapp.store.database import Store
from webapp.store.overlays import read_working
from webapp.store.tables import Manager, Role
from webapp.store.teams import add_team, find_team

LOCAL = "/manage/at/council/local"
CSV = f"{LOCAL}/csv"
CONTACT = "/manage/at/council/contact"
# The browsers of conftest.py.
Browser = Any


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_text())


def saved(store: Store, team: str = "council") -> Overlay:
    return read_overlay(read_working(store, find_team(store, team).id).yaml)


@pytest.fixture
def manager(browser_of: Callable[[Role | None], Browser]) -> Browser:
    return browser_of(Role.MANAGER)


def send(browser: Browser, path: str, revision: int = 0, **fields: str) -> tuple[int, Any]:
    status, page = browser.post(path, path, revision=str(revision), **fields)
    return status, page


def test_names_are_saved_one_a_line_and_shown_again(manager: Browser, store: Store) -> None:
    status, _ = send(manager, LOCAL, units="Rowan\r\n\r\n Ward  3 \r\n", staff="Nettie Brown")
    assert status == 303
    assert saved(store).local == Local(units=("Rowan", "Ward 3"), staff=("Nettie Brown",))
    page = manager.get(LOCAL)
    assert page.select_one("#units").text.strip("\n") == "Rowan\nWard 3"
    assert page.select_one("input[name=revision]")["value"] == "1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("Row*\nBirch", "a name has no *"), ("Rowan\nBirch\nrowan", "“rowan” is on line 1 already.")],
)
def test_a_bad_name_is_told_by_its_field_and_nothing_typed_is_lost(
    manager: Browser, store: Store, typed: str, sentence: str
) -> None:
    status, page = send(manager, LOCAL, units=typed, streets="Long Row")
    assert (status, saved(store)) == (400, Overlay())
    assert sentence in page.select_one("#units-problem").text
    assert page.select_one("#units").text.strip("\n") == typed
    assert page.select_one("#streets").text.strip("\n") == "Long Row"
    assert page.select_one("#streets-problem") is None
    assert [link["href"] for link in page.select(".ds_error-summary a")] == ["#units"]


def test_what_somebody_else_saved_is_not_overwritten(
    manager: Browser, browser_of: Callable[[Role | None], Browser], store: Store
) -> None:
    other = browser_of(Role.APPROVER)
    assert send(other, LOCAL, units="Birch")[0] == 303
    status, page = send(manager, LOCAL, units="Rowan")
    assert (status, saved(store).local.units) == (400, ("Birch",))
    assert "Bruce Lamont saved a change while you were editing" in words(page)
    assert page.select_one("#units").text.strip("\n") == "Rowan"
    assert page.select_one("pre.now").text == "Birch"
    # Sent once more from the page that said so, it is meant.
    revision = int(page.select_one("input[name=revision]")["value"])
    assert send(manager, LOCAL, revision, units="Rowan")[0] == 303
    assert saved(store).local.units == ("Rowan",)


def test_each_page_changes_its_own_part_alone(manager: Browser, store: Store) -> None:
    send(manager, LOCAL, units="Rowan")
    assert send(manager, CONTACT, 1, name="Ann Ward", hours="9 to 5")[0] == 303
    assert saved(store) == Overlay(
        local=Local(units=("Rowan",)), contact=Contact(name="Ann Ward", hours="9 to 5")
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("email", "ann@", "looks like name@example.org"),
        ("phone", "ring me", "figures and spaces"),
        ("name", "n" * 201, "keep it under 200"),
    ],
)
def test_a_contact_that_cannot_be_used_is_told_and_kept(
    manager: Browser, store: Store, field: str, typed: str, sentence: str
) -> None:
    status, page = send(manager, CONTACT, **{"hours": "9 to 5", field: typed})
    assert (status, saved(store)) == (400, Overlay())
    assert sentence in page.select_one(f"#{field}-problem").text
    assert page.select_one(f"#{field}")["value"] == typed
    assert page.select_one("#hours")["value"] == "9 to 5"


def test_a_service_has_its_own(manager: Browser, store: Store, people: dict[Role, Manager]) -> None:
    add_team(store, "glen", "Glen View", people[Role.ADMINISTRATOR])
    send(manager, LOCAL, units="Rowan")
    assert send(manager, "/manage/at/glen/local", units="Birch")[0] == 303
    assert [saved(store, team).local.units for team in ("council", "glen")] == [
        ("Rowan",),
        ("Birch",),
    ]


def test_lines_are_looked_at_first_and_good_ones_taken_over(manager: Browser, store: Store) -> None:
    send(manager, LOCAL, units="Rowan")
    text = "kind,name\nunit,Birch\nunit,rowan\nshed,Oak"
    status, page = send(manager, CSV, 1, csv=text)
    assert (status, saved(store).local.units) == (200, ("Rowan",))
    assert "1 of 3 lines can be taken over. 1 is there already. 1 has something" in words(page)
    rows = [[cell.text for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows[0] == ["2", "units", "Birch", "Can be taken over"]
    assert rows[1][3] == "This is in the list already."
    assert rows[2][3].startswith("To put right: “shed” is no kind")
    assert page.select_one("#csv").text.strip("\n") == text
    assert send(manager, CSV, 1, csv=text, take="y")[0] == 303
    assert saved(store).local.units == ("Rowan", "Birch")


def test_a_file_is_read_and_stands_in_the_box(app: Flask, manager: Browser) -> None:
    data = {
        "csrf_token": manager.token(CSV),
        "file": (BytesIO("\ufeffkind;name\nstreet;Sråid".encode()), "names.csv"),
    }
    response = manager.client.post(CSV, data=data, content_type="multipart/form-data")
    assert (response.status_code, "street;Sråid" in response.text) == (200, True)
    assert "1 of 1 lines can be taken over" in response.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "There is no line here"), ("shed,Oak", "None of these lines can be taken over")],
)
def test_nothing_to_take_over_is_told(
    manager: Browser, store: Store, text: str, sentence: str
) -> None:
    status, page = send(manager, CSV, csv=text, take="y")
    assert (status, sentence in page.select_one("#csv-problem").text) == (400, True)
    assert saved(store) == Overlay()


def test_lines_are_not_taken_over_upon_what_somebody_else_saved(
    manager: Browser, store: Store
) -> None:
    send(manager, LOCAL, units="Rowan")
    status, page = send(manager, CSV, 0, csv="unit,Birch", take="y")
    assert (status, saved(store).local.units) == (400, ("Rowan",))
    assert "Nothing was overwritten" in words(page)


def test_names_are_exported_as_a_file(manager: Browser) -> None:
    send(manager, LOCAL, units="Rowan", staff="Nettie Brown")
    response = manager.client.get(f"{LOCAL}/names.csv")
    assert response.text == "\ufeffkind,name\r\nunits,Rowan\r\nstaff,Nettie Brown\r\n"
    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="local-names-council.csv"'
    )
