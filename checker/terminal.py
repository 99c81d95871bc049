"""A report in a terminal: the draft with its words marked, and why each of them was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from checker.clause import Clause
from checker.draft import Draft
from checker.finding import Finding, Mention
from checker.marks import Piece, cut
from checker.policy import Policy
from checker.report import Report, Signpost
from checker.verdict import Verdict
from checker.words import KINDS, OFFERED, ROLES, VERDICTS, how_sure

HEADING = "bold"
INDENT = 3
# "ok" has no colour of its own: green would read as approval.
STYLES = {Verdict.OK: "bold", Verdict.REVIEW: "bold yellow", Verdict.STOP: "bold red"}
# What a terminal would act on, not show: control characters but for tab and line break, and the
# signs that turn the direction of writing around.
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# A line of the report and how far it is indented.
Row = tuple[int, Text]


def make_console() -> Console:
    """Return a console on standard output that takes no word of a draft for a sign to itself."""
    return Console(highlight=False, markup=False, emoji=False)


def show(report: Report, draft: Draft, *, policy: Policy, console: Console) -> None:
    """Print `report` on `draft`; `policy` says how its clauses are cited."""
    is_styled = console.is_terminal and not console.no_color
    for indent, text in _rows(report, draft, policy, is_styled=is_styled):
        _print(console, text, indent)


def _print(console: Console, text: Text, indent: int) -> None:
    """Print `text`, indented; wrapped only for a screen, so that a pipe gets whole sentences."""
    for line in text.split("\n", allow_blank=True):
        width = max(console.width - indent, 1)
        for row in line.wrap(console, width) if console.is_terminal else [line]:
            row.rstrip()
            console.print(Text(" " * indent if row else "") + row, soft_wrap=True)


def _rows(report: Report, draft: Draft, policy: Policy, *, is_styled: bool) -> Iterator[Row]:
    yield from _verdict(report)
    if any(finding.spans for finding in report.findings):
        yield from _heading("Your post, with the words we noticed")
        yield INDENT, _marked(cut(draft.text, report.findings), is_styled=is_styled)
    for number, finding in enumerate(report.findings, start=1):
        yield from _finding(number, finding, policy)
    yield from _safer(report)
    yield from _list("Who we think is in your post", [_person(one) for one in report.people])
    yield from _list("Where to turn to", [_signpost(one) for one in report.signposts])
    yield from _list("What we did not check", list(report.not_checked))
    yield from _checked_with(report)


def _verdict(report: Report) -> Iterator[Row]:
    words = VERDICTS[report.verdict]
    yield 0, _plain(words.heading, STYLES[report.verdict])
    yield 0, _plain(report.summary)
    yield 0, _plain(words.reminder)
    if report.jigsaw is not None:
        yield 0, _plain(report.jigsaw.sentence)


def _marked(pieces: tuple[Piece, ...], *, is_styled: bool) -> Text:
    """Return the draft with the number of each finding after its words.

    Where no style shows where the words begin, they stand in brackets: `[wee Callum][1]`.
    """
    marked = Text()
    for piece in pieces:
        style = f"underline {STYLES[piece.verdict]}" if piece.over and is_styled else ""
        marked.append("" if is_styled else "[" * len(piece.opening))
        marked.append_text(_plain(piece.text, style))
        for stretch in piece.closing:
            marked.append("" if is_styled else "]")
            marked.append("".join(f"[{number}]" for number in stretch.numbers))
    marked.rstrip()
    return marked


def _finding(number: int, finding: Finding, policy: Policy) -> Iterator[Row]:
    concern = policy.concern(finding.category)
    words = (f"“{span.quote}” ({KINDS[span.kind]})" for span in finding.spans)
    yield from _heading(f"{number}. {concern.title} – {VERDICTS[finding.verdict].tag}")
    yield INDENT, _plain(finding.message)
    if finding.spans:
        yield INDENT, _labelled("The words", ", ".join(words))
    yield INDENT, _labelled("Why it matters", concern.description)
    for clause in finding.clauses:
        yield 2 * INDENT, _plain(_cited(clause, policy))
    yield INDENT, _labelled("What to do", finding.advice)
    yield from _reasons(finding)


def _cited(clause: Clause, policy: Policy) -> str:
    return f"{policy.cite(clause)}: {clause.title}"


def _reasons(finding: Finding) -> Iterator[Row]:
    if finding.why.probability is not None:
        told = (
            "A computer that learned from examples we wrote finds this "
            f"{how_sure(finding.why.probability)}."
        )
        yield INDENT, _labelled("How we worked this out", told)
    for like in finding.why.similar:
        note = f" ({like.note})" if like.note else ""
        told = f"“{like.text}” – {VERDICTS[like.verdict].tag}{note}"
        yield INDENT, _labelled("A made-up post like yours", told)


def _safer(report: Report) -> Iterator[Row]:
    """Yield the safer wording with its changes, or what could be posted instead."""
    if report.safer is None:
        yield from _list("What you could post instead", list(filter(None, [report.instead])))
        return
    yield from _heading("A safer way to say it")
    yield INDENT, _plain(report.safer.text)
    yield INDENT, _plain(OFFERED[report.safer.verdict])
    for change in report.safer.changes:
        new = f"now “{change.new}”" if change.new else "left out"
        yield 2 * INDENT, _plain(f"“{change.quote}”: {new}. {change.reason}")


def _person(person: Mention) -> str:
    because = f" ({person.because})" if person.because else ""
    return f"“{person.quote}”: {ROLES[person.role]}{because}"


def _signpost(signpost: Signpost) -> str:
    return " ".join(filter(None, (f"{signpost.title}: {signpost.text}", signpost.url)))


def _checked_with(report: Report) -> Iterator[Row]:
    made = report.checked_with
    yield 0, Text()
    yield (
        0,
        _plain(
            f"Language: {report.language}. Checked with Postcheck {made.postcheck}, "
            f"rules {made.rulebook}, learned reader: {made.model}",
            "dim",
        ),
    )


def _list(title: str, lines: list[str]) -> Iterator[Row]:
    if lines:
        yield from _heading(title)
    for line in lines:
        yield INDENT, _plain(line)


def _heading(words: str) -> Iterator[Row]:
    yield 0, Text()
    yield 0, _plain(words, HEADING)


def _labelled(label: str, words: str) -> Text:
    return Text.assemble((f"{label}: ", HEADING), _plain(words))


def _plain(text: str, style: str = "") -> Text:
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", unbroken), style=style)
