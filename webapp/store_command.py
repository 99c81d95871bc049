"""`postcheck store`: bring the store up to date, back it up, restore it, delete what expired."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from webapp.instance import store_address
from webapp.settings import Settings, read_settings
from webapp.storage import opened
from webapp.store.backup import back_up, restore_backup
from webapp.store.database import Store, connect
from webapp.store.feedback import expire
from webapp.store.schema import known_revisions, revision_of
from webapp.store.schema import upgrade as upgrade_store


@click.group("store")
def group() -> None:
    """Look after the store of the console."""


@group.command()
def upgrade() -> None:
    """Make the tables, or bring those of an earlier Postcheck up to date."""
    with _connected() as store:
        upgrade_store(store)
    click.echo("The store is up to date.", err=True)


@group.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write all that the store holds to FILE; nobody has to stop working."""
    with _connected() as store:
        back_up(store, file)
    click.echo(f"The store was written to {file}. Keep it as safe as the store itself.", err=True)


@group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Throw away what the store holds now.")
def restore(file: Path, *, replace: bool) -> None:
    """Put the backup FILE in the place of all that the store holds.

    Reports from staff whose time is over are deleted at once.
    """
    with _connected() as store:
        if not replace and revision_of(store) is not None:
            raise click.UsageError("The store is not empty: back it up, then add --replace.")
        restore_backup(store, file)
        expire(store)
    click.echo(f"The store holds what {file} holds.", err=True)


@group.command("expire")
def delete_expired() -> None:
    """Delete the reports from staff whose time is over."""
    with opened(_settings()) as store:
        gone = expire(store)
    click.echo(f"{gone} {'report was' if gone == 1 else 'reports were'} deleted.", err=True)


@group.command("status")
def tell_status() -> None:
    """Say which revision the store has, and which is the newest."""
    with _connected() as store:
        click.echo(f"{revision_of(store) or 'none'} of {known_revisions()[-1]}")


@contextmanager
def _connected() -> Iterator[Store]:
    store = connect(store_address(_settings()))
    try:
        yield store
    finally:
        store.close()


def _settings() -> Settings:
    return read_settings(os.environ)
