"""Groups to which other packages add commands, found by the names of their entry points."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from checker.commands.options import BAD_INPUT

# Imports point from the web application to the checker, so commands that need a store or serve
# pages are found under these names when both are installed, and never imported here.
COMMANDS, RULES = "postcheck.commands", "postcheck.commands.rules"


class Refused(click.ClickException):
    """A command that could not do what it was asked for, and says why in one sentence."""

    exit_code = BAD_INPUT


class Extended(click.Group):
    """A group of our own commands and those that other packages add under `added`."""

    def __init__(self, *words: Any, added: str, **options: Any) -> None:
        super().__init__(*words, **options)
        self.added = added

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(context), *self._entries()})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command called `name`, or None; an added one is imported only here."""
        own = super().get_command(context, name)
        entry = self._entries().get(name)
        return _load(entry) if own is None and entry is not None else own

    def _entries(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group=self.added)}


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
