"""Who is logged in: by the session of the console, or by a proxy that is trusted to say so."""

from __future__ import annotations

from ipaddress import ip_address

from flask import g, request, session
from werkzeug.exceptions import Forbidden

from webapp.settings import Settings, read_networks
from webapp.store.database import Store
from webapp.store.managers import find_manager
from webapp.store.signing_in import find_by_stamp, log_out, mark_seen
from webapp.store.tables import Manager

MANAGER, STAMP, BEGAN, SEEN = "manager", "stamp", "began", "seen"
# The cookie is written anew at most once a minute.
WRITE_EVERY = 60


def begin_session(store: Store, manager: Manager) -> None:
    """Log `manager` in. Nothing of the session before is kept, so that nobody can plant one."""
    now = int(store.clock().timestamp())
    session.clear()
    session.update({MANAGER: manager.id, STAMP: manager.stamp, BEGAN: now, SEEN: now})
    g.manager = manager


def end_session(store: Store) -> None:
    """Log out, here and wherever else the cookie may have got to."""
    manager = current_manager()
    if manager is not None:
        log_out(store, manager.id)
    session.clear()
    g.manager = None


def current_manager() -> Manager | None:
    """Return who is logged in, found at the beginning of the request."""
    manager: Manager | None = g.get("manager")
    return manager


def the_manager() -> Manager:
    """Return who is logged in, on a page that is only for those who are."""
    manager = current_manager()
    if manager is None:
        raise Forbidden
    return manager


def find_out_who(store: Store, settings: Settings) -> Manager | None:
    """Return who asks, None for somebody who is not logged in.

    Raises `Forbidden` when a trusted proxy names somebody who has no account in use.
    """
    named = _named_by_proxy(settings)
    if not named:
        return _by_session(store, settings)
    manager = find_manager(store, named)
    if manager is None or not manager.active:
        raise Forbidden
    mark_seen(store, manager.id)
    return manager


def _named_by_proxy(settings: Settings) -> str:
    if not settings.login_header or not request.remote_addr:
        return ""
    try:
        sender = ip_address(request.remote_addr)
    except ValueError:
        return ""
    if not any(sender in network for network in read_networks(settings.login_proxies)):
        return ""
    return request.headers.get(settings.login_header, "").strip()


def _by_session(store: Store, settings: Settings) -> Manager | None:
    if MANAGER not in session:
        return None
    now = int(store.clock().timestamp())
    is_idle = now - session[SEEN] >= settings.session_idle_minutes * 60
    if is_idle or now - session[BEGAN] >= settings.session_hours * 3600:
        session.clear()
        return None
    manager = find_by_stamp(store, session[MANAGER], session[STAMP])
    if manager is None:
        session.clear()
    elif now - session[SEEN] >= WRITE_EVERY:
        session[SEEN] = now
        mark_seen(store, manager.id)
    return manager
