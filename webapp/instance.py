"""The instance folder: where the store and the key that signs cookies are kept."""

from __future__ import annotations

import os
import secrets
import sys
import time
from pathlib import Path

from webapp.settings import Settings
from webapp.store.database import OWNER_ONLY
from webapp.store.errors import StoreError

STORE = "postcheck.sqlite"
KEY = "secret-key"
# A key that another process is just writing is there within this many tries.
TRIES, PAUSE = 50, 0.02


def folder(settings: Settings) -> Path:
    """Return the instance folder: the one that is set, or the one beside the program.

    It depends neither on who starts Postcheck nor on where, so that commands and pages agree.
    """
    if settings.instance:
        return Path(settings.instance).absolute()
    root = Path(__file__).parents[1]
    # In an installation the program lies among other packages.
    is_checkout = (root / "setup.cfg").exists()
    return root / "instance" if is_checkout else Path(sys.prefix) / "var" / "postcheck"


def store_file(settings: Settings) -> Path:
    """Return where the store of SQLite's is."""
    return folder(settings) / STORE


def store_address(settings: Settings) -> str:
    """Return the address of the store as an SQLAlchemy URL."""
    return settings.database or f"sqlite:///{store_file(settings)}"


def secret_key(settings: Settings) -> str:
    """Return the key that is set, or the one in the instance folder, which is made once.

    Raises `StoreError` when it can be neither read nor made.
    """
    if settings.secret_key:
        return settings.secret_key
    path = folder(settings) / KEY
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(
                os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "w"
            ) as to:
                to.write(secrets.token_hex(32))
        except FileExistsError:
            pass
        return _read(path)
    except OSError as error:
        raise StoreError(
            f"The secret key {path} cannot be read or made ({error.strerror}): "
            "set secret_key, or make the folder writable."
        ) from None


def _read(path: Path) -> str:
    for _ in range(TRIES):
        key = path.read_text("ascii").strip()
        if key:
            return key
        time.sleep(PAUSE)
    raise StoreError(f"The secret key {path} is empty: delete the file, and one is made anew.")
