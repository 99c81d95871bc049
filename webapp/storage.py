"""The store that an application uses: opened when a page first needs it, and never for a check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask, current_app

from webapp.instance import folder, store_address, store_file
from webapp.settings import Settings
from webapp.store.database import Store
from webapp.store.errors import StoreError
from webapp.store.schema import open_store

KEY = "postcheck-store"
NONE_YET = "none yet"
READY = "ready"


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the store of `settings` for a command or a process of its own, and close it again.

    Raises `StoreError` when it cannot be used.
    """
    store = open_store(store_address(settings))
    try:
        yield store
    finally:
        store.close()


class LazyStore:
    """A store that is opened once, at its first use; a failure is tried again the next time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store: Store | None = None
        self._lock = Lock()

    def open(self) -> Store:
        """Return the open store; makes a new file where there is none.

        Raises `StoreError` when it cannot be used.
        """
        with self._lock:
            if self._store is None:
                self._store = open_store(store_address(self._settings))
            return self._store

    @property
    def folder(self) -> Path:
        """Return the instance folder, where files stand that the store tells of."""
        return folder(self._settings)

    def exists(self) -> bool:
        """Tell whether there is one; whoever only checks posts makes none."""
        return bool(self._settings.database) or store_file(self._settings).exists()

    def health(self) -> str:
        """Return in words whether it can be used; makes no file."""
        if not self.exists():
            return NONE_YET
        try:
            with self.open().reading() as session:
                session.connection()
        except StoreError as error:
            return str(error)
        return READY


def install(app: Flask, settings: Settings) -> None:
    """Give `app` its store, which nothing opens yet."""
    app.extensions[KEY] = LazyStore(settings)


def lazy_store(app: Flask) -> LazyStore:
    """Return the store of `app`, open or not."""
    return cast(LazyStore, app.extensions[KEY])


def this_store() -> Store:
    """Return the open store of the application that is answering now; raises `StoreError`."""
    return lazy_store(current_app).open()
