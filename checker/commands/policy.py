"""`postcheck policy show|lint`: the clauses that findings point to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from checker.clause import Clause
from checker.policy import Policy, Source, Status, load_policy
from checker.policy.document import SOURCES


@click.group("policy")
def group() -> None:
    """Look at the SSSC Codes, the guidance and the council's own policy."""


@group.command()
@click.option("--source", type=click.Choice(SOURCES), help="One of the policies only.")
def show(source: str | None) -> None:
    """Print the clauses that are in force, with their numbers and links."""
    policy = load_policy()
    chosen = [
        one for one in policy.sources if one.status is Status.CURRENT and source in (None, one.id)
    ]
    click.echo("\n".join(line for one in chosen for line in _document(one, policy)).strip())


def _document(source: Source, policy: Policy) -> Iterator[str]:
    yield from ("", f"{source.title} ({source.version}), {source.in_force}")
    if source.url:
        yield source.url
    yield source.note
    for clause in policy.from_source(source.id):
        yield from _clause(clause, policy)


def _clause(clause: Clause, policy: Policy) -> Iterator[str]:
    yield from ("", f"  {policy.cite(clause)}: {clause.title}  [{clause.id}]")
    yield f"    {clause.text}"
    if clause.url:
        yield f"    {clause.url}"


@group.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def lint(folder: Path | None) -> None:
    """Read the policy files in FOLDER (left out: the shipped ones) and name the first mistake."""
    policy = load_policy(folder)
    unsure = sum(not clause.confirmed for clause in policy.clauses)
    click.echo(
        f"{len(policy.clauses)} clauses in force, {len(policy.earlier_clauses)} earlier ones, "
        f"no problems; {unsure} numbers are not confirmed"
    )
