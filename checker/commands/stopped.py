"""How a command ends that a person has stopped."""

from __future__ import annotations

from typing import IO, Any

import click


class Stopped(click.ClickException):
    """Ctrl-C was pressed; its message is one sentence, and no error."""

    # What a shell says of a command that was stopped: 128 and the number of the signal.
    exit_code = 130

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message on standard error."""
        click.echo(self.message, file=file, err=True)
