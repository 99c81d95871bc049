"""Options and exit codes that several commands have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.verdict import Verdict, worst

Function = TypeVar("Function", bound=Callable[..., Any])

NOTHING_FOUND = 0
FOUND = 1
BAD_INPUT = 2


def one_of(name: str, kind: type[StrEnum], help: str) -> Callable[[Function], Function]:
    """Return an option whose value is one of `kind`, the first where it is left out."""
    choices = [str(choice) for choice in kind]
    return click.option(
        name, type=click.Choice(choices), default=choices[0], show_default=True, help=help
    )


fail_on = click.option(
    "--fail-on",
    type=click.Choice([str(Verdict.REVIEW), str(Verdict.STOP)]),
    default=str(Verdict.REVIEW),
    show_default=True,
    help="The mildest verdict that makes the exit code 1.",
)


overlay = click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A manager's overlay; give the council's before a service's.",
)


def exit_code(verdicts: Iterable[Verdict], threshold: str) -> int:
    """Return the exit code for what was found, when `threshold` is the mildest that counts."""
    gravest = worst(tuple(verdicts))
    return FOUND if gravest.severity >= Verdict(threshold).severity else NOTHING_FOUND


def counted(number: int, thing: str) -> str:
    """Return how many of `thing` there are, in words: "1 rule", "2 rules"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
