"""`postcheck serve`, which the checker's command line finds through its entry point."""

from __future__ import annotations

import dataclasses
import errno
import os
import socket

import click

from checker.errors import PostcheckError
from webapp.settings import read_settings

# What a system says of an address that cannot be listened on.
UNFIT = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


class AddressError(PostcheckError):
    """The address cannot be listened on; names it and the remedy."""


@click.command("serve")
@click.option("--host", help="The address to listen on; else the setting host.")
@click.option("--port", type=int, help="The port to listen on; else the setting port.")
def command(host: str | None, port: int | None) -> None:
    """Serve the pages and the HTTP API until stopped."""
    # Imported here, so that the help of all commands does not wait for the web.
    from webapp.serving import serve

    given = {name: one for name, one in (("host", host), ("port", port)) if one is not None}
    settings = dataclasses.replace(read_settings(os.environ), **given)  # type: ignore[arg-type]
    try:
        # Waitress says less of a name that is no address, and says it later.
        socket.getaddrinfo(settings.host, settings.port)
        serve(settings.host, settings.port, settings)
    except OSError as error:
        if not isinstance(error, socket.gaierror) and error.errno not in UNFIT:
            raise
        raise AddressError(
            f"Port {settings.port} of {settings.host} cannot be used ({error.strerror}): "
            "give another with --port or --host."
        ) from None
