"""`postcheck batch`: many drafts from a file, with an answer to each in another."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tqdm import tqdm

from checker.batch import Backend, Batch, Start, Workers, refuse_unusable, run
from checker.commands.loading import shared_checker
from checker.commands.options import BAD_INPUT, counted, exit_code, fail_on, one_of
from checker.commands.stopped import Stopped
from checker.errors import DraftError
from checker.lines import read_lines
from checker.results import ERROR, Tally
from checker.verdict import Verdict
from checker.words import VERDICTS

# Seconds between two states of the progress bar. In a log file each of them is a line.
ON_SCREEN, IN_A_LOG = 0.1, 10.0


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    required=True,
    type=click.Path(path_type=Path),
    help="The file for the answers, as JSON lines.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Workers.")
@one_of("--backend", Backend, "What runs the workers.")
@click.option("--scheduler", metavar="ADDRESS", default="", help="A Dask scheduler to use.")
@click.option("--resume", is_flag=True, help="Go on with the OUT of a run that was stopped.")
@click.option("--force", is_flag=True, help="Replace an OUT that is there already.")
@fail_on
@click.pass_context
def command(
    context: click.Context,
    source: Path,
    target: Path,
    *,
    jobs: int,
    backend: str,
    scheduler: str,
    resume: bool,
    force: bool,
    fail_on: str,
) -> None:
    """Check the drafts in IN: JSON lines, or CSV if its name ends in .csv.

    Each has an id and a text, and may have account, photo, permission and audience. OUT gets one
    line each, in the same order.

    Exit code: 0 nothing found, 1 found at or above --fail-on, 2 a line or the call is wrong.
    """
    if resume and force:
        raise click.UsageError("Use --resume to go on or --force to start again, not both.")
    if scheduler and backend != Backend.DASK:
        raise click.UsageError("--scheduler goes with --backend dask.")
    start = Start.RESUME if resume else Start.REPLACE if force else Start.REFUSE
    workers = Workers(jobs, Backend(backend), scheduler)
    tally = _run(Batch(source, target, shared_checker, start, workers))
    _tell(tally, target)
    verdicts = [Verdict(name) for name in tally.outcomes if name != ERROR]
    context.exit(BAD_INPUT if tally.outcomes[ERROR] else exit_code(verdicts, fail_on))


def _run(batch: Batch) -> Tally:
    refuse_unusable(batch)
    total = sum(1 for _ in read_lines(batch.source))
    if not total:
        raise DraftError(f"“{batch.source}” holds no drafts: give one a line.")
    interval = ON_SCREEN if sys.stderr.isatty() else IN_A_LOG
    with tqdm(total=total, unit=" drafts", file=sys.stderr, mininterval=interval) as bar:
        try:
            return run(batch, bar.update)
        except KeyboardInterrupt:
            pass
    raise Stopped("Stopped. To go on from here, run it again with --resume.")


def _tell(tally: Tally, target: Path) -> None:
    counts = [f"{tally.outcomes[one]} {VERDICTS[one].tag.lower()}" for one in reversed(Verdict)]
    click.echo(
        f"“{target}” holds {counted(tally.outcomes.total(), 'answer')}: {', '.join(counts)}, "
        f"{tally.outcomes[ERROR]} not checked.",
        err=True,
    )
    if len(tally.makers) > 1:
        click.echo(
            "They were not all made with the same rules and reader (see “checked_with”): "
            "run it again with --force to have them alike.",
            err=True,
        )
