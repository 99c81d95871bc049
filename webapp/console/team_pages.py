"""The page of teams: services below the council, added, renamed, closed, each at its address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField
from wtforms.validators import InputRequired

from webapp.console.blueprint import console
from webapp.console.forms import WAS
from webapp.console.identity import the_manager
from webapp.console.parts import add_error
from webapp.console.rights import allow
from webapp.console.working import noticing_conflict
from webapp.storage import this_store
from webapp.store.errors import StaleRevisionError
from webapp.store.tables import Role, Team
from webapp.store.teams import (
    TeamError,
    add_team,
    close_team,
    find_team,
    list_closed,
    list_teams,
    new_slug,
    rename_team,
    reopen_team,
)
from webapp.team_address import team_url


@dataclass(frozen=True, slots=True)
class Row:
    """A team with the address at which its staff check posts."""

    team: Team
    address: str


class TeamForm(Form):
    """A service."""

    name = StringField("Name of the service", [InputRequired("Enter a name.")])
    slug = StringField("Address")


class NameForm(Form):
    """Another name for a team."""

    name = StringField("Name", [InputRequired("Enter a name.")])


@console.route("/teams", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR, menu="Teams", order=88)
def show_teams() -> ResponseReturnValue:
    """Return the list of teams with a form for a new one, or add it."""
    form = TeamForm(request.form)
    if request.method == "POST" and form.validate() and _add(form):
        return redirect(url_for("console.show_teams", saved="team"), 303)
    page = render_template(
        "console/teams.html",
        form=form,
        rows=[_row(team) for team in list_teams(this_store())],
        closed=list_closed(this_store()),
        saved=request.args.get("saved"),
    )
    return page, 400 if form.errors else 200


def _row(team: Team) -> Row:
    root = request.host_url.rstrip("/")
    return Row(team, root + team_url(team.slug, url_for("pages.show_form")))


def _add(form: TeamForm) -> bool:
    store, name = this_store(), (form.name.data or "").strip()
    slug = (form.slug.data or "").strip() or new_slug(store, name)
    try:
        add_team(store, slug, name, the_manager())
    except TeamError as error:
        add_error(form, "name" if "name" in str(error) else "slug", str(error))
        return False
    return True


@console.route("/teams/<slug>", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def change_team(slug: str) -> ResponseReturnValue:
    """Return the page of one team, or give it another name."""
    team = find_team(this_store(), slug)
    form = NameForm(request.form, obj=team)
    if request.method == "POST" and form.validate():
        name, was = form.name.data or "", request.form.get(WAS, "")
        try:
            with noticing_conflict():
                rename_team(this_store(), slug, name, the_manager(), was=was)
        except (TeamError, StaleRevisionError) as error:
            add_error(form, "name", str(error))
        else:
            return redirect(url_for("console.show_teams", saved="team"), 303)
    return _show_team(find_team(this_store(), slug), form)


def _show_team(team: Team, form: NameForm) -> tuple[str, int]:
    page = render_template("console/team.html", form=form, row=_row(team))
    return page, 400 if form.errors else 200


@console.post("/teams/<slug>/close")
@allow(Role.ADMINISTRATOR)
def shut_team(slug: str) -> ResponseReturnValue:
    """Close a team: its address is no longer found."""
    try:
        close_team(this_store(), slug, the_manager())
    except TeamError as error:
        team = find_team(this_store(), slug)
        form = NameForm(obj=team)
        form.form_errors.append(str(error))
        return _show_team(team, form)
    return redirect(url_for("console.show_teams", saved="team"), 303)


@console.post("/teams/<slug>/open")
@allow(Role.ADMINISTRATOR)
def open_team_again(slug: str) -> ResponseReturnValue:
    """Take a closed team into use again."""
    form = TeamForm()
    try:
        reopen_team(this_store(), slug, the_manager())
    except TeamError as error:
        form.form_errors.append(str(error))
        page = render_template(
            "console/teams.html",
            form=form,
            rows=[_row(team) for team in list_teams(this_store())],
            closed=list_closed(this_store()),
            saved=None,
        )
        return page, 400
    return redirect(url_for("console.show_teams", saved="team"), 303)
