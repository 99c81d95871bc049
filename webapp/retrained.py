"""Where retrained heads are kept in an installation, and how a run of the store leads to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.refitted import Refitted
    from webapp.store.queue_tables import RetrainRun

FOLDER = "reader"


def reader_folder(instance: Path) -> Path:
    """Return the folder of retrained heads in the `instance` folder; it may not be there yet."""
    return instance / FOLDER


def name_of(run: RetrainRun) -> str:
    """Return what the reader of `run` is called on reports."""
    return f"retrained {run.id}"


def heads_of(run: RetrainRun, instance: Path) -> Refitted:
    """Return the heads of a run that has ended, as the store recorded them."""
    # Imported here, because it brings the engine, and most pages need none of it.
    from checker.refitted import Refitted

    heads = run.result["heads"]
    # The name alone: a row cannot lead out of the folder.
    path = reader_folder(instance) / Path(heads["file"]).name
    return Refitted(name_of(run), path, heads["sha256"], heads["encoder"])
