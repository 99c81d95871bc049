"""The work of a preview, in a process of its own: takes runs, tells their progress, ends them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from checker.draft import Draft
from checker.engine import Checker, load_checker
from checker.errors import PostcheckError
from checker.overlay.document import read_overlay
from checker.preview.changes import Change, Preview
from checker.preview.examples import Example, Origin
from checker.preview.reading import Progress, made_by
from checker.preview.run import preview
from checker.trail import describe
from webapp.console.engines import published_overlays, with_overlays
from webapp.instance import folder, store_address
from webapp.retrained import with_promoted
from webapp.settings import Settings
from webapp.store.database import Store
from webapp.store.errors import StoreError
from webapp.store.examples import list_examples
from webapp.store.overlays import read_working
from webapp.store.queue_tables import PreviewRun
from webapp.store.runs import end_run, report_progress, take_run, tidy_runs
from webapp.store.schema import open_store
from webapp.store.tables import Team
from webapp.store.teams import line_of, list_teams

log = logging.getLogger(__name__)

# Below the instance folder: what is kept of readings, and results as they come.
FOLDER = "preview"
# Seconds between two signs of life.
BEAT = 2.0
# Runs of a team that are kept, and days after which results of a run that never ended go.
KEEP, DAYS = 20, 7
WENT_WRONG = "Something went wrong, and nothing was changed: please start it again."


class ChangedError(PostcheckError):
    """The rules are others than those that the run was asked for."""


def serve_runs(settings: Settings) -> None:
    """Work off all runs that wait, then end; the whole of the process."""
    store = open_store(store_address(settings))
    try:
        loaded = load_checker(settings.spacy_model or None)
        base = with_promoted(loaded, store, folder(settings))
        work_off(store, base, folder(settings) / FOLDER)
    except PostcheckError as error:
        # Whoever waits has to be told, or the page would start this again and again.
        while (run := take_run(store, PreviewRun)) is not None:
            end_run(store, run, {"error": str(error)}, failed=True)
    finally:
        store.close()


def work_off(
    store: Store, base: Checker, place: Path, *, shipped: Sequence[Example] | None = None
) -> None:
    """Work off all runs that wait or whose worker fell silent; each goes on where it was.

    `base` is the checker as shipped and `place` the folder for readings and results; `shipped`
    takes the place of the shipped drafts.
    """
    while (run := take_run(store, PreviewRun)) is not None:
        try:
            result = _preview(store, run, base, place, shipped)
        except PostcheckError as error:
            end_run(store, run, {"error": str(error)}, failed=True)
        except Exception as error:
            # Left as it is, it would be taken up for ever.
            log.exception("A preview failed: %s", describe(error), exc_info=False)
            end_run(store, run, {"error": WENT_WRONG}, failed=True)
        else:
            end_run(store, run, result_values(result))
        tidy_runs(store, PreviewRun, run.team_id, keep=KEEP)
        tidy_journals(place)


def _preview(
    store: Store, run: PreviewRun, base: Checker, place: Path, shipped: Sequence[Example] | None
) -> Preview:
    team = next(one for one in list_teams(store) if one.id == run.team_id)
    before, after = engines_of(store, team, base)
    if name_run(before, after) != run.about:
        raise ChangedError("The rules were changed while this waited: please start it again.")
    with telling(lambda done, of: report_progress(store, run, done, of)) as progress:
        return preview(
            before,
            after,
            folder=place,
            local=local_examples(store, team),
            shipped=shipped,
            progress=progress,
        )


def engines_of(store: Store, team: Team, base: Checker) -> tuple[Checker, Checker]:
    """Return the checkers by what is published for `team`, and by what is worked on."""
    above, own = published_overlays(store, team)
    working = read_overlay(read_working(store, team.id).yaml, "the saved rules")
    return with_overlays(base, (*above, own)), with_overlays(base, (*above, working))


def name_run(before: Checker, after: Checker) -> str:
    """Return what a run is about: the hashes of both rulebooks, and what reads the drafts."""
    return f"{before.rulebook.hash} {after.rulebook.hash} {made_by(before)}"


def local_examples(store: Store, team: Team) -> list[Example]:
    """Return the labelled examples of `team` and of those above it."""
    line = [one.id for one in line_of(store, team.slug)]
    return [
        Example(f"local example {one.id}", Draft(one.masked, one.account), one.verdict)
        for one in list_examples(store)
        if one.team_id in line
    ]


@contextmanager
def telling(write: Callable[[int, int], object], every: float = BEAT) -> Iterator[Progress]:
    """Yield what takes the progress of a run, and write it down now and then, changed or not."""
    told, over = [0, 0], Event()

    def beat() -> None:
        while not over.wait(every):
            try:
                write(*told)
            except StoreError as error:
                # The next sign of life may get through; the run itself needs no store meanwhile.
                log.warning("%s", error)

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield lambda done, of: told.__setitem__(slice(None), [done, of])
    finally:
        over.set()
        thread.join()
        write(*told)


def result_values(result: Preview) -> dict[str, object]:
    """Return a preview as it is stored; of local examples it holds no words."""
    return {
        "sentence": result.sentence,
        "fine": result.fine,
        "breaches": result.breaches,
        "changes": [_stored(one) for one in result.changes],
    }


def _stored(change: Change) -> dict[str, object]:
    values = change.as_dict()
    # Once an example is deleted, nothing of it may be left here.
    return values | {"words": []} if change.origin is Origin.LOCAL else values


def tidy_journals(place: Path) -> None:
    """Remove the results, chunk by chunk, of runs that are long over."""
    oldest = time.time() - DAYS * 24 * 3600
    for path in place.glob("*.jsonl"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
