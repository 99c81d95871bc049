"""`postcheck manager`: make the first account, list accounts, give somebody a new password."""

from __future__ import annotations

import os
import sys

import click

from webapp.settings import read_settings
from webapp.storage import opened
from webapp.store.errors import MissingRowError
from webapp.store.managers import add_manager, find_manager, list_managers, reset_password
from webapp.store.tables import Role


@click.group("manager")
def group() -> None:
    """Look after the accounts of the console."""


@group.command()
@click.argument("email")
@click.option("--name", required=True, help="Who it is, as others see it in the log.")
@click.option(
    "--role",
    type=click.Choice([str(role) for role in Role]),
    default=str(Role.ADMINISTRATOR),
    show_default=True,
    help="What the account may do.",
)
def add(email: str, name: str, role: str) -> None:
    """Make an account for EMAIL. The password is asked for, or read from standard input."""
    with opened(read_settings(os.environ)) as store:
        account, _ = add_manager(store, email, name, Role(role), password=_ask_password())
    click.echo(f"{account.name} can log in as {account.email}, as {account.role}.", err=True)


@group.command("list")
def tell_accounts() -> None:
    """List the accounts: e-mail address, role, whether in use, name."""
    with opened(read_settings(os.environ)) as store:
        for account in list_managers(store):
            state = "active" if account.active else "inactive"
            click.echo(f"{account.email}\t{account.role}\t{state}\t{account.name}")


@group.command()
@click.argument("email")
def reset(email: str) -> None:
    """Give EMAIL a new password and end a lock-out. It is asked for, or read from input."""
    with opened(read_settings(os.environ)) as store:
        account = find_manager(store, email)
        if account is None:
            raise MissingRowError("There is no such account: see postcheck manager list.")
        reset_password(store, account.id, password=_ask_password())
    click.echo(f"{account.email} has a new password.", err=True)


def _ask_password() -> str:
    """Return a password that nobody could read off the list of processes."""
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
