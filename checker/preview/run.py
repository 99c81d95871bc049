"""Runs a preview: labelled drafts by two rulebooks, chunk by chunk, going on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.engine import Checker
from checker.evidence import Evidence
from checker.judging import Judged, Judging
from checker.preview.changes import Change, Preview, find_change
from checker.preview.examples import Example, load_examples, rule_examples
from checker.preview.journal import Journal
from checker.preview.reading import (
    Begun,
    Progress,
    cut,
    keep,
    made_by,
    one_ahead,
    read,
    start,
    tell_nobody,
)
from checker.preview.shelf import Shelf


def preview(
    before: Checker,
    after: Checker,
    *,
    folder: Path | None = None,
    local: Sequence[Example] = (),
    shipped: Sequence[Example] | None = None,
    progress: Progress = tell_nobody,
) -> Preview:
    """Return what would change for labelled drafts if `after` checked in the place of `before`.

    Both share a reader (see `Checker.with_rulebook`). In `folder` readings of the shipped drafts
    are kept, and results as they come: a run that was stopped goes on there. `local` are a
    service's own labelled examples; they are kept nowhere. `shipped` takes the place of the
    shipped selection. `progress` is told drafts done and their number, and may raise to stop.
    """
    shipped = load_examples() if shipped is None else shipped
    others = (*rule_examples(before.rulebook), *local)
    chunks = [*cut(shipped), *cut(others)]
    shelf = Shelf(folder, made_by(before), shipped) if folder else None
    names = before.rulebook.hash, after.rulebook.hash
    journal = Journal(folder, names, chunks, made_by(before)) if folder else None
    result, done, of = Preview(*names), 0, len(shipped) + len(others)
    for chunk, changes in _judge_all(before, after, chunks, shelf, journal):
        result = result.adding(chunk, changes)
        done += len(chunk)
        progress(done, of)
    return result


def _judge_all(
    before: Checker,
    after: Checker,
    chunks: Sequence[Sequence[Example]],
    shelf: Shelf | None,
    journal: Journal | None,
) -> Iterator[tuple[Sequence[Example], Sequence[Change]]]:
    """Yield each chunk with its changes: those in the journal first, then the rest as they come."""
    rest = []
    for number, chunk in enumerate(chunks):
        known = journal.get(number) if journal else None
        if known is None:
            rest.append((number, chunk))
        else:
            yield chunk, known
    started = (start(before, chunk, shelf) for _, chunk in rest)
    for (number, chunk), begun in zip(rest, one_ahead(started), strict=True):
        changes = _judge(before, after, begun, shelf)
        if journal:
            journal.put(number, chunk, changes)
        yield chunk, changes


def _judge(
    before: Checker, after: Checker, begun: Begun, shelf: Shelf | None
) -> tuple[Change, ...]:
    """Return the drafts of a chunk that the two judge otherwise, and keep what was read."""
    with before.reader.alone():
        readings = read(before, begun)
        found = map(before.detectors.find, *zip(*readings, strict=True))
        pairs = [_judge_twice(before.judging, after.judging, one) for one in found]
        if shelf:
            keep(before, begun, readings, shelf)
    changes = (find_change(one, *pair) for one, pair in zip(begun.chunk, pairs, strict=True))
    return tuple(one for one in changes if one is not None)


def _judge_twice(before: Judging, after: Judging, evidence: Evidence) -> tuple[Judged, Judged]:
    seen, found = before.look(evidence)
    seen_now, found_now = after.look(evidence)
    old = before.judge(seen, found)
    # The reader thinks the same where it is told the same.
    is_same = seen_now is seen and found_now.told == found.told
    return old, after.judge(seen_now, found_now, old.opinion if is_same else None)
