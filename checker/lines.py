"""Drafts from a JSONL or a CSV file, line by line; a bad line becomes an error, not an end."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from checker.draft import Draft, make_draft
from checker.errors import DraftError
from checker.source import BOM, cannot_open
from checker.strict_json import read_object

ANSWERS = ("account", "photo", "permission", "audience")
NEEDED = ("id", "text")
KEYS = (*NEEDED, *ANSWERS)
# The label that drafts of our own carry: what a person decided about them.
LABEL = "verdict"
# The longest draft, each of its characters written as twelve bytes, with room for a label.
LONGEST_LINE = 1_000_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# So near to a key of ours that it must be meant: "acount", "Text", "photos", not "context".
NEAR = 0.85


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input: a draft, or the reason why there is none, in `error`.

    `id` is None where it could not be read. `number` counts lines of the file from 1; `label`
    is the verdict that the draft was labelled with, or "".
    """

    number: int
    id: str | int | None
    draft: Draft | None
    error: str = ""
    label: str = ""


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of the file at `path`, CSV if its name ends so, else JSONL; no blank ones.

    Raises `DraftError` for a file that cannot be opened or of which no line could be read.
    """
    try:
        with path.open("rb") as file:
            _skip_mark(file, path)
            yield from (_read_csv if path.suffix.lower() == ".csv" else _read_jsonl)(file, path)
    except OSError as error:
        raise DraftError(cannot_open(path, error)) from None


def _skip_mark(file: BinaryIO, path: Path) -> None:
    """Go past a UTF-8 byte order mark; raise for UTF-16, which spreadsheets call "Unicode"."""
    start = file.read(len(BOM))
    if start.startswith(UTF_16):
        raise DraftError(f"“{path}” is UTF-16: save it as UTF-8.")
    if start != BOM:
        file.seek(0)


def _read_jsonl(file: BinaryIO, _path: Path) -> Iterator[Line]:
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            _skip_line(file, raw)
            yield Line(number, None, None, f"This line is longer than {LONGEST_LINE:,} bytes.")
        elif raw.strip():
            yield _from_json(number, raw)


def _skip_line(file: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)


def _from_json(number: int, raw: bytes) -> Line:
    try:
        content = read_object(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Line(number, None, None, "This line is not UTF-8: save the file as UTF-8.")
    except DraftError as problem:
        return Line(number, None, None, str(problem))
    if content is None:
        error = 'This line is not a JSON object: write it like {"id": "1", "text": "…"}.'
        return Line(number, None, None, error)
    return _make_line(number, content)


def _read_csv(file: BinaryIO, path: Path) -> Iterator[Line]:
    # Bytes that are not UTF-8 come through as lone surrogates, so that only their row is lost.
    with TextIOWrapper(file, encoding="utf-8", errors="surrogateescape", newline="") as text:
        # Python's own limit, 131,072 characters a cell, is below the longest draft in escapes.
        csv.field_size_limit(LONGEST_LINE)
        reader = csv.reader(text, strict=True)
        columns = _columns(next(_rows(reader), None), path)
        for row in _rows(reader):
            if row is None:
                error = 'This row is not CSV: put text in double quotes, and write "" for a quote.'
                yield Line(reader.line_num, None, None, error)
            elif any(cell.strip() for cell in row):
                yield _from_row(reader.line_num, columns, row)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Yield each row, or None for one that is torn."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _columns(row: list[str] | None, path: Path) -> list[str]:
    columns = [cell.strip().lower() for cell in row or ()]
    missing = [name for name in NEEDED if name not in columns]
    doubled = [name for name in KEYS if columns.count(name) > 1]
    if missing or doubled:
        raise DraftError(
            f"“{path}” must have one column “{(missing + doubled)[0]}”: name the columns in the "
            f"first row, with commas between them, from {', '.join(KEYS)}."
        )
    for name in columns:
        if problem := _misspelt(name):
            raise DraftError(f"“{path}” has a column that is not known: {problem}")
    return columns


def _from_row(number: int, columns: list[str], row: list[str]) -> Line:
    cells = dict(zip(columns, row, strict=False))
    if len(row) > len(columns):
        error = "This row has more cells than there are columns: put its text in double quotes."
        # A comma in the text moves only the cells that come after it.
        is_kept = columns.index("id") < columns.index("text")
        return Line(number, _read_id(cells) if is_kept else None, None, error)
    content = {name: cell for name, cell in cells.items() if cell or name == "text"}
    if any(_has_half_character(cell) for cell in row):
        error = "This row is not UTF-8: save the file as “CSV UTF-8”."
        return Line(number, _read_id(content), None, error)
    return _make_line(number, content)


def _make_line(number: int, content: Mapping[str, object]) -> Line:
    id = _read_id(content)
    if id is None:
        error = "There is no id: give each line an “id”, as text or a whole number."
        return Line(number, None, None, error)
    label = content.get(LABEL)
    try:
        draft = _read_draft(content)
    except DraftError as error:
        return Line(number, id, None, str(error))
    return Line(number, id, draft, label=label if isinstance(label, str) else "")


def _read_id(content: Mapping[str, object]) -> str | int | None:
    """Return the id, or None for one that could not be written out again."""
    id = content.get("id")
    if isinstance(id, str) and id.strip() and not _has_half_character(id):
        return id
    # True is an int to Python, and not to the person who typed it.
    return id if isinstance(id, int) and not isinstance(id, bool) else None


def _read_draft(content: Mapping[str, object]) -> Draft:
    """Return the draft; raises `DraftError` whose message quotes nothing from the line."""
    for name in content:
        if problem := _misspelt(name):
            raise DraftError(f"The line has a key that is not known: {problem}")
    if "text" not in content:
        raise DraftError("The text is missing: give the post as “text”.")
    answers = {name: content[name] for name in ANSWERS if content.get(name) is not None}
    return make_draft(content["text"], **answers)


def _misspelt(name: str) -> str:
    """Return the remedy for a key that must mean one of ours; others are labels and pass."""
    if name in KEYS:
        return ""
    near = get_close_matches(name.strip().lower(), KEYS, n=1, cutoff=NEAR)
    return f"did you mean “{near[0]}”?" if near else ""


def _has_half_character(text: str) -> bool:
    """Tell whether `text` holds half of a character pair: valid in JSON and nowhere else."""
    return any("\ud800" <= character <= "\udfff" for character in text)
