"""Reads the labelled drafts and refuses whatever breaks the labelling guide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from checker.draft import Account, Draft, choose
from checker.errors import PostcheckError
from checker.finding import Kind, Role
from checker.lexicons import did_you_mean
from checker.verdict import Category, Verdict

FOLDER = Path(__file__).parent.parent / "training_data" / "drafts"
# Drafts by voices that no network may learn from, for measuring the whole checker.
KEPT_APART = FOLDER.parent / "kept-apart"
REQUIRED = (
    "id",
    "text",
    "account",
    "verdict",
    "categories",
    "spans",
    "people",
    "note",
    "sector",
    "voice",
)
OPTIONAL = ("traits", "pair", "language")
TRAITS = ("dialect", "textspeak", "disguise", "hashtag", "ordinary", "care-words", "plain")


class DatasetError(PostcheckError):
    """A labelled draft breaks the guide; names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a draft with their label: `start` and `end` in code points of its text."""

    start: int
    end: int
    quote: str = field(repr=False)
    label: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled draft; `spans` carry kinds of clue, `people` carry roles."""

    id: str
    draft: Draft
    verdict: Verdict
    categories: frozenset[Category]
    spans: tuple[Quote, ...]
    people: tuple[Quote, ...]
    note: str
    sector: str
    voice: str
    traits: frozenset[str]
    pair: str | None
    language: str

    @property
    def words(self) -> int:
        """Return how many words the draft has, split at white space."""
        return len(self.draft.text.split())


def load_dataset(folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """Return every labelled draft in `folder`, by file and line.

    Raises `DatasetError` with file, line and reason for a draft that breaks the guide, and for
    an id or a text that stands twice.
    """
    drafts: list[Labelled] = []
    ids: set[str] = set()
    texts: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        for where, labelled in _load_file(path):
            if labelled.id in ids or labelled.draft.text in texts:
                raise DatasetError(f"{where}: “{labelled.id}” or its text stands twice: drop one")
            ids.add(labelled.id)
            texts.add(labelled.draft.text)
            drafts.append(labelled)
    return tuple(drafts)


def append_records(records: Sequence[Mapping[str, Any]], sector: str) -> None:
    """Append checked `records` to the file of `sector`.

    Raises `DatasetError`, and stores nothing, where an id or a text stands there already.
    """
    path = FOLDER / f"{sector}.jsonl"
    there = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    known = {
        value for line in there if line for value in itemgetter("id", "text")(json.loads(line))
    }
    for record in records:
        if record["id"] in known or record["text"] in known:
            raise DatasetError(f"“{record['id']}” or its text stands in {path.name}: drop one")
        known |= {record["id"], record["text"]}
    with path.open("a", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in records)


def _load_file(path: Path) -> Iterator[tuple[str, Labelled]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{where}: not JSON ({error.msg}): mend the line") from None
        yield where, parse_labelled(where, record)


def parse_labelled(where: str, record: Mapping[str, Any]) -> Labelled:
    """Return the labelled draft that `record` describes; raises `DatasetError` naming `where`."""
    _check_keys(where, record)
    try:
        labelled = Labelled(
            id=record["id"],
            draft=Draft(record["text"], choose(Account, record["account"], "account")),
            verdict=choose(Verdict, record["verdict"], "verdict"),
            categories=frozenset(choose(Category, c, "category") for c in record["categories"]),
            spans=tuple(
                _quote(where, record["text"], one, "kind", Kind) for one in record["spans"]
            ),
            people=tuple(
                _quote(where, record["text"], one, "role", Role) for one in record["people"]
            ),
            note=record["note"],
            sector=record["sector"],
            voice=record["voice"],
            traits=frozenset(record.get("traits", ())),
            pair=record.get("pair"),
            language=record.get("language", "en"),
        )
    except DatasetError:
        raise
    except PostcheckError as error:
        raise DatasetError(f"{where}: {error}") from None
    _check_guide(where, labelled)
    return labelled


def _check_keys(where: str, record: Mapping[str, Any]) -> None:
    for key in REQUIRED:
        if key not in record:
            raise DatasetError(f"{where}: the key “{key}” is missing: add it")
    for key in record:
        if key not in REQUIRED + OPTIONAL:
            hint = did_you_mean(key, REQUIRED + OPTIONAL)
            raise DatasetError(f"{where}: unknown key “{key}”{hint}")


def _quote(where: str, text: str, record: Mapping[str, Any], key: str, kind: Any) -> Quote:
    label = choose(kind, record.get(key), key)
    if label is Role.UNKNOWN:
        raise DatasetError(f"{where}: a role cannot be “unknown”: say who it is, or “other”")
    at = _find(record["quote"], text, record.get("nth"))
    if at < 0:
        raise DatasetError(f"{where}: a quoted {label} does not stand in the text: copy it exactly")
    return Quote(at, at + len(record["quote"]), record["quote"], str(label))


def _find(quote: str, text: str, nth: int | None) -> int:
    """Return where `quote` stands in `text` for the `nth` time, or -1.

    Without `nth` it is where it first stands as words of its own: “he” is not in “the”.
    """
    whole = re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", text)
    if nth is None and whole:
        return whole.start()
    at = -1
    for _ in range(nth or 1):
        at = text.find(quote, at + 1)
        if at < 0:
            break
    return at


def _check_guide(where: str, labelled: Labelled) -> None:
    """Hold the guide's rule that categories and spans stand on breaches and only there."""
    is_breach = labelled.verdict is not Verdict.OK
    if bool(labelled.categories) is not is_breach:
        raise DatasetError(f"{where}: categories belong on a breach and only there")
    if bool(labelled.spans) is not is_breach:
        raise DatasetError(f"{where}: spans belong on a breach and only there")
    for trait in labelled.traits:
        if trait not in TRAITS:
            raise DatasetError(f"{where}: unknown trait “{trait}”{did_you_mean(trait, TRAITS)}")
