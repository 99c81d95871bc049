"""Teams are added, renamed, closed and opened again; a closed one is not found."""

from __future__ import annotations

import pytest

from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.errors import MissingRowError, StaleRevisionError
from webapp.store.tables import Manager
from webapp.store.teams import (
    COUNCIL,
    TeamError,
    add_team,
    close_team,
    find_team,
    line_of,
    list_closed,
    list_teams,
    new_slug,
    rename_team,
    reopen_team,
)


def slugs(store: Store) -> list[str]:
    return [team.slug for team in list_teams(store)]


def test_a_team_is_renamed_and_keeps_its_address(store: Store, aileen: Manager) -> None:
    add_team(store, "glen", "Glen", aileen)
    assert rename_team(store, "glen", " Glen View ", aileen, was="Glen").name == "Glen View"
    assert find_team(store, "glen").name == "Glen View"


@pytest.mark.parametrize(("was", "said"), [("Glen", "“Glen View” meanwhile"), ("", "did not say")])
def test_a_name_that_somebody_else_gave_is_kept(
    store: Store, aileen: Manager, was: str, said: str
) -> None:
    add_team(store, "glen", "Glen", aileen)
    rename_team(store, "glen", "Glen View", aileen, was="Glen")
    with pytest.raises(StaleRevisionError, match=said):
        rename_team(store, "glen", "Ben View", aileen, was=was)
    assert find_team(store, "glen").name == "Glen View"


@pytest.mark.parametrize("name", ["", "  ", "n" * 101, "Gl\x00en", "\u202enelG"])
def test_a_name_that_is_none_is_refused(store: Store, aileen: Manager, name: str) -> None:
    add_team(store, "glen", "Glen", aileen)
    with pytest.raises(TeamError):
        rename_team(store, "glen", name, aileen, was="Glen")
    assert find_team(store, "glen").name == "Glen"


def test_a_closed_team_is_not_found_and_comes_back(store: Store, aileen: Manager) -> None:
    add_team(store, "glen", "Glen", aileen)
    add_team(store, "firth", "Firth", aileen)
    close_team(store, "glen", aileen)
    assert (slugs(store), [team.slug for team in list_closed(store)]) == (
        [COUNCIL, "firth"],
        ["glen"],
    )
    for ask in (find_team, line_of):
        with pytest.raises(MissingRowError):
            ask(store, "glen")
    reopen_team(store, "glen", aileen)
    assert slugs(store) == [COUNCIL, "firth", "glen"]
    assert [team.slug for team in line_of(store, "glen")] == [COUNCIL, "glen"]
    assert [event.what for event in read_events(store, begins="team.")] == [
        "team.reopened",
        "team.closed",
        "team.added",
        "team.added",
    ]


def test_neither_the_council_nor_a_team_above_others_is_closed(
    store: Store, aileen: Manager
) -> None:
    add_team(store, "glen", "Glen", aileen)
    add_team(store, "glen-rowan", "Rowan", aileen, parent="glen")
    with pytest.raises(TeamError, match="The council cannot be closed"):
        close_team(store, COUNCIL, aileen)
    with pytest.raises(TeamError, match="close those first"):
        close_team(store, "glen", aileen)
    close_team(store, "glen-rowan", aileen)
    close_team(store, "glen", aileen)
    with pytest.raises(TeamError, match="open that first"):
        reopen_team(store, "glen-rowan", aileen)
    assert slugs(store) == [COUNCIL]


def test_the_address_of_a_closed_team_stays_taken(store: Store, aileen: Manager) -> None:
    add_team(store, "glen", "Glen", aileen)
    close_team(store, "glen", aileen)
    with pytest.raises(TeamError, match="choose another"):
        add_team(store, "glen", "Glen", aileen)
    assert new_slug(store, "Glen") == "glen-2"


def test_an_address_is_made_of_the_name(store: Store, aileen: Manager) -> None:
    names = ["Glen View", "24 High Street", "Öömrang", "n" * 80]
    found = [new_slug(store, name) for name in names]
    assert found == ["glen-view", "team-24-high-street", "mrang", "n" * 50]
    add_team(store, found[0], names[0], aileen)
    assert new_slug(store, "Glen  view!") == "glen-view-2"


def test_no_two_teams_in_use_have_one_name(store: Store, aileen: Manager) -> None:
    add_team(store, "glen", "Glen View", aileen)
    add_team(store, "firth", "Firth", aileen)
    twice = "There is a team with this name already: give one of the two another name."
    with pytest.raises(TeamError) as error:
        add_team(store, "glen-2", " glen view", aileen)
    assert str(error.value) == twice
    with pytest.raises(TeamError) as error:
        rename_team(store, "firth", "Glen View", aileen, was="Firth")
    assert str(error.value) == twice
    assert rename_team(store, "firth", "FIRTH", aileen, was="Firth").name == "FIRTH"
    # The name of a closed one is free, and it comes back only where it still is.
    close_team(store, "glen", aileen)
    assert add_team(store, "glen-2", "Glen View", aileen).name == "Glen View"
    with pytest.raises(TeamError) as error:
        reopen_team(store, "glen", aileen)
    assert str(error.value) == twice
    assert slugs(store) == [COUNCIL, "firth", "glen-2"]
