"""What each strictness of the learned reader would catch and flag, for the slider and its chart."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from checker.draft import Account
from checker.engine import Checker
from checker.preview.examples import Example, load_examples
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
from checker.verdict import Verdict

FACTORS = (0.2, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0)
DIGITS = 16


def nearest_step(factor: float) -> int:
    """Return which of `FACTORS`, counted from 1, is nearest to one that may be written by hand."""
    far = [abs(math.log(one / factor)) for one in FACTORS]
    return 1 + far.index(min(far))


@dataclass(frozen=True, slots=True)
class Strictness:
    """The whole checker at one strictness: breaches caught, and fine drafts flagged.

    `stops_missed` of `stops` drafts labelled stop are passed as ok.
    """

    factor: float
    breaches: int
    caught: int
    stops: int
    stops_missed: int
    fine: int
    flagged: int


Curve = Mapping[Account, tuple[Strictness, ...]]


def strictness_curve(
    one: Checker,
    folder: Path,
    *,
    shipped: Sequence[Example] | None = None,
    progress: Progress = tell_nobody,
) -> Curve:
    """Return the figures at each of `FACTORS`, for each account, with the rules of `one`.

    Only drafts that the reader was not trained with count. The figures are kept in `folder` for
    this rulebook; `shipped` and `progress` are as for `preview`. Raises `ValueError` where there
    is no learned reader.
    """
    shipped = load_examples() if shipped is None else shipped
    unseen = [example for example in shipped if example.unseen]
    path = curve_file(one, folder, shipped)
    if path.exists():
        return _load(path)
    curve = _measure(one, unseen, Shelf(folder, made_by(one), shipped), progress)
    written = {account: [asdict(at) for at in points] for account, points in curve.items()}
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(written), encoding="utf-8")
    beside.replace(path)
    return curve


def kept_curve(one: Checker, folder: Path) -> Curve | None:
    """Return what `strictness_curve` kept in `folder` for this checker, or None; measures nothing.

    Raises `ValueError` where there is no learned reader.
    """
    path = curve_file(one, folder, load_examples())
    return _load(path) if path.exists() else None


def curve_file(one: Checker, folder: Path, shipped: Sequence[Example]) -> Path:
    """Return where the figures of `one` on the drafts `shipped` are kept; raises `ValueError`."""
    if one.classifier is None:
        raise ValueError("without the learned reader there is no strictness")
    unseen = [example for example in shipped if example.unseen]
    return folder / f"curve-{_key(one, unseen)}.json"


def _key(one: Checker, unseen: Sequence[Example]) -> str:
    digest = hashlib.sha256(f"{made_by(one)} {one.rulebook.hash} {FACTORS}".encode())
    for example in unseen:
        digest.update(f"\0{example.verdict}\0{example.draft.text}".encode())
    return digest.hexdigest()[:DIGITS]


def _load(path: Path) -> Curve:
    written = json.loads(path.read_text(encoding="utf-8"))
    return {
        account: tuple(Strictness(**values) for values in written[account]) for account in Account
    }


def _measure(one: Checker, unseen: Sequence[Example], shelf: Shelf, progress: Progress) -> Curve:
    counted: Counter[tuple[Account, Verdict, float, Verdict]] = Counter()
    done = 0
    for begun in one_ahead(start(one, chunk, shelf) for chunk in cut(unseen)):
        for example, verdicts in zip(begun.chunk, _verdicts(one, begun, shelf), strict=True):
            for factor, verdict in zip(FACTORS, verdicts, strict=True):
                counted[example.draft.account, example.verdict, factor, verdict] += 1
        done += len(begun.chunk)
        progress(done, len(unseen))
    return {account: tuple(_at(account, each, counted) for each in FACTORS) for account in Account}


def _verdicts(one: Checker, begun: Begun, shelf: Shelf) -> list[tuple[Verdict, ...]]:
    """Return the verdicts on each draft of a chunk at all factors."""
    with one.reader.alone():
        readings = read(one, begun)
        found = map(one.detectors.find, *zip(*readings, strict=True))
        looked = map(one.judging.look, found)
        verdicts = [one.judging.verdicts_at(*each, FACTORS) for each in looked]
        keep(one, begun, readings, shelf)
    return verdicts


def _at(
    account: Account, factor: float, counted: Counter[tuple[Account, Verdict, float, Verdict]]
) -> Strictness:
    def count(label: Verdict, *verdicts: Verdict) -> int:
        return sum(counted[account, label, factor, verdict] for verdict in verdicts)

    flagged = (Verdict.REVIEW, Verdict.STOP)
    stops, reviews = count(Verdict.STOP, *Verdict), count(Verdict.REVIEW, *Verdict)
    return Strictness(
        factor=factor,
        breaches=stops + reviews,
        caught=count(Verdict.STOP, *flagged) + count(Verdict.REVIEW, *flagged),
        stops=stops,
        stops_missed=count(Verdict.STOP, Verdict.OK),
        fine=count(Verdict.OK, *Verdict),
        flagged=count(Verdict.OK, *flagged),
    )
