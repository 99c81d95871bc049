"""Selects the labelled drafts that are shipped, to preview changes of rules with."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from checker.preview.examples import FILE
from model.dataset import KEPT_APART, Labelled, load_dataset

# As many as a preview gets through in a minute on two cores, when it reads them for the first time.
COUNT = 6_000


def select(count: int = COUNT, target: Path = FILE) -> str:
    """Write `count` drafts into `target`, all that are kept apart first; return what it holds.

    The reader has not learnt those by heart. The rest are taken from training in equal shares of
    sector, account and verdict, always the same ones.
    """
    apart = load_dataset(KEPT_APART)
    known = {one.id for one in apart}
    rest = _stratified([one for one in load_dataset() if one.id not in known], count - len(apart))
    lines = [*(_line(one, unseen=True) for one in apart), *(_line(one) for one in rest)]
    with lzma.open(target, "wt", preset=9, encoding="utf-8") as file:
        file.writelines(lines)
    return f"{len(apart):,} drafts kept apart and {len(rest):,} of training in {target.name}"


def _line(one: Labelled, *, unseen: bool = False) -> str:
    record = {
        "id": one.id,
        "text": one.draft.text,
        "account": one.draft.account,
        "verdict": one.verdict,
        "unseen": unseen,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _stratified(drafts: Sequence[Labelled], count: int) -> list[Labelled]:
    """Return `count` drafts, taken from each stratum in turn until it is empty."""
    strata: defaultdict[tuple[str, ...], list[Labelled]] = defaultdict(list)
    for one in sorted(drafts, key=lambda one: hashlib.sha256(one.id.encode()).digest()):
        strata[one.sector, one.draft.account, one.verdict].append(one)
    taken: list[Labelled] = []
    for turn in range(len(drafts)):
        if len(taken) >= count:
            break
        taken += [strata[key][turn] for key in sorted(strata) if turn < len(strata[key])]
    return sorted(taken[:count], key=lambda one: one.id)
