"""`postcheck rules list|lint|test|diff`: for the people who tune the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands.added import RULES, Extended
from checker.commands.loading import (
    load_folder,
    load_rules_checker,
    read_overlays,
    with_overlays,
)
from checker.commands.options import BAD_INPUT, FOUND, NOTHING_FOUND, counted, overlay
from checker.lines import Line, read_lines

if TYPE_CHECKING:
    from checker.overlay.contents import Overlay
    from checker.rulebook import Rulebook
    from checker.rules.check_examples import Failure
    from checker.rules.compare import Change, Judged
    from checker.rules.rule import Rule

COLUMNS = ("id", "category", "verdict", "certain", "enabled")

folder_argument = click.argument("folder", required=False, type=click.Path(path_type=Path))


@click.group("rules", cls=Extended, added=RULES)
def group() -> None:
    """Look at the rules, prove them, and see what a change would do.

    FOLDER holds rule files; the shipped ones are used where it is left out.
    """


@group.command("list")
@folder_argument
@overlay
def list_rules(folder: Path | None, overlays: tuple[Path, ...]) -> None:
    """List the rules in FOLDER; those on trial in an overlay are "shadow"."""
    book = with_overlays(load_folder(folder), read_overlays(overlays))
    shadow = ((*_row(rule)[:-1], "shadow") for rule in book.shadow)
    table = [COLUMNS, *map(_row, book.rules), *shadow]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _row(rule: Rule) -> tuple[str, ...]:
    certain, enabled = ("yes" if flag else "no" for flag in (rule.certain, rule.enabled))
    return (rule.id, str(rule.category), str(rule.verdict), certain, enabled)


@group.command()
@folder_argument
@overlay
@click.pass_context
def lint(context: click.Context, folder: Path | None, overlays: tuple[Path, ...]) -> None:
    """Read the rules in FOLDER and name the first mistake.

    Of each overlay everything is told that is wrong or worth knowing. Exit code: 0 no problem that
    matters, 1 an overlay has one that keeps it from being published, 2 a file cannot be read.
    """
    rulebook = load_folder(folder)
    rules, phrases = counted(len(rulebook.rules), "rule"), counted(len(rulebook.entries), "phrase")
    click.echo(f"{rules}, {phrases}, no problems")
    wrong = [_lint(*pair) for pair in _each_upon(rulebook, overlays)]
    context.exit(FOUND if any(wrong) else NOTHING_FOUND)


def _each_upon(
    rulebook: Rulebook, paths: tuple[Path, ...]
) -> Iterator[tuple[Path, Overlay, Rulebook]]:
    """Yield each overlay with the rulebook beneath it."""
    for path, laid in zip(paths, read_overlays(paths), strict=True):
        yield path, laid, rulebook
        rulebook = with_overlays(rulebook, [laid])


def _lint(path: Path, laid: Overlay, beneath: Rulebook) -> bool:
    """Print what there is to say of an overlay; tell whether it must not be published."""
    from checker.overlay.checking import blocks, check_overlay

    problems = check_overlay(load_rules_checker(beneath), laid)
    for problem in problems:
        click.echo(f"{path.name}: {'' if problem.blocks else 'note: '}{problem}")
    told = "no problems" if not problems else counted(len(problems), "note or problem")
    click.echo(f"{path.name}: {counted(len(laid.rules), 'own rule')}, {told}")
    return blocks(problems)


@group.command()
@folder_argument
@overlay
@click.pass_context
def test(context: click.Context, folder: Path | None, overlays: tuple[Path, ...]) -> None:
    """Run the examples of the rules in FOLDER, by rules alone; an overlay's drafts of rules too."""
    from checker.overlay.proof import all_on
    from checker.rules.check_examples import failures

    rulebook = with_overlays(load_folder(folder), list(map(all_on, read_overlays(overlays))))
    wrong = list(failures(load_rules_checker(rulebook)))
    for failure in wrong:
        click.echo(_told(failure))
    count = sum(len(rule.flag) + len(rule.ok) for rule in rulebook.rules)
    rules = counted(len(rulebook.rules), "rule")
    click.echo(f"{counted(count, 'example')} of {rules}, {len(wrong)} wrong")
    context.exit(FOUND if wrong else NOTHING_FOUND)


def _told(failure: Failure) -> str:
    wanted = "must be flagged, and passes" if failure.missed else "must pass, and is flagged"
    return f"{failure.rule}: “{failure.text}” {wanted}"


@group.command()
@click.argument("before", metavar="[FOLDER_A]", required=False, type=click.Path(path_type=Path))
@click.argument("after", metavar="[FOLDER_B]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--on",
    "drafts",
    metavar="DRAFTS",
    required=True,
    type=click.Path(path_type=Path),
    help="Drafts as for a batch; those that are labelled are shown with their label.",
)
@click.option("--show-text", is_flag=True, help="Print the drafts too, not only their ids.")
@overlay
@click.pass_context
def diff(
    context: click.Context,
    before: Path | None,
    after: Path | None,
    *,
    drafts: Path,
    show_text: bool,
    overlays: tuple[Path, ...],
) -> None:
    """Show the drafts that FOLDER_B judges otherwise than FOLDER_A, by rules alone.

    With --overlay, it is laid upon FOLDER_B, which may be left out: then FOLDER_A (or what is
    shipped) without it and with it are compared.

    Exit code: 0 none, 1 some, 2 a line of DRAFTS, a rule or the call is wrong.
    """
    from checker.rules.compare import compare

    if after is None and not overlays:
        raise click.UsageError("Give two folders to compare, or --overlay with none or one.")
    old = load_folder(before)
    beneath = load_folder(after) if after else old
    books = old, with_overlays(beneath, read_overlays(overlays))
    unread: list[Line] = []
    lines = _readable(drafts, unread)
    count = 0
    for change in compare(*books, lines, load_rules_checker(books[0])):
        count += 1
        _show(change, show_text=show_text)
    click.echo(f"Judged otherwise: {counted(count, 'draft')}")
    context.exit(BAD_INPUT if unread else FOUND if count else NOTHING_FOUND)


def _readable(drafts: Path, unread: list[Line]) -> Iterator[Line]:
    """Yield the lines with a draft; tell of the others on standard error, and add to `unread`."""
    for line in read_lines(drafts):
        if line.draft is None:
            click.echo(f"“{drafts}”, line {line.number}: {line.error}", err=True)
            unread.append(line)
        else:
            yield line


def _show(change: Change, *, show_text: bool) -> None:
    label = f" (labelled {change.line.label})" if change.line.label else ""
    click.echo(f"{change.line.id}: {change.kind}{label}")
    click.echo(f"    before: {_judged(change.before)}")
    click.echo(f"    after:  {_judged(change.after)}")
    if show_text and change.line.draft is not None:
        click.echo(f"    text:   {change.line.draft.text}")


def _judged(judged: Judged) -> str:
    return " ".join([str(judged.verdict), *(f"[{rule}]" for rule in sorted(judged.rules))])
