"""The examples that managers labelled, as a preview and a file of labelled drafts want them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from checker.draft import Draft
from checker.preview.examples import Example, Origin
from webapp.store.database import Store
from webapp.store.examples import list_examples
from webapp.store.queue_tables import LocalExample
from webapp.store.teams import COUNCIL, line_of


def local_examples(store: Store, team: str = COUNCIL) -> tuple[Example, ...]:
    """Return the examples of a team and of those above it, to be previewed as `local=`.

    Raises `MissingRowError` when there is no such team.
    """
    rows = (row for one in line_of(store, team) for row in list_examples(store, one.id)[::-1])
    return tuple(
        Example(f"local {row.id}", Draft(row.masked, row.account), row.verdict, origin=Origin.LOCAL)
        for row in rows
    )


def write_jsonl(rows: Iterable[LocalExample]) -> str:
    """Return examples as lines of JSON, with the keys that labelled drafts have."""
    return "".join(json.dumps(_record(row), ensure_ascii=False) + "\n" for row in rows)


def _record(row: LocalExample) -> dict[str, object]:
    return {
        "id": f"local-{row.id}",
        "text": row.masked,
        "account": row.account,
        "verdict": row.verdict,
        "categories": row.categories,
        "spans": row.spans,
        "people": [],
        "note": "",
        "sector": "local",
        "voice": f"local-{row.id}",
    }
