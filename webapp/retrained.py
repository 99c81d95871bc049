"""Where retrained heads are kept in an installation, and how a run of the store leads to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import ClassifierError
from webapp.store.database import Store
from webapp.store.retrained import find_promoted

if TYPE_CHECKING:
    from checker.engine import Checker
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


def with_promoted(base: Checker, store: Store, instance: Path) -> Checker:
    """Return `base` with the reader that was promoted; as it is where none was, or it is unfit.

    That it is unfit is said by `/health`.
    """
    run = find_promoted(store)
    if run is None:
        return base
    from checker.refitted import with_refitted

    try:
        return with_refitted(base, heads_of(run, instance))
    except ClassifierError:
        return base
