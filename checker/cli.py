"""The command line: what the checker brings along, and the commands that other packages add."""

from __future__ import annotations

import errno
import io
import sys
from typing import Any

import click

import checker
from checker.commands import batch, check, policy, rules
from checker.commands.added import COMMANDS, Extended, Refused
from checker.commands.stopped import Stopped
from checker.errors import PostcheckError
from checker.trail import describe

# What a system says of a disk that takes no more.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Commands(Extended):
    """All commands, with every error as a sentence."""

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


@click.group(cls=Commands, added=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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
