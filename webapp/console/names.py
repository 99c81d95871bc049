"""Local names as lists and as CSV: read line by line, each bad line with what is wrong with it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from checker.overlay.contents import Local
from checker.overlay.document import MOST_NAMES
from checker.overlay.fields import LONGEST_LINE
from checker.overlay.phrases import PhraseError, read_name

# What each list is called on a page, in the order of the page.
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "services": "Names of the service",
        "units": "Units, wings and houses",
        "streets": "Streets",
        "staff": "Staff who may be named",
        "events": "Public events",
    }
)
# What a file may call a list besides its own name.
ALSO: Mapping[str, str] = MappingProxyType(
    {
        "service": "services",
        "unit": "units",
        "street": "streets",
        "person": "staff",
        "people": "staff",
        "event": "events",
    }
)
HEADER = ["kind", "name"]
# A spreadsheet would take a name that begins so for a formula.
FORMULA = ("=", "+", "-", "@")
SHIELD = "'"
# What there is room for if all is taken over; more than a page can show.
MOST_LINES = len(LISTS) * MOST_NAMES
LONGEST_CSV = 2_000_000
NEVER_CLOSED = (
    "This goes on over the next line: look for a quotation mark that is never closed, and take it "
    "away."
)
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class CsvError(ValueError):
    """A file cannot be read as CSV at all; says why and what would do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: what list it is for, and `problem`, "" where it can be taken over.

    With `repeats` there is nothing wrong but that the name is there already.
    """

    number: int
    kind: str
    name: str
    problem: str = ""
    repeats: bool = False

    @property
    def is_good(self) -> bool:
        """Tell whether it can be taken over."""
        return not self.problem


def split_lines(text: str) -> list[str]:
    """Return the lines of a field that say something."""
    return [folded for line in text.splitlines() if (folded := " ".join(line.split()))]


def find_repeats(text: str) -> list[str]:
    """Return a sentence for each name that stands twice in a field, in whatever spelling."""
    first: dict[str, int] = {}
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        spelt = _spelt(line)
        if spelt and first.setdefault(spelt, number) != number:
            found.append(f"Line {number}: “{line.strip()}” is on line {first[spelt]} already.")
    return found


def decode(content: bytes) -> str:
    """Return the text of a file as spreadsheets write it: UTF-8, UTF-16, or Windows' Latin."""
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8-sig")
    # Some programs write the mark of UTF-8 before what is none.
    for name, read in ((encoding, content), ("cp1252", content.removeprefix(codecs.BOM_UTF8))):
        try:
            return read.decode(name)
        except UnicodeDecodeError:
            continue
    raise CsvError("This file is no text: save the sheet as CSV and choose that file.")


def read_csv(text: str, local: Local) -> tuple[Line, ...]:
    """Return each line of `text` that says something, judged beside the names of `local`.

    Raises `CsvError` when there is no line, too many of them, or a cell swallows too much.
    """
    _see_that_it_fits(text)
    seen = {(key, _spelt(name)): 0 for key, names in asdict(local).items() for name in names}
    lines = []
    for number, row in _rows(text):
        line = _judge(number, row, seen)
        if line.is_good:
            seen[line.kind, _spelt(line.name)] = number
        lines.append(line)
    if not lines:
        raise CsvError("There is no line here: write one for each name, like “street,The Loaning”.")
    return tuple(lines)


def _see_that_it_fits(text: str) -> None:
    if (lines := text.rstrip().count("\n") + 1) > MOST_LINES:
        raise CsvError(f"There are {lines:,} lines: take {MOST_LINES:,} at a time.")
    if len(text) > LONGEST_CSV:
        raise CsvError(f"This is {len(text):,} characters long: keep it under {LONGEST_CSV:,}.")


def take_over(local: Local, lines: tuple[Line, ...]) -> Local:
    """Return `local` with the names of the good `lines` after its own."""
    added = {
        key: (*getattr(local, key), *(one.name for one in lines if one.is_good and one.kind == key))
        for key in LISTS
    }
    return replace(local, **added)


def write_csv(local: Local) -> str:
    """Return all names as CSV with the columns kind and name, which `read_csv` reads again."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADER)
    for key in LISTS:
        for name in getattr(local, key):
            writer.writerow([key, f"{SHIELD}{name}" if name.startswith(FORMULA) else name])
    return written.getvalue()


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that says something, with the number of the line."""
    # A file that was put together of several has the mark at the front of each within it.
    text = text.replace("\ufeff", "")
    # Spreadsheets of some countries write semicolons, and what is copied from one has tabs.
    begin = text.lstrip().split("\n", 1)[0]
    delimiter = next((one for one in ("\t", ";", ",") if one in begin), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            number, before = before + 1, reader.line_num
            is_header = [cell.strip().lower() for cell in row[:2]] == HEADER
            if any(map(str.strip, row)) and not (is_header and number == 1):
                yield number, row
    except csv.Error:
        raise CsvError(
            f"Line {before + 1} cannot be read: look for a quotation mark that is never closed."
        ) from None


def _judge(number: int, row: list[str], seen: Mapping[tuple[str, str], int]) -> Line:
    cells = [" ".join(cell.split()) for cell in row]
    while len(cells) > 2 and not cells[-1]:
        cells = cells[:-1]
    given, name = (*cells, "")[:2]
    name = name.removeprefix(SHIELD) if name[1:].startswith(FORMULA) else name
    kind = ALSO.get(given.lower(), given.lower())
    is_open = any(len(cell.strip().splitlines()) > 1 for cell in row)
    problem = NEVER_CLOSED if is_open else _problem(kind, given, name, len(cells))
    if problem:
        return Line(number, given[:LONGEST_LINE], name[:LONGEST_LINE], problem)
    there = seen.get((kind, _spelt(name)))
    if there is None:
        return Line(number, kind, name)
    where = f"on line {there}" if there else "in the list"
    return Line(number, kind, name, f"This is {where} already.", repeats=True)


def _problem(kind: str, given: str, name: str, cells: int) -> str:
    if cells > 2:
        return "There are more than two columns: put a name that has a comma in quotation marks."
    if kind not in LISTS:
        shown = f"“{given[:40]}” is no kind" if given else "The kind is missing"
        return f"{shown}: write one of {', '.join(LISTS)}."
    if not name:
        return "The name is missing."
    if len(name) > LONGEST_LINE:
        return f"The name is too long: keep it under {LONGEST_LINE} characters."
    try:
        read_name(name)
    except PhraseError as error:
        return str(error)
    return ""


def _spelt(name: str) -> str:
    """Return `name` as the matcher spells it, or as it is where it cannot be looked for."""
    try:
        return read_name(name)
    except PhraseError:
        return " ".join(name.lower().split())


def find_excess(local: Local) -> str:
    """Return a sentence when a list has become too long, else ""."""
    for key, words in LISTS.items():
        if len(getattr(local, key)) > MOST_NAMES:
            return f"{words}: there would be more than {MOST_NAMES:,}. Take fewer lines over."
    return ""
