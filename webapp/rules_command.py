"""`postcheck rules export|import`: what managers work on as a file, and back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from checker.commands.loading import read_overlays
from checker.overlay.contents import Overlay
from checker.overlay.document import read_overlay
from checker.overlay.problem import OverlayError, Problem
from checker.overlay.written import write_overlay
from webapp.rule_ids import clashes
from webapp.settings import read_settings
from webapp.storage import opened
from webapp.store.database import Store
from webapp.store.errors import MissingRowError
from webapp.store.managers import find_manager
from webapp.store.overlays import read_published, read_working, save_working
from webapp.store.tables import Manager, Team
from webapp.store.teams import COUNCIL, list_teams

NOTHING_LEFT = "It is empty, and everything that is worked on would be gone: give another file."

team_option = click.option(
    "--team",
    "slug",
    default=COUNCIL,
    show_default=True,
    help="Whose rules: the name in the address of the team.",
)


@click.command("export")
@team_option
@click.option("--published", is_flag=True, help="What is published, not what is worked on.")
def export_rules(slug: str, *, published: bool) -> None:
    """Print what managers changed of the rules, as YAML; `--overlay` reads it back."""
    with opened(read_settings(os.environ)) as store:
        team = _find_team(store, slug)
        found = read_published(store).get(team.id) if published else read_working(store, team.id)
    text = found.yaml if found else ""
    click.echo(text, nl=bool(text) and not text.endswith("\n"))


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@team_option
@click.option("--by", "email", required=True, help="The account of whoever answers for it.")
@click.option("--replace", is_flag=True, help="Put FILE in the place of all that is worked on.")
def import_rules(file: Path, slug: str, email: str, *, replace: bool) -> None:
    """Take the own rules in FILE into what a team works on; staff see nothing before a publish.

    A rule with the id of one that is there takes its place.
    """
    (given,) = read_overlays([file])
    with opened(read_settings(os.environ)) as store:
        team, by = _find_team(store, slug), _find_account(store, email)
        if replace and given == Overlay():
            # A slip would take away everything that managers wrote.
            raise OverlayError([Problem("", "", "", NOTHING_LEFT)], str(file))
        if problems := clashes(store, team, given):
            raise OverlayError(problems, str(file))
        working = read_working(store, team.id)
        new = given if replace else _read(working.yaml).adding(given)
        save_working(store, team.id, write_overlay(new), revision=working.revision, by=by)
    click.echo(
        f"Saved for {team.name}: try it and publish it on the pages of the console.", err=True
    )


def _read(text: str) -> Overlay:
    return read_overlay(text, "what is worked on")


def _find_team(store: Store, slug: str) -> Team:
    teams = list_teams(store)
    found = next((team for team in teams if team.slug == slug), None)
    if found is None:
        known = ", ".join(team.slug for team in teams)
        raise MissingRowError(f"There is no team “{slug}”: give one of {known}.")
    return found


def _find_account(store: Store, email: str) -> Manager:
    account = find_manager(store, email)
    if account is None or not account.active:
        raise MissingRowError("There is no such account in use: see postcheck manager list.")
    return account
