"""Logging in and out: passwords, lock-out after failures, and the stamp that sessions carry."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy.orm import Session

from webapp.passwords import verify
from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import PasswordError
from webapp.store.managers import find_manager, set_password
from webapp.store.tables import Manager

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
# How often the time of the last visit is written down; a write for each page would be waste.
SEEN_EVERY = timedelta(minutes=1)


def log_in(store: Store, email: str, password: str) -> Manager | None:
    """Return the account when address and password are right, and None in every other case.

    Nobody is told which case it was: no such account, a wrong password, one that is not in use,
    or one that is locked for a while after too many failures.
    """
    known = find_manager(store, email)
    # Outside of the transaction, because it takes a while by design.
    right = verify(known.password_hash if known else "", password)
    if known is None:
        return None
    with store.writing() as session:
        account = session.get_one(Manager, known.id, with_for_update=True)
        if not account.active or is_locked(store, account):
            return None
        if not right:
            _count_failure(store, session, account)
            return None
        account.failures, account.locked_until = 0, None
        account.last_seen = store.clock()
        note(store, session, account, "manager.logged-in")
        return account


def _count_failure(store: Store, session: Session, account: Manager) -> None:
    account.failures += 1
    if account.failures >= MOST_FAILURES:
        account.failures, account.locked_until = 0, store.clock() + LOCKED_FOR
        note(store, session, None, "manager.locked", email=account.email)


def is_locked(store: Store, account: Manager) -> bool:
    """Tell whether the account is locked now."""
    return account.locked_until is not None and store.clock() < account.locked_until


def find_by_stamp(store: Store, manager_id: int, stamp: str) -> Manager | None:
    """Return the account that a session belongs to, or None when the session is over."""
    with store.reading() as session:
        account = session.get(Manager, manager_id)
    if account is None or not account.active:
        return None
    return account if secrets.compare_digest(account.stamp, stamp) else None


def mark_seen(store: Store, manager_id: int) -> None:
    """Write down that somebody was here now, at most once a minute."""
    with store.reading() as session:
        account = session.get(Manager, manager_id)
    now = store.clock()
    if account and (account.last_seen is None or now - account.last_seen >= SEEN_EVERY):
        with store.writing() as session:
            session.get_one(Manager, manager_id).last_seen = now


def log_out(store: Store, manager_id: int) -> None:
    """End every session of an account, also those whose cookie somebody copied."""
    with store.writing() as session:
        account = session.get_one(Manager, manager_id)
        account.stamp = secrets.token_hex(16)
        note(store, session, account, "manager.logged-out")


def change_password(store: Store, manager_id: int, old: str, new: str) -> Manager:
    """Change somebody's own password, end their other sessions and return the account.

    Raises `PasswordError` when `old` is wrong or `new` will not do.
    """
    with store.writing() as session:
        account = session.get_one(Manager, manager_id)
        if not verify(account.password_hash, old):
            raise PasswordError("Your present password is not right.", "old")
        if old == new:
            raise PasswordError("Choose a password that you have not now.")
        set_password(store, account, new)
        account.must_change = False
        note(store, session, account, "manager.password-changed")
        return account
