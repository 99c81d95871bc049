"""One policy document in one version: who issued it, and its clauses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from checker.clause import Clause
from checker.errors import RulebookError
from checker.strict_yaml import as_mapping, check_keys, read_mapping, read_text, suggest

# In the order in which a page shows them.
SOURCES = ("sssc", "guidance", "council")

HEADER = ("source", "title", "short", "version", "status", "in_force", "url", "note", "clauses")
CLAUSE = ("number", "title", "text", "url", "confirmed", "evidence")

# A topic stands in an address (#council.images), so it keeps to what an address can hold.
TOPIC = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Status(StrEnum):
    """Whether a version is the one in force, or one that it replaced."""

    CURRENT = "current"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Source:
    """A policy in one version. `short` is its name beside a clause number ("SSSC Code").

    `owner` looks after it and `review_by` is when it is reviewed next, where somebody said so.
    """

    id: str
    title: str
    short: str
    version: str
    status: Status
    in_force: str
    url: str
    note: str
    file: str
    owner: str = ""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What one policy file holds."""

    source: Source
    clauses: tuple[Clause, ...]


def read_document(path: Path) -> Document:
    """Return the policy in the file at `path`.

    Raises `RulebookError`, naming file, key and remedy, for anything it does not understand.
    """
    content = read_mapping(path)
    check_keys(path.name, content, required=HEADER)
    source = _read_source(path.name, content)
    entries = as_mapping(f"{path.name}: clauses", content["clauses"])
    return Document(
        source=source,
        clauses=tuple(_read_clause(source, topic, entry) for topic, entry in entries.items()),
    )


def _read_source(file: str, content: Mapping[str, Any]) -> Source:
    return Source(
        id=_read_choice(file, content, "source", SOURCES),
        title=read_text(file, content, "title"),
        short=read_text(file, content, "short"),
        version=read_text(file, content, "version"),
        status=Status(_read_choice(file, content, "status", tuple(Status))),
        in_force=read_text(file, content, "in_force"),
        url=_read_url(file, content),
        note=read_text(file, content, "note"),
        file=file,
    )


def _read_clause(source: Source, topic: str, entry: object) -> Clause:
    where = f"{source.file}: {topic}"
    if not TOPIC.fullmatch(topic):
        raise RulebookError(
            f"{where}: a topic is small letters, figures and single hyphens; "
            "write it like 'friend-requests'."
        )
    content = as_mapping(where, entry)
    # Guidance is gathered from several pages, so a clause may be of another date than its file.
    check_keys(where, content, required=CLAUSE, optional=("version",))
    return Clause(
        id=f"{source.id}.{topic}",
        source=source.id,
        version=read_text(where, content, "version") if "version" in content else source.version,
        number=read_text(where, content, "number"),
        title=read_text(where, content, "title"),
        text=read_text(where, content, "text"),
        url=_read_url(where, content),
        confirmed=_read_flag(where, content, "confirmed"),
        evidence=read_text(where, content, "evidence"),
    )


def _read_choice(where: str, entry: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    value = read_text(where, entry, key)
    if value not in choices:
        raise RulebookError(f"{where}: {key} '{value}' is not known; {suggest(value, choices)}")
    return value


def _read_flag(where: str, entry: Mapping[str, Any], key: str) -> bool:
    value = entry[key]
    if not isinstance(value, bool):
        raise RulebookError(f"{where}: key '{key}' must be true or false, without quotes.")
    return value


def _read_url(where: str, entry: Mapping[str, Any]) -> str:
    """Return the web address, or "" for a policy that is nowhere on the web."""
    if entry["url"] == "":
        return ""
    url = read_text(where, entry, "url")
    # A page makes a link of this, so a "javascript:" address must not come through.
    if not url.startswith(("https://", "http://")):
        raise RulebookError(
            f"{where}: key 'url' must start with https:// or http://, or be \"\" for none."
        )
    return url
