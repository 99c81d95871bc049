"""The offline commands on the learned reader."""

from __future__ import annotations

import json

import click

from checker.errors import PostcheckError


@click.group()
def group() -> None:
    """Train and measure the learned reader."""


@group.command()
@click.option("--without-encoder", is_flag=True, help="Words, characters and clues alone.")
def train(*, without_encoder: bool) -> None:
    """Train on training_data/ and write checker/trained/."""
    from model.train import train as run

    manifest = run(encoder=not without_encoder)
    click.echo(
        json.dumps(
            {key: manifest[key] for key in manifest if key not in ("code", "data")}, indent=2
        )
    )


@group.command()
def data() -> None:
    """Print the tables of the training data; exit 1 where a floor is not reached."""
    from model.coverage import floors, table
    from model.dataset import load_dataset

    drafts = load_dataset()
    click.echo(table(drafts))
    if not all(floor.is_reached for floor in floors(drafts)):
        raise SystemExit(1)


def main() -> None:
    """Run the command line; a mistake in the data is one sentence and exit code 2."""
    try:
        group.main(prog_name="python -m model", standalone_mode=True)
    except PostcheckError as error:
        raise SystemExit(f"{error}") from None
