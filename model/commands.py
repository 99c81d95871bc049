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
@click.option("--further", is_flag=True, help="Go on from the shipped network for another hour.")
def train(*, further: bool) -> None:
    """Train on training_data/ and write checker/trained/; a broken run goes on where it stopped."""
    from model.train import train as run

    manifest = run(further=further)
    shown = {key: manifest[key] for key in manifest if key not in ("code", "data", "probes")}
    click.echo(json.dumps(shown, indent=2))


@group.command()
def teach() -> None:
    """Train the teacher and write its soft labels of all drafts (over an hour; extra teach)."""
    from model.teacher import teach as run

    click.echo(f"Wrote the soft labels of {run()} drafts")


@group.command()
def data() -> None:
    """Print the tables of the training data into its datasheet too; exit 1 on any fault."""
    from model.inspection import inspect, write_tables

    tables, faults = inspect()
    write_tables(tables)
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


@group.command()
def selection() -> None:
    """Select the drafts that are shipped to preview changes of rules, into checker/preview/."""
    from model.selection import select

    click.echo(select())


@group.command()
def material() -> None:
    """Write what heads are fitted on, for retraining with local examples, into checker/preview/."""
    from checker.classifier import FOLDER
    from model.dataset import load_dataset
    from model.held_out import find_held_out
    from model.material import write_material
    from model.train import look

    click.echo(write_material(*look(FOLDER, find_held_out(load_dataset()))))


@group.command()
def compare() -> None:
    """Compare kinds of learned reader on one split, into docs/the-model.md."""
    from model.comparison_page import compare as run

    click.echo(run())


@group.command()
@click.option("--network", is_flag=True, help="Fine-tune the network on each part too (2.5 hours).")
def curve(*, network: bool) -> None:
    """Learn from 25, 50, 75 and 100 % of the voices, into docs/the-model.md."""
    from model.comparison_page import draw_curve

    click.echo(draw_curve(with_network=network))


_drafts = click.option(
    "--drafts",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labelled drafts, as the labelling guide has them; may be given again.",
)


@group.command()
@_drafts
@click.option("--plots/--no-plots", default=True, help="Draw the plots, which takes matplotlib.")
def evaluate(files: tuple[Path, ...], *, plots: bool) -> None:
    """Measure the checker and write docs/evaluation.md, its figures and plots."""
    from checker.engine import load_checker
    from model.evaluate import evaluate as run

    click.echo(f"Wrote {run(load_checker(), files, plots=plots)}")


@group.command()
@_drafts
def mistakes(files: tuple[Path, ...]) -> None:
    """Print every missed breach and every false alarm, worst first."""
    from checker.engine import load_checker
    from model.mistakes import list_mistakes

    for told in list_mistakes(load_checker(), files):
        click.echo(f"{told}\n")


@group.command()
def card() -> None:
    """Write docs/model-card.md from the manifest and the figures of the last evaluation."""
    from model.card import write_card

    click.echo(f"Wrote {write_card()}")


@group.command()
def names() -> None:
    """Estimate how often a word that is also a name means the name, into the gazetteers."""
    from model.name_shares import write_shares

    write_shares()
    click.echo("Wrote the column name_share of checker/gazetteers/*_names.csv and surnames.csv")


@group.command()
def practice() -> None:
    """Write the drafts for practice, chosen in training_data/practice.yaml, for the web pages."""
    from model.practice import TARGET, write_practice

    click.echo(f"Wrote {write_practice()} drafts to {TARGET.parent.name}/{TARGET.name}")


def main() -> None:
    """Run the command line; a mistake in the data is one sentence and exit code 2."""
    try:
        group.main(prog_name="python -m model", standalone_mode=True)
    except PostcheckError as error:
        click.echo(error, err=True)
        raise SystemExit(2) from None
