"""Try wordings from the mildest on, and offer the one that keeps most of the author's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.draft import Draft
from checker.report import Report
from checker.safer.candidates import Changes, make_bare, make_mild, make_strong
from checker.safer.change import Edit, Safer
from checker.safer.clauses import sentence_edits
from checker.safer.fewer import Cut, drop_fewer, drop_one_more, find_cut, make_cut
from checker.safer.marks import BY_READER, REWORDED, find_marks, with_people
from checker.safer.pronouns import pronoun_edits
from checker.safer.source import Source
from checker.safer.tidy import fit
from checker.safer.trials import CheckAll, Trials, Tried
from checker.verdict import Category, Verdict

# Longer drafts would hold a worker for seconds: their candidates are not made.
MOST_CHARACTERS = 6000
# How often what a wording still tells is taken out as well.
ROUNDS = 3
# How many wordings are checked at once, and of those that drop one part more or less.
AT_ONCE, STEPS = 4, 6
# How often what went without need is brought back.
RETURNS = 2
# No words make these right: a picture stays one, and a worry must reach those who can act on it.
NEVER = frozenset({Category.IMAGE, Category.CONCERN_ABOUT_CARE})


def may_help(report: Report) -> bool:
    """Tell whether other words could make the draft of `report` better."""
    if not report.findings or report.verdict is Verdict.OK:
        return False
    own = [one for one in report.findings if not one.rule.endswith(BY_READER)]
    return all(one.category not in NEVER for one in own) and any(
        one.category in REWORDED for one in report.findings
    )


def find_safer(draft: Draft, report: Report, source: Source, check_all: CheckAll) -> Safer | None:
    """Return the wording of `draft` that `check_all` finds ok and that keeps most, or a better one.

    What it still finds in the mildest wording is taken out in further rounds; where that does not
    do, all that tells of people goes. Once one is ok, what went without need comes back. None
    where nothing better has enough words left.
    """
    if len(draft.text) > MOST_CHARACTERS:
        return None
    marked = tuple(one.spans for one in report.findings if one.category in REWORDED)
    trials = Trials(draft, source, check_all, marked)
    for candidates in _batches(trials, report):
        trials.run(candidates)
        if trials.best:
            return _with_more_kept(trials, report, trials.best).safer
    offered = (one for one in trials.tried if not one.left and trials.keeps_much(one))
    best = min(offered, key=lambda one: one.severity, default=None)
    return best.safer if best and best.severity < report.verdict.severity else None


def _batches(trials: Trials, report: Report) -> Iterator[list[Changes]]:
    """Yield what to check next: mild wordings, mended, with one part less, then strong ones."""
    draft, source = trials.draft, trials.source
    found, cut = report, Cut()
    marks = first = find_marks(source, report, ())
    for _ in range(ROUNDS):
        before = len(trials.tried)
        yield trials.pick_new(make_mild(draft, source, marks))[:AT_ONCE]
        further = {make_cut(source, first, one): one for one in drop_one_more(source, first, cut)}
        yield trials.pick_new(further)[:STEPS]
        now = trials.tried[before:]
        if not now:
            break
        best = min(now, key=_worry)
        cut = further.get(best.safer.changes, cut)
        found = best.add_findings(found)
        marks = find_marks(source, found, trials.left)
        first = find_marks(source, report, trials.left)
    yield trials.pick_new(make_strong(draft, source, marks))[:AT_ONCE]
    yield trials.pick_new(_alone(trials, report))
    yield trials.pick_new(make_bare(draft, source, marks), is_bare=True)[:AT_ONCE]


def _worry(tried: Tried) -> tuple[int, int, float]:
    return tried.worry


def _with_more_kept(trials: Trials, report: Report, best: Tried) -> Tried:
    """Return the best wording after trying which of the dropped parts may stay."""
    source = trials.source
    for _ in range(RETURNS):
        enough = trials.count(best.safer.changes)
        marks = find_marks(source, report, trials.left)
        cut = find_cut(source, best.safer.changes)
        backs = {make_cut(source, marks, cut - one): one for one in drop_fewer(source, marks, cut)}
        more = [one for one in trials.pick_new(backs) if trials.count(one) > enough]
        fine = [one for one in trials.run(more[:STEPS]) if one.is_ok]
        if len(fine) > 1:
            back = Cut().union(*(backs[one.safer.changes] for one in fine))
            trials.run(trials.pick_new([make_cut(source, marks, cut - back)]))
        if not fine:
            break
        best = trials.best or best
    return best


def _alone(trials: Trials, report: Report) -> Iterator[Changes]:
    """Yield the wording that keeps the sentences which are ok on their own and hold no finding."""
    source = trials.source
    marks = find_marks(source, report, ())
    marked = sentence_edits(source, with_people(source, marks.all))
    gone = {(one.start, one.end) for one in marked}
    kept = [one for one in source.sentences if one not in gone]
    if not kept:
        return
    drafts = [replace(trials.draft, text=source.text[start:end]) for start, end in kept]
    bad = [
        Edit(*place, "", "Beside the rest, this part could tell something private.")
        for place, (made, left) in zip(kept, trials.check_all(drafts), strict=True)
        if made.verdict is not Verdict.OK or left
    ]
    if bad:
        edits = [*marked, *bad]
        yield fit(source.text, [*edits, *pronoun_edits(source, edits)])
