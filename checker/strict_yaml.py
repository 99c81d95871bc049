"""Reads YAML files strictly, for policy, rules and lexicons: what is not understood is refused."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from checker.errors import RulebookError

TOO_DEEP = "lists stand in lists too many times over; write each list once."


def read_mapping(path: Path) -> dict[str, Any]:
    """Return what the YAML file at `path` holds, as a mapping.

    Raises `RulebookError`, naming the file and the remedy, when the file is missing, is not
    YAML, gives a key twice, or holds something other than a mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except IsADirectoryError:
        raise RulebookError(f"{path.name}: this is a folder; only files end in .yaml.") from None
    except FileNotFoundError:
        raise RulebookError(f"{path.name}: the file is missing; put it in {path.parent}.") from None
    except UnicodeDecodeError:
        raise RulebookError(f"{path.name}: the file is not UTF-8; save it as UTF-8.") from None
    return parse_mapping(path.name, text)


def parse_mapping(name: str, text: str) -> dict[str, Any]:
    """Return what the YAML `text` holds, as a mapping; `name` is what errors call it.

    Raises `RulebookError` as `read_mapping` does.
    """
    try:
        # Parsed in C, and once: the lexicons hold more than ten thousand lines.
        tree = yaml.compose(text, Loader=yaml.CSafeLoader)
        content = yaml.constructor.SafeConstructor().construct_document(tree) if tree else None
        repeated = next(_repeated_keys(tree, set()), None)
    except yaml.YAMLError as error:
        raise RulebookError(f"{name}: {_yaml_problem(error)}") from None
    except ValueError:
        # A date such as 2026-13-40 is the one value that YAML reads and Python cannot.
        raise RulebookError(f"{name}: a date that does not exist; put it in quotes.") from None
    except RecursionError:
        raise RulebookError(f"{name}: {TOO_DEEP}") from None
    if repeated:
        key, line = repeated
        raise RulebookError(
            f"{name}: key '{key}' is given twice, the second time on line {line}; "
            "keep one of the two."
        )
    return as_mapping(name, content)


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder, in order of name.

    Raises `RulebookError` for a file that would be passed over in silence, such as `rules.yml`.
    """
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            raise RulebookError(f"{path.name}: files must end in “.yaml”: rename it.")
    return sorted(folder.glob("*.yaml"))


def as_mapping(where: str, value: object) -> dict[str, Any]:
    """Return `value` when it is a mapping with text keys; raises `RulebookError` otherwise."""
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return value
    raise RulebookError(f"{where}: expected 'key: value' lines; check the indentation.")


def check_keys(
    where: str,
    entry: Mapping[str, object],
    *,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> None:
    """Raise `RulebookError` for a key of `entry` that is unknown and for one that is missing."""
    for key in entry:
        if key not in required + optional:
            raise RulebookError(
                f"{where}: unknown key '{key}'; {suggest(key, required + optional)}"
            )
    for key in required:
        if key not in entry:
            raise RulebookError(f"{where}: key '{key}' is missing; add a line '{key}: …'.")


def read_text(where: str, entry: Mapping[str, object], key: str) -> str:
    """Return the text under `key`; raises `RulebookError` when it is empty or is not text."""
    value = entry[key]
    if not isinstance(value, str):
        raise RulebookError(f"{where}: key '{key}' must be text; put it in quotes.")
    if not value.strip():
        raise RulebookError(f"{where}: key '{key}' is empty; write something there.")
    # Folded YAML ends in a line break, and a page wants none.
    return " ".join(value.split())


def read_texts(where: str, entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the list of texts under `key`; raises `RulebookError` when it holds anything else."""
    value = entry[key]
    if not isinstance(value, list):
        raise RulebookError(f"{where}: {key}: must be a list: write [first, second].")
    for text in value:
        if not isinstance(text, str) or not text.strip():
            raise RulebookError(f"{where}: {key}: “{text}” is not text: put it in quotes.")
    return tuple(value)


def suggest(word: str, choices: Collection[str]) -> str:
    """Return the remedy for a word that is not known: the nearest choice, or all of them."""
    near = difflib.get_close_matches(word, list(choices), n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"use one of: {', '.join(choices)}."


def _yaml_problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 1}: " if mark is not None else ""
    return f"{line}this is not YAML; check the quotes, the colons and the indentation there."


def _repeated_keys(node: yaml.Node | None, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Yield each key that stands twice in one mapping, because YAML keeps the last in silence."""
    # An anchor can make a node its own descendant.
    if node is None or id(node) in seen or isinstance(node, yaml.ScalarNode):
        return
    seen.add(id(node))
    if not isinstance(node, yaml.MappingNode):
        for child in node.value:
            yield from _repeated_keys(child, seen)
        return
    keys: set[object] = set()
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in keys:
            yield key.value, key.start_mark.line + 1
        keys.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        yield from _repeated_keys(value, seen)
