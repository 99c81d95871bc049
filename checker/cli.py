"""The command line: what the checker brings along, and the commands that other packages add."""

from __future__ import annotations

import errno
import io
import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

import checker
from checker.commands import batch, check, policy, rules
from checker.commands.options import BAD_INPUT
from checker.commands.stopped import Stopped
from checker.errors import PostcheckError
from checker.trail import describe

# Imports point from the web application to the checker, so commands that serve pages are found
# under this name when both are installed, and never imported here.
ADDED = "postcheck.commands"


# What a system says of a disk that takes no more.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Refused(click.ClickException):
    """A command that could not do what it was asked for, and says why in one sentence."""

    exit_code = BAD_INPUT


class Commands(click.Group):
    """Our own commands and those that other packages add, with every error as a sentence."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(context), *_added()})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command called `name`, or None; an added one is imported only here."""
        own = super().get_command(context, name)
        entry = _added().get(name)
        return _load(entry) if own is None and entry is not None else own

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(context)
        except PostcheckError as error:
            raise Refused(str(error)) from None
        except KeyboardInterrupt:
            raise Stopped("Stopped.") from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise Refused(f"The answer could not be written: {error.strerror}.") from None
        except Exception as error:
            # Python would print its message, which can quote the draft, and exit with 1, which
            # means that something was found.
            raise Refused(f"Something went wrong inside Postcheck: {describe(error)}") from None


def _added() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ADDED)}


def _load(entry: EntryPoint) -> click.Command:
    """Return the command of `entry`, or one of its name that says why it cannot be loaded."""
    try:
        loaded = entry.load()
    except ImportError as error:
        return _missing(entry.name, error.name or entry.module)
    return loaded if isinstance(loaded, click.Command) else _missing(entry.name, entry.module)


def _missing(name: str, module: str) -> click.Command:
    @click.command(name, add_help_option=False, context_settings={"ignore_unknown_options": True})
    @click.argument("arguments", nargs=-1)
    def refuse(arguments: tuple[str, ...]) -> None:
        raise Refused(f"The command {name} needs “{module}”: install Postcheck with all it needs.")

    refuse.help = f"Needs “{module}”, which is not installed."
    return refuse


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(checker.__version__, prog_name="postcheck")
def group() -> None:
    """Take a second look at a post before it goes out.

    Nothing that you check is kept, and nobody is told about it.
    """


group.add_command(check.command, "check")
group.add_command(batch.command, "batch")
group.add_command(rules.group, "rules")
group.add_command(policy.group, "policy")


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        # A sign that the terminal cannot show must not end in an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    group.main(prog_name="postcheck")
