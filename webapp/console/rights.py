"""Who may open which page of the console, declared beside each page and refused without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from flask import Flask, url_for

from webapp.store.tables import Manager, Role

P = ParamSpec("P")
R = TypeVar("R")
MARK = "postcheck_right"


@dataclass(frozen=True, slots=True)
class Right:
    """The least role that a page is for, None for anybody; and how the side navigation names it.

    Without `menu` it is not in the navigation. `order` sorts the entries.
    """

    least: Role | None
    menu: str = ""
    order: int = 50

    def allows(self, manager: Manager | None) -> bool:
        """Tell whether `manager`, None for somebody who is not logged in, may open the page."""
        if self.least is None:
            return True
        return manager is not None and manager.role.rank >= self.least.rank


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the side navigation, or of the teams there."""

    words: str
    url: str
    is_current: bool = False


def allow(
    least: Role | None, *, menu: str = "", order: int = 50
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare who may open a page; stands below its route. `menu` puts it in the navigation."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, MARK, Right(least, menu, order))
        return view

    return mark


def right_of(app: Flask, endpoint: str) -> Right | None:
    """Return what was declared for a page, None when nothing was."""
    return getattr(app.view_functions[endpoint], MARK, None)


def list_entries(app: Flask, manager: Manager) -> list[Entry]:
    """Return the side navigation of `manager`: the pages that were declared with `menu`."""
    found = [(right_of(app, endpoint), endpoint) for endpoint in app.view_functions]
    entries = [
        (right.order, Entry(right.menu, url_for(endpoint)))
        for right, endpoint in found
        if right and right.menu and right.allows(manager)
    ]
    return [entry for _, entry in sorted(entries, key=lambda one: (one[0], one[1].words))]
