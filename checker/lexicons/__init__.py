"""Word lists by topic: YAML files of phrases, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from checker.errors import RulebookError
from checker.finding import Kind, Strength
from checker.strict_yaml import as_mapping, read_mapping, read_texts, yaml_files

FOLDER = Path(__file__).parent
KEYS = ("kind", "topic", "labels")
WEAK = "weak-"


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of a lexicon: `label` is topic and label (`health.illness`)."""

    phrase: str
    kind: Kind
    label: str
    strength: Strength


def load_lexicons(folder: Path = FOLDER) -> tuple[Entry, ...]:
    """Return every phrase of the lexicon files in `folder`, in the order of the files.

    Raises `RulebookError` naming file, key and remedy for anything that is not understood.
    """
    return tuple(entry for path in yaml_files(folder) for entry in load_lexicon(path))


def load_lexicon(path: Path) -> Iterator[Entry]:
    """Yield the phrases of one file; errors as in `load_lexicons`."""
    content = read_mapping(path)
    for key in content:
        if key not in KEYS:
            raise RulebookError(f"{path.name}: unknown key “{key}”{did_you_mean(str(key), KEYS)}")
    for key in KEYS:
        if key not in content:
            raise RulebookError(f"{path.name}: the key “{key}” is missing: add it")
    kind = _kind(path, content["kind"])
    labels = as_mapping(f"{path.name}: labels", content["labels"])
    for label in labels:
        strength = Strength.WEAK if label.startswith(WEAK) else Strength.STRONG
        full = f"{content['topic']}.{label.removeprefix(WEAK)}"
        for phrase in read_texts(path.name, labels, label):
            yield Entry(_phrase(path, label, phrase), kind, full, strength)


def _kind(path: Path, value: object) -> Kind:
    if value not in tuple(Kind):
        hint = did_you_mean(str(value), tuple(Kind))
        raise RulebookError(f"{path.name}: unknown kind “{value}”{hint}")
    return Kind(str(value))


def _phrase(path: Path, label: str, value: str) -> str:
    if value != value.lower():
        raise RulebookError(f"{path.name}: {label}: “{value}” must be in lower case")
    return value


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """Return “; did you mean …?” for the nearest of `known`, or the whole choice."""
    near = get_close_matches(word, known, n=1)
    return f"; did you mean “{near[0]}”?" if near else f": use one of {', '.join(sorted(known))}"
