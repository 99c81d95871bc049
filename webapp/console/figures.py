"""The page of figures: how often posts are checked, what is found, and what authors say of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from flask import Response, render_template, request

from checker.clause import Clause
from checker.overlay.contents import State
from checker.overlay.document import read_overlay
from checker.rulebook import Rulebook, load_rulebook
from checker.words import VERDICTS
from webapp.console.bars import Bars, draw
from webapp.console.blueprint import console
from webapp.console.categories import category_titles
from webapp.console.rights import allow
from webapp.console.rule_names import name_rules, published_everywhere
from webapp.counting import OWN
from webapp.live import LiveChecker
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.counts import first_day
from webapp.store.figures import STALE_WEEKS, Row, Table, find_hardly_used, full_weeks, read_table
from webapp.store.overlays import history
from webapp.store.queue_tables import Counted
from webapp.store.tables import Role, Team
from webapp.store.teams import COUNCIL, find_team, list_teams

ALL = ""
MOST_CLAUSES = 10
ANSWERS = {
    "not-supported": "“Not someone I support”",
    "own-family": "“My own family”",
    "public": "“It is public”",
    "wrong-match": "“Wrong match”",
}


@console.get("/figures")
@allow(Role.MANAGER, menu="Figures", order=60)
def show_figures() -> str:
    """Return the figures of the last full weeks, of all teams or of one."""
    store, team = this_store(), _asked_team()
    tables = {kind: _read(kind, team) for kind in Counted}
    findings = tables[Counted.FINDING]
    rulebook = _rulebook(team)
    return render_template(
        "console/figures.html",
        tables={str(kind): table for kind, table in tables.items()},
        charts={
            "checks": _chart("checks", "Checks by week", tables[Counted.CHECK].rows),
            "findings": _chart("findings", "Findings by week", findings.categories),
        },
        verdicts=VERDICTS,
        titles={**category_titles(this_site().checker.policy), OWN: "Your own rules"},
        answers=ANSWERS,
        names=name_rules(rulebook, published_everywhere(store)),
        clauses=_clauses(findings, rulebook),
        policy=rulebook.policy,
        hardly_used=find_hardly_used(store, _long_on(rulebook), team_id=team.id if team else None),
        stale_weeks=STALE_WEEKS,
        since=first_day(store),
        everyone=list_teams(store),
        whose=team,
    )


@console.get("/figures.csv")
@allow(Role.MANAGER)
def export_figures() -> Response:
    """Return the figures that the page shows as a table for a file, and no others."""
    team, written = _asked_team(), io.StringIO()
    table = csv.writer(written)
    table.writerow(("what", "name", "week", "number"))
    for kind in Counted:
        found = _read(kind, team)
        for what, rows in ((str(kind), found.rows), (f"{kind} by category", found.categories)):
            for row in rows:
                for week, number in zip(found.weeks, row.weeks, strict=True):
                    if number is not None:
                        table.writerow((what, row.name, week.isoformat(), number))
    return Response(
        written.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=figures.csv"},
    )


def _asked_team() -> Team | None:
    """Return the team that the address asks for, None for all together."""
    slug = request.args.get("of", ALL)
    return find_team(this_store(), slug) if slug != ALL else None


def _read(kind: Counted, team: Team | None) -> Table:
    return read_table(this_store(), kind, team_id=team.id if team else None)


def _rulebook(team: Team | None) -> Rulebook:
    checker = this_site().for_team(team.slug if team else COUNCIL).checker
    # Where the application was handed a checker, the shipped rules are all that is known.
    return checker.rulebook if isinstance(checker, LiveChecker) else load_rulebook()


def _chart(id: str, title: str, rows: Sequence[Row]) -> Bars:
    weeks = full_weeks(this_store().clock().date())
    sums = [_sum(row.weeks[at] for row in rows) for at in range(len(weeks))]
    return draw(id, title, weeks, sums)


def _sum(numbers: Iterable[int | None]) -> int | None:
    shown = [number for number in numbers if number is not None]
    return sum(shown) if shown else None


def _clauses(findings: Table, rulebook: Rulebook) -> list[tuple[Clause, int]]:
    """Return the clauses behind the rules that are shown, the most frequent first.

    From these alone, so that no clause tells how often a rule held that is left out.
    """
    sums: Counter[str] = Counter()
    for row in findings.rows:
        rule = rulebook.rule(row.name)
        for clause in rule.clauses if rule else ():
            sums[clause] += row.total
    known = {clause.id: clause for clause in rulebook.policy.clauses}
    found = [(known[id], number) for id, number in sums.most_common() if id in known]
    return found[:MOST_CLAUSES]


def _long_on(rulebook: Rulebook) -> list[str]:
    """Return the rules that have been on for so long that they should have held by now."""
    on = [rule.id for rule in rulebook.rules if rule.enabled]
    own = _own_on(full_weeks(this_store().clock().date(), STALE_WEEKS)[0])
    return [id for id in on if not id.startswith(f"{OWN}.") or id in own]


def _own_on(day: dt.date) -> set[str]:
    """Return the managers' rules that were on, in any team, on `day`."""
    store, found = this_store(), set()
    for team in list_teams(store):
        versions = [one for one in history(store, team.id) if one.published]
        then = [one for one in versions if one.published and one.published.date() <= day]
        if then:
            newest = max(then, key=lambda one: one.number)
            rules = read_overlay(newest.yaml).rules
            found |= {f"{OWN}.{rule.id}" for rule in rules if rule.state is State.ON}
    return found
