"""Accounts of the console: made, listed, changed. Logging in is the matter of `signing_in`."""

from __future__ import annotations

import re
import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.passwords import find_fault, hash_password, make_one_time_password
from webapp.store.audit import note
from webapp.store.database import Store
from webapp.store.errors import (
    LastAdministratorError,
    ManagerError,
    ManagerExistsError,
    MissingRowError,
    PasswordError,
    see_mark,
)
from webapp.store.tables import Manager, Role

EMAIL = re.compile(r"[^@\s?&#%]{1,100}@[^@\s?&#%]+\.[^@\s?&#%]+")
LONGEST_EMAIL = 200
LONGEST_NAME = 100
CHANGED_MEANWHILE = (
    "Somebody else has changed this account meanwhile. Nothing was overwritten: what is saved now "
    "stands under the form. Save again to put yours in its place."
)


def list_managers(store: Store) -> list[Manager]:
    """Return all accounts by name, those in use first."""
    with store.reading() as session:
        asked = select(Manager).order_by(Manager.active.desc(), Manager.name, Manager.id)
        return list(session.scalars(asked))


def get_manager(store: Store, manager_id: int) -> Manager:
    """Return the account with this id; raises `MissingRowError` when there is none."""
    with store.reading() as session:
        return _found(session.get(Manager, manager_id))


def find_manager(store: Store, email: str) -> Manager | None:
    """Return the account with this e-mail address in any case, or None."""
    with store.reading() as session:
        return find(session, email)


def find(session: Session, email: str) -> Manager | None:
    """Return the account with this e-mail address within the transaction of `session`."""
    return session.scalar(select(Manager).where(Manager.email == email.strip().lower()))


def add_manager(
    store: Store,
    email: str,
    name: str,
    role: Role,
    *,
    password: str | None = None,
    by: Manager | None = None,
) -> tuple[Manager, str]:
    """Make an account; return it with its password.

    Without `password` it gets a one-time one, which has to be changed at the first login.
    Raises `ManagerError` for an address or a name that is none, `ManagerExistsError` for an
    address that is taken, `PasswordError` for a password that will not do.
    """
    email, name = email.strip().lower(), name.strip()
    _see_that_it_fits(email, name)
    given = make_one_time_password() if password is None else password
    account = Manager(
        email=email,
        name=name,
        role=role,
        active=True,
        must_change=password is None,
        failures=0,
        created=store.clock(),
    )
    set_password(store, account, given)
    with store.writing() as session:
        if find(session, email):
            raise ManagerExistsError(f"There is an account for {email} already.", "email")
        session.add(account)
        note(store, session, by, "manager.added", email=email, role=str(role))
        session.flush()
    return account, given


def set_password(store: Store, account: Manager, password: str) -> None:
    """Give `account` a password and end its sessions; raises `PasswordError` if it will not do."""
    fault = find_fault(password, account.email)
    if fault:
        raise PasswordError(fault)
    account.password_hash = hash_password(password)
    account.password_changed = store.clock()
    account.stamp = secrets.token_hex(16)
    account.failures, account.locked_until = 0, None


def reset_password(
    store: Store, manager_id: int, *, password: str | None = None, by: Manager | None = None
) -> str:
    """Give an account another password, end its sessions and its lock-out; return the password.

    Without `password` it is a one-time one. Raises `MissingRowError` or `PasswordError`.
    """
    with store.writing() as session:
        account = _found(session.get(Manager, manager_id, with_for_update=True))
        given = make_one_time_password() if password is None else password
        set_password(store, account, given)
        account.must_change = password is None
        note(store, session, by, "manager.reset", email=account.email)
        return given


def change_manager(
    store: Store, manager_id: int, *, name: str, role: Role, active: bool, was: str, by: Manager
) -> Manager:
    """Change who an account is for and what it may do; return it. Sessions end with either right.

    `was` is what `mark_of` gave for the account that the form was made from. Raises
    `MissingRowError`, `ManagerError` for a name that is none, `StaleRevisionError` when somebody
    changed it since or `was` is empty, and
    `LastAdministratorError` when nobody would be left to look after the accounts.
    """
    with store.writing() as session:
        account = _found(session.get(Manager, manager_id, with_for_update=True))
        _see_that_it_fits(account.email, name.strip())
        see_mark(was, mark_of(account), CHANGED_MEANWHILE)
        before = (account.role, account.active)
        account.name, account.role, account.active = name.strip(), role, active
        session.flush()
        if not _count_administrators(session):
            raise LastAdministratorError(
                "Somebody has to look after the accounts: make another administrator first.",
                "role",
            )
        if before != (role, active):
            account.stamp = secrets.token_hex(16)
        note(
            store,
            session,
            by,
            "manager.changed",
            email=account.email,
            role=str(role),
            active=active,
        )
        return account


def mark_of(account: Manager) -> str:
    """Return what changes with the name or a right of an account."""
    return " ".join((account.role, "active" if account.active else "stopped", account.name))


def _found(account: Manager | None) -> Manager:
    if account is None:
        raise MissingRowError("There is no such account: choose one from the list of people.")
    return account


def _count_administrators(session: Session) -> int:
    asked = select(func.count()).where(Manager.role == Role.ADMINISTRATOR, Manager.active)
    return session.scalar(asked) or 0


def _see_that_it_fits(email: str, name: str) -> None:
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email) or not email.isprintable():
        raise ManagerError("Enter an e-mail address, like aileen.moore@example.org.", "email")
    # Signs that cannot be seen would let one name pass for another in the log.
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        sentence = f"Enter a name of up to {LONGEST_NAME} letters that can be seen."
        raise ManagerError(sentence, "name")
