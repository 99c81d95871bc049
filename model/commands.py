"""The offline commands on the learned reader."""

from __future__ import annotations

import json
from pathlib import Path

import click

from checker.errors import PostcheckError


@click.group()
def group() -> None:
    """Train and measure the learned reader."""


@group.command()
def train() -> None:
    """Train on training_data/ and write checker/trained/; a broken run goes on where it stopped."""
    from model.train import train as run

    manifest = run()
    shown = {key: manifest[key] for key in manifest if key not in ("code", "data", "probes")}
    click.echo(json.dumps(shown, indent=2))


@group.command()
def data() -> None:
    """Print the tables of the training data; exit 1 where a floor is not reached."""
    from model.inspection import inspect

    tables, faults = inspect()
    click.echo(tables)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)


@group.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sector", required=True, help="The sector whose file takes the drafts.")
@click.option("--voice", required=True, help="The batch that the drafts belong to.")
@click.option("--check", is_flag=True, help="Only check; store nothing.")
def add(path: Path, *, sector: str, voice: str, check: bool) -> None:
    """Add the drafts written in short lines in PATH, and print what the batch holds."""
    from model.compose import compose
    from model.coverage import batch_table
    from model.dataset import append_records, parse_labelled

    records = compose(path, sector=sector, voice=voice)
    click.echo(batch_table([parse_labelled(one["id"], one) for one in records]))
    if not check:
        append_records(records, sector)


def main() -> None:
    """Run the command line; a mistake in the data is one sentence and exit code 2."""
    try:
        group.main(prog_name="python -m model", standalone_mode=True)
    except PostcheckError as error:
        raise SystemExit(f"{error}") from None
