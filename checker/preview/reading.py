"""Reads labelled drafts by chunks and keeps what takes long; the encoder is a chunk ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path

import checker
from checker.encoder import Encoded
from checker.engine import Checker
from checker.plain import Plain
from checker.preview.examples import Example, Origin, load_examples
from checker.preview.shelf import Kept, Shelf
from checker.reading import Reading

# So few that a page which is checked meanwhile waits for half a second at most.
CHUNK = 50
# What comes of a long run is told in these: drafts done, of how many; it may raise to stop.
Progress = Callable[[int, int], object]


def tell_nobody(_done: int, _of: int) -> None:
    """Do nothing, where nobody waits for progress."""


def prepare(
    one: Checker,
    folder: Path,
    *,
    shipped: Sequence[Example] | None = None,
    progress: Progress = tell_nobody,
) -> None:
    """Read the shipped drafts and keep that in `folder`, so that the first preview need not.

    What is kept there of earlier versions is removed.
    `shipped` and `progress` are as for `preview`; a run that was stopped goes on where it was.
    """
    shipped = load_examples() if shipped is None else shipped
    shelf, done = Shelf(folder, made_by(one), shipped), 0
    for begun in one_ahead(start(one, chunk, shelf) for chunk in cut(shipped)):
        if begun.kept is None:
            with one.reader.alone():
                keep(one, begun, read(one, begun), shelf)
        done += len(begun.chunk)
        progress(done, len(shipped))
    shelf.tidy()


def cut(examples: Sequence[Example]) -> Iterator[Sequence[Example]]:
    """Yield the examples in chunks."""
    for at in range(0, len(examples), CHUNK):
        yield examples[at : at + CHUNK]


def made_by(one: Checker) -> str:
    """Return the name of all that reads a draft, for what is kept of readings."""
    meta = one.reader.pipeline.meta
    reader = one.classifier.version if one.classifier else "rules only"
    return f"{checker.__version__} {reader} {meta['name']} {meta['version']}"


@dataclass(frozen=True, slots=True)
class Begun:
    """A chunk whose encoding is under way, or is kept."""

    chunk: Sequence[Example]
    plains: Sequence[Plain]
    kept: Kept | None
    encoding: Sequence[Future[Encoded]]


def one_ahead(started: Iterator[Begun]) -> Iterator[Begun]:
    """Yield each chunk once the next is begun: the encoder reads on while the rules look."""
    current = next(started, None)
    while current is not None:
        following = next(started, None)
        # Nobody else can check while a chunk is judged, so the waiting is done before.
        wait(current.encoding)
        yield current
        current = following


def start(one: Checker, chunk: Sequence[Example], shelf: Shelf | None) -> Begun:
    """Set the encoder to work on a chunk, unless what it makes of it is kept."""
    drafts = [example.draft for example in chunk]
    plains = one.reader.normalise(drafts)
    kept = shelf.get(chunk, plains) if shelf and _is_shipped(chunk) else None
    encoding: list[Future[Encoded]] = []
    if kept is None and one.classifier:
        encode = one.classifier.encode
        encoding = [one.pool.submit(encode, *pair) for pair in zip(drafts, plains, strict=True)]
    return Begun(chunk, plains, kept, encoding)


def _is_shipped(chunk: Sequence[Example]) -> bool:
    return all(one.origin is Origin.SHIPPED for one in chunk)


def read(one: Checker, begun: Begun) -> list[tuple[Reading, Encoded | None]]:
    """Return the readings of a chunk, with what the encoder makes of each where there is one."""
    drafts = [example.draft for example in begun.chunk]
    if begun.kept:
        readings = one.reader.unpack(begun.kept.parses, drafts, begun.plains)
        return list(zip(readings, begun.kept.encoded, strict=True))
    readings = one.reader.parse(drafts, begun.plains)
    encoded: list[Encoded | None] = [each.result() for each in begun.encoding]
    return list(zip(readings, encoded or [None] * len(drafts), strict=True))


def keep(
    one: Checker, begun: Begun, readings: Sequence[tuple[Reading, Encoded | None]], shelf: Shelf
) -> None:
    """Keep what `read` returned of a chunk of shipped drafts, unless it is kept.

    Call it while nobody else reads (see `Reader.alone`), as `read` too.
    """
    encoded = tuple(each for _, each in readings if each is not None)
    if begun.kept is None and encoded and _is_shipped(begun.chunk):
        parses = one.reader.pack([reading for reading, _ in readings])
        shelf.put(begun.chunk, begun.plains, Kept(parses, encoded))
