"""Postcheck's engine: a draft post in, a reasoned report out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.draft import Draft as Draft
    from checker.engine import Checker as Checker
    from checker.engine import load_checker as load_checker
    from checker.report import Report as Report

__version__ = "0.1.0"
__all__ = ["Checker", "Draft", "Report", "load_checker"]

_HOMES = {
    "Checker": "checker.engine",
    "Draft": "checker.draft",
    "Report": "checker.report",
    "load_checker": "checker.engine",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first asked for: spaCy takes a second to load."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'checker' has no attribute {name!r}")
