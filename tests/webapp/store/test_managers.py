"""Accounts: made, changed, locked out after failures, and never left without an administrator."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.clock import Clock
from webapp.passwords import find_fault, make_one_time_password, verify
from webapp.store.audit import read_events
from webapp.store.database import Store
from webapp.store.errors import (
    LastAdministratorError,
    ManagerError,
    ManagerExistsError,
    MissingRowError,
    PasswordError,
    StaleRevisionError,
)
from webapp.store.managers import (
    add_manager,
    change_manager,
    find_manager,
    get_manager,
    list_managers,
    mark_of,
    reset_password,
)
from webapp.store.signing_in import (
    change_password,
    find_by_stamp,
    is_locked,
    log_in,
    log_out,
    mark_seen,
)
from webapp.store.tables import Manager, Role

# That of the accounts of the tests.
PASSWORD = "three random words"
OTHER = "four other random words"


def test_a_password_is_kept_as_argon2_at_its_full_cost(store: Store) -> None:
    account, _ = add_manager(store, "cat@example.org", "Cat", Role.MANAGER, password=PASSWORD)
    assert account.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in account.password_hash


def test_an_address_is_found_in_any_case(store: Store, aileen: Manager) -> None:
    found = find_manager(store, " Aileen@Example.ORG ")
    assert found is not None
    assert found.id == aileen.id


def test_a_name_may_have_accents_and_signs_that_are_seen(store: Store) -> None:
    account, _ = add_manager(store, "m@example.org", "Màiri O’Neill-Łucka", Role.MANAGER)
    assert account.name == "Màiri O’Neill-Łucka"


def test_without_a_password_a_one_time_one_is_made(store: Store) -> None:
    account, given = add_manager(store, "cat@example.org", "Cat", Role.MANAGER)
    assert (account.must_change, len(given)) == (True, 16)
    assert verify(account.password_hash, given)


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("aileen", "A", "Enter an e-mail address"),
        ("a@b", "A", "Enter an e-mail address"),
        (f"{'a' * 101}@example.org", "A", "Enter an e-mail address"),
        ("a@example.org", " ", "Enter a name"),
        ("a@example.org", "A" * 101, "Enter a name"),
        ("a@example.org", "A\x00", "Enter a name"),
        ("a@example.org", "\u202eneeliA", "Enter a name"),
        ("a\x00@example.org", "A", "Enter an e-mail address"),
    ],
)
def test_what_is_no_account_is_refused(store: Store, email: str, name: str, sentence: str) -> None:
    with pytest.raises(ManagerError, match=sentence):
        add_manager(store, email, name, Role.MANAGER)
    assert list_managers(store) == []


def test_an_address_is_taken_once(store: Store, aileen: Manager) -> None:
    with pytest.raises(ManagerExistsError, match="an account for aileen@example.org already"):
        add_manager(store, "AILEEN@example.org", "Other", Role.MANAGER)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Use 12 to 200 characters"),
        ("a" * 201, "Use 12 to 200 characters"),
        ("ababababababab", "Use more different characters"),
        ("my aileen password", "Leave your e-mail address out"),
    ],
)
def test_a_weak_password_is_refused(password: str, sentence: str) -> None:
    assert find_fault(password, "aileen@example.org").startswith(sentence)


@pytest.mark.parametrize(
    "password",
    [PASSWORD, make_one_time_password(), "a" * 194 + "bcdefg"],
    ids=["words", "one-time", "longest"],
)
def test_a_fit_password_is_taken(password: str) -> None:
    assert find_fault(password, "aileen@example.org") == ""


def test_a_name_of_two_letters_may_stand_in_a_password() -> None:
    assert find_fault("major horse battery", "jo@example.org") == ""


def test_log_in(store: Store, aileen: Manager) -> None:
    account = log_in(store, "aileen@example.org", PASSWORD)
    assert account is not None
    assert (account.id, account.last_seen) == (aileen.id, store.clock())
    assert read_events(store)[0].what == "manager.logged-in"


def test_a_wrong_password_or_address_is_refused(store: Store, aileen: Manager) -> None:
    assert log_in(store, "aileen@example.org", OTHER) is None
    assert log_in(store, "nobody@example.org", PASSWORD) is None


def test_an_account_is_locked_after_five_failures_and_opens_again(
    store: Store, aileen: Manager, clock: Clock
) -> None:
    for _ in range(4):
        log_in(store, aileen.email, OTHER)
    assert not is_locked(store, get_manager(store, aileen.id))
    log_in(store, aileen.email, OTHER)
    assert is_locked(store, get_manager(store, aileen.id))
    assert log_in(store, aileen.email, PASSWORD) is None
    assert read_events(store)[0].what == "manager.locked"
    clock.move(minutes=15)
    assert log_in(store, aileen.email, PASSWORD) is not None


def test_a_success_forgives_failures(store: Store, aileen: Manager) -> None:
    for password in (OTHER, OTHER, OTHER, OTHER, PASSWORD, OTHER):
        log_in(store, aileen.email, password)
    assert get_manager(store, aileen.id).failures == 1


def test_a_session_ends_with_its_stamp(store: Store, aileen: Manager) -> None:
    assert find_by_stamp(store, aileen.id, aileen.stamp) is not None
    log_out(store, aileen.id)
    assert find_by_stamp(store, aileen.id, aileen.stamp) is None


Act = Callable[[Store, Manager, Manager], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda store, one, by: change_password(store, one.id, PASSWORD, OTHER),  # noqa: ARG005
        lambda store, one, by: reset_password(store, one.id, by=by),
        lambda store, one, by: change_manager(
            store, one.id, name="B", role=Role.MANAGER, active=True, was=mark_of(one), by=by
        ),
        lambda store, one, by: change_manager(
            store, one.id, name="B", role=one.role, active=False, was=mark_of(one), by=by
        ),
    ],
    ids=["password", "reset", "role", "deactivated"],
)
def test_a_change_of_rights_or_password_ends_sessions(
    store: Store, aileen: Manager, bruce: Manager, act: Act
) -> None:
    act(store, bruce, aileen)
    assert find_by_stamp(store, bruce.id, bruce.stamp) is None


def change(store: Store, one: Manager, by: Manager, role: Role, *, active: bool = True) -> None:
    """Change an account from what is saved of it."""
    was = mark_of(get_manager(store, one.id))
    change_manager(store, one.id, name="B", role=role, active=active, was=was, by=by)


def test_a_change_of_name_ends_none(store: Store, aileen: Manager, bruce: Manager) -> None:
    change(store, bruce, aileen, bruce.role)
    assert find_by_stamp(store, bruce.id, bruce.stamp) is not None


def test_who_is_not_active_cannot_log_in(store: Store, aileen: Manager, bruce: Manager) -> None:
    change(store, bruce, aileen, bruce.role, active=False)
    assert log_in(store, bruce.email, PASSWORD) is None


@pytest.mark.parametrize(("role", "active"), [(Role.MANAGER, True), (Role.ADMINISTRATOR, False)])
def test_the_last_administrator_stays(
    store: Store, aileen: Manager, role: Role, active: bool
) -> None:
    with pytest.raises(LastAdministratorError, match="make another administrator first"):
        change(store, aileen, aileen, role, active=active)
    assert get_manager(store, aileen.id).role is Role.ADMINISTRATOR


def test_one_of_two_administrators_may_go(store: Store, aileen: Manager, bruce: Manager) -> None:
    change(store, bruce, aileen, Role.ADMINISTRATOR)
    change(store, aileen, bruce, Role.MANAGER)
    assert [one.role for one in list_managers(store)] == [Role.MANAGER, Role.ADMINISTRATOR]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    store: Store, aileen: Manager, bruce: Manager
) -> None:
    was = mark_of(bruce)
    change(store, bruce, aileen, Role.APPROVER)
    for mark, said in ((was, "changed this account meanwhile"), ("", "did not say")):
        with pytest.raises(StaleRevisionError, match=said):
            change_manager(
                store, bruce.id, name="C", role=Role.MANAGER, active=True, was=mark, by=aileen
            )
    kept = get_manager(store, bruce.id)
    assert (kept.name, kept.role) == ("B", Role.APPROVER)


def test_an_own_password_is_changed(store: Store, aileen: Manager) -> None:
    change_password(store, aileen.id, PASSWORD, OTHER)
    assert log_in(store, aileen.email, PASSWORD) is None
    assert log_in(store, aileen.email, OTHER) is not None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (OTHER, OTHER, "present password is not right"),
        (PASSWORD, PASSWORD, "that you have not now"),
        (PASSWORD, "short", "Use 12 to 200 characters"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    store: Store, aileen: Manager, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(PasswordError, match=sentence):
        change_password(store, aileen.id, old, new)
    assert find_by_stamp(store, aileen.id, aileen.stamp) is not None


def test_a_reset_opens_a_locked_account_with_a_new_password(
    store: Store, aileen: Manager, bruce: Manager
) -> None:
    for _ in range(5):
        log_in(store, bruce.email, OTHER)
    given = reset_password(store, bruce.id, by=aileen)
    account = log_in(store, bruce.email, given)
    assert account is not None
    assert account.must_change


def test_no_password_is_in_the_log(
    store: Store, aileen: Manager, rows: Callable[[str], list[tuple[object, ...]]]
) -> None:
    given = reset_password(store, aileen.id)
    change_password(store, aileen.id, given, OTHER)
    log_in(store, aileen.email, OTHER)
    logged = repr(rows("SELECT * FROM audit_event"))
    assert re.findall("manager.[a-z-]+", logged) == [
        "manager.reset",
        "manager.password-changed",
        "manager.logged-in",
    ]
    assert (given in logged, OTHER in logged, PASSWORD in logged) == (False, False, False)


def test_the_last_visit_is_written_down_once_a_minute(
    store: Store, aileen: Manager, clock: Clock
) -> None:
    first = store.clock()
    mark_seen(store, aileen.id)
    clock.move(seconds=59)
    mark_seen(store, aileen.id)
    assert get_manager(store, aileen.id).last_seen == first
    clock.move(seconds=1)
    mark_seen(store, aileen.id)
    assert get_manager(store, aileen.id).last_seen == store.clock()


def test_an_account_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(MissingRowError, match="There is no such account"):
        get_manager(store, 999)
