"""`postcheck rules export|import`: a team's rules go out as YAML and come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from configparser import ConfigParser
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.errors import PostcheckError
from checker.overlay.document import read_overlay
from checker.overlay.written import hash_overlay, write_overlay
from tests.overlays import RULE, overlay_of
from webapp import rules_command
from webapp.store.database import Store
from webapp.store.managers import add_manager
from webapp.store.overlays import read_working, submit
from webapp.store.schema import open_store
from webapp.store.tables import Manager, Role
from webapp.store.teams import add_team, find_team

EMAIL = "ann@example.org"
OTHER = replace(RULE, id="second")
Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("POSTCHECK_INSTANCE", str(tmp_path))
    store = open_store(f"sqlite:///{tmp_path / 'postcheck.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def ann(store: Store) -> Manager:
    return add_manager(store, EMAIL, "Ann Ward", Role.MANAGER, password="three random words")[0]


@pytest.fixture
def export(store: Store) -> Run:
    return lambda *words: CliRunner().invoke(rules_command.export_rules, words)


@pytest.fixture
def take_in(store: Store, ann: Manager, tmp_path: Path) -> Run:
    """Return what writes a text into a file and imports it as Ann."""

    def invoke(text: str, *words: str, by: str = EMAIL) -> Result:
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        words = (str(path), "--by", by, *words)
        return CliRunner().invoke(rules_command.import_rules, words)

    return invoke


def test_rules_are_added_and_come_out_again(export: Run, take_in: Run) -> None:
    assert (export().exit_code, export().stdout) == (0, "")
    told = take_in(write_overlay(overlay_of(RULE)))
    assert (told.exit_code, told.stdout) == (0, "")
    assert export().stdout == write_overlay(overlay_of(RULE)).rstrip() + "\n"
    take_in(write_overlay(overlay_of(OTHER)))
    assert read_overlay(export().stdout) == overlay_of(RULE, OTHER)
    take_in(write_overlay(overlay_of(replace(RULE, name="Renamed"))))
    assert [one.name for one in read_overlay(export().stdout).rules] == ["Renamed", RULE.name]
    take_in(write_overlay(overlay_of(OTHER)), "--replace")
    assert read_overlay(export().stdout) == overlay_of(OTHER)


def test_a_service_takes_no_rule_with_the_id_of_its_councils(
    take_in: Run, store: Store, ann: Manager
) -> None:
    add_team(store, "glen", "Glen View", ann)
    take_in(write_overlay(overlay_of(RULE)))
    told = take_in(write_overlay(overlay_of(RULE)), "--team", "glen")
    assert isinstance(told.exception, PostcheckError)
    assert "The council has a rule with this id: give it another." in str(told.exception)
    assert read_working(store, find_team(store, "glen").id).revision == 0
    assert take_in(write_overlay(overlay_of(OTHER)), "--team", "glen").exit_code == 0


def test_what_is_published_stays_until_a_publish(
    export: Run, take_in: Run, store: Store, ann: Manager
) -> None:
    take_in(write_overlay(overlay_of(RULE)))
    assert export("--published").stdout == ""
    team = find_team(store)
    digest = hash_overlay(overlay_of(RULE))
    submit(store, team.id, revision=1, digest=digest, reason="r", by=ann, needs_approval=False)
    take_in(write_overlay(overlay_of(OTHER)), "--replace")
    assert read_overlay(export("--published").stdout) == overlay_of(RULE)


@pytest.mark.parametrize(
    ("text", "words", "by", "sentence"),
    [
        ("rules: [{id: x}]", (), EMAIL, "rules.x"),
        ("", (), "nobody@example.org", "postcheck manager list"),
        ("", ("--team", "glen"), EMAIL, "There is no team “glen”: give one of council."),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_changes_nothing(
    take_in: Run, store: Store, text: str, words: tuple[str, ...], by: str, sentence: str
) -> None:
    told = take_in(text, *words, by=by)
    assert isinstance(told.exception, PostcheckError)
    assert sentence in str(told.exception)
    assert read_working(store, find_team(store).id).revision == 0


def test_the_commands_are_added_to_those_of_rules() -> None:
    setup = ConfigParser()
    setup.read(Path(__file__).parents[2] / "setup.cfg")
    lines = setup["options.entry_points"]["postcheck.commands.rules"].strip().splitlines()
    added = dict(line.split(" = ") for line in lines)
    found = {}
    for name, place in added.items():
        module, _, command = place.partition(":")
        found[name] = getattr(import_module(module), command).name
    assert found == {"export": "export", "import": "import"}


def test_an_empty_file_takes_nothing_away(take_in: Run, store: Store) -> None:
    take_in(write_overlay(overlay_of(RULE)))
    before = read_working(store, find_team(store).id).yaml
    result = take_in("# nothing", "--replace")
    assert isinstance(result.exception, PostcheckError)
    assert str(result.exception).endswith(
        "It is empty, and everything that is worked on would be gone: give another file."
    )
    assert read_working(store, find_team(store).id).yaml == before
