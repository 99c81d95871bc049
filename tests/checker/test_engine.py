"""Whole drafts through the whole engine: verdicts and exact words."""

from __future__ import annotations

import json
import time
from threading import Event

import pytest

from checker.detectors.all import Detectors
from checker.draft import LONGEST, Draft, make_draft
from checker.encoder import Encoded
from checker.engine import Checker
from checker.finding import Clue, Role
from checker.plain import Plain
from checker.reading import Reading


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("key safe code is 4417 if anyone covers me", "key safe code", id="code"),
        pytest.param("anyone know which surgery has CHI 0101501237", "0101501237", id="CHI"),
        pytest.param("k3y s4f3 c0d3 is 4417", "c0d3", id="code in disguise"),
        pytest.param("our resident Nettie was off her m*ds again", "Nettie", id="starred"),
    ],
)
def test_certain_things_are_stopped_by_rules_alone(
    text: str, words: str, rules_alone: Checker
) -> None:
    report = rules_alone.check(make_draft(text))
    quotes = " ".join(span.quote for one in report.findings for span in one.spans)
    assert (report.verdict, words in quotes) == ("stop", True)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("never share the key safe code, ever", "ok", id="denied"),
        pytest.param("He never came. Key safe code is 4417", "stop", id="denied a sentence before"),
    ],
)
def test_a_denial_ends_with_its_sentence(text: str, verdict: str, rules_alone: Checker) -> None:
    assert rules_alone.check(make_draft(text)).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("our resident Nettie won the raffle!", id="resident"),
        pytest.param("what a laugh, our tenants Ari and Jo brought the cake", id="tenants"),
    ],
)
def test_a_name_that_is_tied_to_the_service_is_stopped_whatever_the_reader_thinks(
    text: str, checker: Checker
) -> None:
    report = checker.check(make_draft(text))
    assert report.verdict == "stop"
    assert "identifies-person.introduced" in [finding.rule for finding in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("happy 80th birthday to my gran Agnes, love you", id="own gran"),
        pytest.param("the old collie's off his food, vet at ten past three", id="dog"),
        pytest.param("day off, feet up, telly on", id="day off"),
        pytest.param("we're hiring! apply now, link in bio", id="advert"),
    ],
)
def test_ordinary_life_passes(text: str, checker: Checker) -> None:
    assert checker.check(make_draft(text)).verdict == "ok"


def test_the_same_name_is_judged_by_role(checker: Checker) -> None:
    theirs = checker.check(make_draft("our resident Nettie had another fall last night"))
    own = checker.check(make_draft("my gran Nettie had another fall last night"))
    assert (theirs.verdict, own.verdict) == ("stop", "ok")
    roles = {one.quote: one.role for one in own.people}
    assert roles["Nettie"] is Role.OWN_FAMILY


def test_findings_come_with_a_reason(checker: Checker) -> None:
    report = checker.check(make_draft("our resident Nettie had another fall last night"))
    assert all(one.message and one.advice and one.clauses for one in report.findings)
    assert all(one.clauses[0].id == "sssc.suitability" for one in report.findings)


def test_a_batch_is_judged_as_one_by_one(checker: Checker) -> None:
    drafts = [
        make_draft(text)
        for text in ("what a day", "our resident Nettie had a fall", "key safe code is 4417")
    ]
    together = [report.as_dict() for report in checker.check_all(drafts)]
    assert together == [checker.check(draft).as_dict() for draft in drafts]


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        pytest.param({"photo": "people"}, "stop", id="own page, people in the picture"),
        pytest.param(
            {"photo": "people", "account": "service"}, "review", id="service page, people in it"
        ),
    ],
)
def test_answers_count(answers: dict[str, str], verdict: str, rules_alone: Checker) -> None:
    assert rules_alone.check(make_draft("what a day we had", **answers)).verdict == verdict


def test_emoji_alone_are_said_not_to_be_checked(checker: Checker) -> None:
    report = checker.check(make_draft("😂😂😂"))
    assert any("no words here" in gap for gap in report.not_checked)


def test_a_report_names_what_it_was_checked_with(checker: Checker) -> None:
    made = checker.check(make_draft("what a day")).as_dict()
    health = checker.health()
    assert made["checked_with"] == {key: health[key] for key in ("postcheck", "rulebook", "model")}


@pytest.mark.parametrize("unit", ["resident ", "r e s i d e n t ", "#"], ids=str.strip)
def test_the_longest_drafts_are_answered_soon_and_in_few_words(unit: str, checker: Checker) -> None:
    text = (unit * LONGEST)[:LONGEST]
    began = time.process_time()
    report = checker.check(make_draft(text))
    # 1 to 4 s of the processor, and 0.6 MB at most; these took 34, 12 and 50 s, and one held 25 MB.
    assert time.process_time() - began < 20
    assert len(json.dumps(report.as_dict())) < 1_000_000


def test_clues_are_looked_for_while_the_encoder_still_reads(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, in_time, find_clues = Event(), [], Detectors.find_clues

    class Slow:
        def encode(self, draft: Draft, plain: Plain) -> Encoded:
            in_time.append(looked.wait(timeout=10))
            assert checker.classifier is not None
            return checker.classifier.encode(draft, plain)

    def find(self: Detectors, reading: Reading) -> tuple[Clue, ...]:
        try:
            return find_clues(self, reading)
        finally:
            looked.set()

    monkeypatch.setattr(Detectors, "find_clues", find)
    ((evidence, _),) = checker.gather([Draft("wee jimmy in room 6 was greeting")], Slow())
    assert in_time == [True]
    assert evidence.encoded is not None
    assert [one.quote for one in evidence.mentions] == ["jimmy"]
