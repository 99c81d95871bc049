"""Loads the engine for a command, once in each process, and only when a draft is to be read."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import RulebookError

# What reads drafts and rules brings spaCy with it, which takes longer to import than most commands
# take to run. So it is imported in the functions, and here for its types alone.
if TYPE_CHECKING:
    from checker.engine import Checker
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
