"""The examples that managers labelled, as a file of labelled drafts has them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from webapp.store.queue_tables import LocalExample


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
