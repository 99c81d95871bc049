"""Puts what a benchmark measured into its place on a page of the documentation."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def put(name: str, page: str, text: str) -> None:
    """Replace what stands between the marks of `name` in docs/`page` by `text`.

    Raises `ValueError` where the page has no such marks.
    """
    path = DOCS / page
    before, begin, rest = path.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- end of {name} -->\n")
    if not begin or not end:
        raise ValueError(f"{page} has no marks of {name}")
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
