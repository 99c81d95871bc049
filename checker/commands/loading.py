"""Loads the engine for a command, once in each process, and only when a draft is to be read."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import RulebookError
from checker.source import cannot_open

# What reads drafts and rules brings spaCy with it, which takes longer to import than most commands
# take to run. So it is imported in the functions, and here for its types alone.
if TYPE_CHECKING:
    from checker.engine import Checker
    from checker.overlay.contents import Overlay
    from checker.rulebook import Rulebook

MODEL_VARIABLE = "POSTCHECK_SPACY_MODEL"


# Kept, because a worker of a batch asks for it with every chunk.
@functools.cache
def shared_checker() -> Checker:
    """Return the checker as it is shipped; raises `PostcheckError` when it cannot be loaded."""
    from checker.engine import load_checker

    return load_checker(os.environ.get(MODEL_VARIABLE))


def load_rules_checker(rulebook: Rulebook) -> Checker:
    """Return a checker with the rules of `rulebook` alone; errors as in `shared_checker`."""
    from checker.engine import load_checker

    return load_checker(os.environ.get(MODEL_VARIABLE), rulebook=rulebook, with_reader=False)


def read_overlays(paths: Iterable[Path]) -> list[Overlay]:
    """Return the overlays in the files at `paths`, in order.

    Raises `RulebookError` for a file that cannot be opened or read, with each field and remedy.
    """
    from checker.overlay.document import read_overlay

    return [read_overlay(_read(path), path.name) for path in paths]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RulebookError(f"{path.name}: the file is not UTF-8; save it as UTF-8.") from None
    except OSError as error:
        raise RulebookError(cannot_open(path, error)) from None


def with_overlays(rulebook: Rulebook, overlays: Sequence[Overlay]) -> Rulebook:
    """Return `rulebook` with `overlays` laid upon it, the first lowest.

    Raises `RulebookError` where two rules have one id.
    """
    from checker.overlay.applied import apply_overlays

    return apply_overlays(rulebook, overlays)


def load_folder(folder: Path | None) -> Rulebook:
    """Return the rulebook with the rules in `folder`, or the shipped one for None.

    Raises `RulebookError` for a folder without rules and for a mistake in one of them.
    """
    from checker.rulebook import load_rulebook
    from checker.rules.loader import FOLDER

    folder = folder or FOLDER
    if not folder.is_dir():
        raise RulebookError(f"There is no folder “{folder}”: give one that holds rule files.")
    if not any(folder.glob("*.yaml")):
        raise RulebookError(f"“{folder}” holds no rule files: their names end in .yaml.")
    return load_rulebook(folder)
