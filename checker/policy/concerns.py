"""The thirteen categories in a reader's words, each with the clauses that bear on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from checker.errors import RulebookError
from checker.strict_yaml import as_mapping, check_keys, read_mapping, read_text, suggest
from checker.verdict import Category

FILE = "categories.yaml"
# Code 5.8: everything that a post can put at risk comes back to it.
FIRST = "sssc.suitability"


@dataclass(frozen=True, slots=True)
class Concern:
    """A category with its title, a sentence that describes it, and the ids of its clauses."""

    category: Category
    title: str
    description: str
    clauses: tuple[str, ...]


def read_concerns(path: Path, known: Collection[str]) -> tuple[Concern, ...]:
    """Return a concern for each category, in the order of `Category`.

    `known` holds the ids of the current clauses. Raises `RulebookError`, naming file, key and
    remedy, for a category that is unknown or missing and for a clause that is not known.
    """
    content = read_mapping(path)
    names = tuple(str(category) for category in Category)
    for name in content:
        if name not in names:
            raise RulebookError(f"{path.name}: unknown category '{name}'; {suggest(name, names)}")
    for name in names:
        if name not in content:
            raise RulebookError(f"{path.name}: category '{name}' is missing; add it.")
    return tuple(
        _read_concern(f"{path.name}: {category}", category, content[category], known)
        for category in Category
    )


def _read_concern(where: str, category: Category, entry: object, known: Collection[str]) -> Concern:
    content = as_mapping(where, entry)
    check_keys(where, content, required=("title", "description", "clauses"))
    return Concern(
        category=category,
        title=read_text(where, content, "title"),
        description=read_text(where, content, "description"),
        clauses=_read_clauses(where, content["clauses"], known),
    )


def _read_clauses(where: str, value: object, known: Collection[str]) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise RulebookError(f"{where}: key 'clauses' must be a list like [{FIRST}].")
    for each in value:
        if each not in known:
            raise RulebookError(f"{where}: unknown clause '{each}'; {suggest(each, known)}")
        if value.count(each) > 1:
            raise RulebookError(f"{where}: clause '{each}' is listed twice; keep one of the two.")
    if value[0] != FIRST:
        raise RulebookError(f"{where}: the first clause must be '{FIRST}'; move it to the front.")
    return tuple(value)
