"""`postcheck check`: one draft, from a file or standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands.loading import read_overlays, shared_checker, with_overlays
from checker.commands.options import exit_code, fail_on, one_of, overlay
from checker.draft import Account, Audience, Draft, Permission, Photo, make_draft
from checker.source import read_file, read_stream
from checker.verdict import Verdict

if TYPE_CHECKING:
    from checker.engine import Checker
    from checker.report import Report


@click.command()
@click.argument("file", default="-")
@click.argument("more", nargs=-1, metavar="")
@one_of("--account", Account, "Where the post will stand.")
@one_of("--photo", Photo, "What the picture with it shows; people: who use services.")
@one_of("--permission", Permission, "Whether the people shown or named agreed in writing.")
@one_of("--audience", Audience, "Who can see it.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@fail_on
@overlay
@click.pass_context
def command(
    context: click.Context,
    /,
    file: str,
    more: tuple[str, ...],
    form: str,
    fail_on: str,
    overlays: tuple[Path, ...],
    **answers: str,
) -> None:
    """Check the draft in FILE, or on standard input (-).

    Exit code: 0 nothing found, 1 found at or above --fail-on, 2 the draft or the call is wrong.
    """
    if more:
        # click's own sentence would repeat them, and they may be the words of a post.
        raise click.UsageError("Give one file, or pipe the post in: words typed here are no post.")
    draft = make_draft(_read(file), **answers)
    checker = _load(overlays)
    answer = _answer_in_json if form == "json" else _answer_in_words
    verdict = answer(checker, draft)
    context.exit(exit_code((verdict,), fail_on))


def _read(file: str) -> str:
    if file != "-":
        return read_file(Path(file))
    # Python has none where the shell closed it ("<&-").
    stream = sys.stdin.buffer if sys.stdin else None
    if stream and stream.isatty():
        click.echo("Type or paste your post, then press Enter and Ctrl-D.", err=True)
    return read_stream(stream, "Standard input")


def _load(paths: tuple[Path, ...]) -> Checker:
    """Return the checker with the overlays at `paths`; a wrong one is told before it is loaded."""
    overlays = read_overlays(paths)
    checker = shared_checker()
    if not overlays:
        return checker
    return checker.with_rulebook(with_overlays(checker.rulebook, overlays))


def _check(checker: Checker, draft: Draft) -> Report:
    """Return the report with the safer wording, for which a batch has no time."""
    report = checker.check(draft)
    return report.offering(checker.suggest(draft, report))


def _answer_in_json(checker: Checker, draft: Draft) -> Verdict:
    report = _check(checker, draft)
    # As bytes, because JSON is UTF-8 whatever the terminal is.
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2).encode())
    return report.verdict


def _answer_in_words(checker: Checker, draft: Draft) -> Verdict:
    from checker.terminal import make_console, show

    report = _check(checker, draft)
    show(report, draft, policy=checker.rulebook.policy, console=make_console())
    return report.verdict
