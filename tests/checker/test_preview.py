"""The preview: what changes for labelled drafts, what is kept of which, and going on after a stop."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from checker.draft import Account, Draft
from checker.engine import Checker
from checker.overlay.contents import RuleChange
from checker.overlay.rules import fingerprint
from checker.preview.changes import Effect, change_from
from checker.preview.curve import FACTORS, strictness_curve
from checker.preview.examples import Example, Origin, load_examples, rule_examples
from checker.preview.reading import CHUNK, prepare
from checker.preview.run import preview
from checker.preview.shelf import Kept, Shelf, ShelfError
from checker.verdict import Verdict
from tests.overlays import RULE, overlay_of, upon

SECRET = "Zebedeeqx"


@pytest.fixture(scope="module")
def shipped() -> tuple[Example, ...]:
    """Return a chunk and a half of the shipped selection."""
    return load_examples()[: CHUNK + CHUNK // 2]


@pytest.fixture
def after(checker: Checker) -> Checker:
    return upon(checker, overlay_of(replace(RULE, verdict=Verdict.STOP)))


def local(text: str, verdict: Verdict, **values: object) -> Example:
    return Example(text[:8], Draft(text), verdict, **values)  # type: ignore[arg-type]


def test_the_shipped_selection_is_of_both_kinds_and_both_accounts() -> None:
    examples = load_examples()
    assert len(examples) == 6000
    assert len({one.id for one in examples}) == 6000
    assert sum(one.unseen for one in examples) >= 2000
    assert {one.draft.account for one in examples} == set(Account)
    assert min(Counter(one.verdict for one in examples).values()) > 1000


def test_each_draft_that_is_judged_otherwise_is_listed_with_words_and_rules(
    checker: Checker, after: Checker
) -> None:
    drafts = [
        local("the walled garden is a dream in this weather", Verdict.OK),
        local("The greenhouses. Nobody is meant to know yet", Verdict.STOP),
        local("lovely weather for a walk", Verdict.OK),
    ]
    found = preview(checker, after, local=drafts, shipped=())
    assert [(one.id, one.effect, one.words, one.rules) for one in found.changes] == [
        ("the wall", Effect.NEWLY_FLAGGED, ("walled garden",), ("own.garden",)),
        ("The gree", Effect.NEWLY_CAUGHT, ("greenhouses",), ("own.garden",)),
    ]
    musts = len(rule_examples(checker.rulebook))
    assert found.sentence == (
        f"Newly flags 1 of 2 fine drafts and lets 0 go, newly catches 1 of {1 + musts} breaches, "
        "loses 0."
    )


def test_the_other_way_round_they_are_cleared_and_lost(checker: Checker, after: Checker) -> None:
    drafts = [
        local("the walled garden is a dream in this weather", Verdict.OK),
        local("The greenhouses. Nobody is meant to know yet", Verdict.STOP, must_catch=True),
    ]
    found = preview(after, checker, local=drafts, shipped=())
    assert [one.effect for one in found.changes] == [Effect.CLEARED, Effect.LOST]
    assert [one.id for one in found.lost_must_catch] == ["The gree"]


def test_what_shipped_rules_must_catch_is_named_when_it_is_lost(checker: Checker) -> None:
    id = next(one.id.partition(",")[0] for one in rule_examples(checker.rulebook))
    rule = checker.rulebook.rule(id)
    assert rule is not None
    off = [RuleChange(one.id, fingerprint(one), enabled=False) for one in checker.rulebook.rules]
    found = preview(checker, upon(checker, overlay_of(changes=tuple(off))), shipped=())
    assert all(
        one.label is Verdict.STOP and one.after is Verdict.OK for one in found.lost_must_catch
    )
    assert found.lost_must_catch


def test_nothing_changes_between_a_rulebook_and_itself(
    checker: Checker, shipped: tuple[Example, ...]
) -> None:
    found = preview(checker, upon(checker, overlay_of()), shipped=shipped)
    assert (found.changes, found.fine + found.breaches) == (
        (),
        len(shipped) + len(rule_examples(checker.rulebook)),
    )


def test_what_is_kept_gives_the_same_result_as_reading_anew(
    checker: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    strict = upon(checker, overlay_of(RULE, strictness=dict.fromkeys(Account, 3.0)))
    anew = preview(checker, strict, shipped=shipped)
    first = preview(checker, strict, shipped=shipped, folder=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 2
    for journal in tmp_path.glob("*.jsonl"):
        journal.unlink()
    second = preview(checker, strict, shipped=shipped, folder=tmp_path)
    assert anew == first == second
    assert anew.changes


def test_the_verdicts_are_those_of_a_check(checker: Checker, shipped: tuple[Example, ...]) -> None:
    strict = upon(checker, overlay_of(strictness=dict.fromkeys(Account, 5.0)))
    shipped = shipped[:30]
    found = preview(checker, strict, shipped=shipped)
    drafts = [one.draft for one in shipped]
    pairs = zip(shipped, checker.check_all(drafts), strict.check_all(drafts), strict=True)
    expected = {(one.id, a.verdict, b.verdict) for one, a, b in pairs if a.verdict is not b.verdict}
    got = {(one.id, one.before, one.after) for one in found.changes if one.origin is Origin.SHIPPED}
    assert got == expected


def test_a_run_that_was_stopped_goes_on_where_it_was(
    checker: Checker, after: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    class StopError(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        preview(checker, after, shipped=shipped, folder=tmp_path, progress=stop)
    (journal,) = tmp_path.glob("*.jsonl")
    assert [json.loads(line)["chunk"] for line in journal.read_text().splitlines()] == [0]
    journal.write_text(journal.read_text() + '{"chunk": 1, "cha')
    whole = preview(checker, after, shipped=shipped, folder=tmp_path)
    assert whole == preview(checker, after, shipped=shipped)
    assert [json.loads(line)["chunk"] for line in journal.read_text().splitlines()] == [0, 1]


def test_progress_is_told_up_to_the_end(
    checker: Checker, after: Checker, shipped: tuple[Example, ...]
) -> None:
    told: list[tuple[int, int]] = []
    preview(checker, after, shipped=shipped, progress=lambda *each: told.append(each))
    of = len(shipped) + len(rule_examples(checker.rulebook))
    assert told[0] == (CHUNK, of)
    assert told[-1] == (of, of)


def test_a_torn_file_is_read_anew(
    checker: Checker, after: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    prepare(checker, tmp_path, shipped=shipped)
    for kept in tmp_path.glob("*.npz"):
        kept.write_bytes(kept.read_bytes()[:1000])
    assert preview(checker, after, shipped=shipped, folder=tmp_path) == preview(
        checker, after, shipped=shipped
    )


def test_what_is_kept_of_earlier_versions_is_removed(
    checker: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    old, other = tmp_path / "0123456789abcdef.npz", tmp_path / "notes.txt"
    old.touch()
    other.touch()
    prepare(checker, tmp_path, shipped=shipped[:10])
    assert (old.exists(), other.exists(), len(list(tmp_path.glob("*.npz")))) == (False, True, 1)


def test_nothing_of_a_local_example_is_kept(
    checker: Checker, after: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    text = f"{SECRET} in the walled garden"
    found = preview(
        checker, after, shipped=shipped, folder=tmp_path, local=[local(text, Verdict.OK)]
    )
    assert [one.origin for one in found.changes][-1] is Origin.LOCAL
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
    assert (b"walled" in kept, SECRET.lower().encode() in kept) == (False, False)


def test_other_drafts_are_refused_by_the_shelf(
    shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path, "reader", shipped)
    for one in (
        local(SECRET, Verdict.OK),
        replace(shipped[0], draft=Draft(SECRET)),
        replace(local(SECRET, Verdict.OK), origin=Origin.SHIPPED),
    ):
        with pytest.raises(ShelfError, match="Only shipped drafts are kept"):
            shelf.put([one], [], Kept(b"", ()))
    assert list(tmp_path.iterdir()) == []


def test_a_change_comes_back_from_its_plain_values(checker: Checker, after: Checker) -> None:
    drafts = [local("the walled garden", Verdict.OK)]
    (change,) = preview(checker, after, local=drafts, shipped=()).changes
    assert change_from(json.loads(json.dumps(change.as_dict()))) == change
    assert "walled" not in repr(change)


def test_the_curve_is_that_of_the_whole_checker_on_unseen_drafts(
    checker: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    examples = (*shipped, replace(shipped[0], id="seen", unseen=False))
    curve = strictness_curve(checker, tmp_path, shipped=examples)
    at = FACTORS.index(5.0)
    strict = upon(checker, overlay_of(strictness=dict.fromkeys(Account, 5.0)))
    unseen = [one for one in shipped if one.unseen and one.draft.account is Account.PERSONAL]
    verdicts = [report.verdict for report in strict.check_all([one.draft for one in unseen])]
    told = list(zip([one.verdict for one in unseen], verdicts, strict=True))
    point = curve[Account.PERSONAL][at]
    assert point.fine + point.breaches == len(unseen)
    assert point.caught == sum(a != "ok" and b != "ok" for a, b in told)
    assert point.flagged == sum(a == "ok" and b != "ok" for a, b in told)
    assert point.stops_missed == sum(a == "stop" and b == "ok" for a, b in told)
    assert strictness_curve(checker, tmp_path, shipped=examples) == curve


def test_a_stricter_reader_catches_no_less_and_flags_no_less(
    checker: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    points = strictness_curve(checker, tmp_path, shipped=shipped)[Account.PERSONAL]
    assert [one.factor for one in points] == list(FACTORS)
    for milder, stricter in pairwise(points):
        assert (stricter.caught, stricter.flagged) >= (milder.caught, milder.flagged)
        assert stricter.flagged >= milder.flagged


def test_without_a_reader_there_is_no_curve(
    rules_alone: Checker, shipped: tuple[Example, ...], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="without the learned reader"):
        strictness_curve(rules_alone, tmp_path, shipped=shipped)
