"""What is published for a team, as the store says: the checkers of all workers ask every moment."""

from __future__ import annotations

from webapp.live import Current, Published
from webapp.retrained import heads_of
from webapp.storage import LazyStore
from webapp.store.overlays import read_line
from webapp.store.retrained import find_promoted
from webapp.store.teams import COUNCIL

AS_SHIPPED = "as shipped"


def published_in(store: LazyStore) -> Current:
    """Return what tells the checkers what is published in `store`; where there is none, nothing.

    What it returns raises `StoreError` while the store cannot be used.
    """

    def current(team: str) -> Published:
        if not store.exists():
            return Published(AS_SHIPPED)
        version, overlays = read_line(store.open(), team or COUNCIL)
        reader = find_promoted(store.open())
        return Published(
            version or AS_SHIPPED,
            overlays,
            heads_of(reader, store.folder) if reader else None,
        )

    return current
