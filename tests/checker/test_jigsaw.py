"""How many people a draft's details fit: worked examples, what is found, and what is left alone.

Rules alone read the drafts, so that training the reader anew breaks nothing here.
"""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from checker.draft import make_draft
from checker.engine import Checker
from checker.errors import RulebookError
from checker.jigsaw.estimate import Jigsaw, about, bounds, count
from checker.jigsaw.fact import Detail, Fact
from checker.jigsaw.figures import FOLDER, Figures, load_figures
from checker.jigsaw.phrases import load_phrases
from checker.jigsaw.wording import tell
from checker.terminal import show

FIGURES = load_figures()
DOC = Path(__file__).parents[2] / "docs" / "jigsaw.md"

DOWNS = "one of my clients in Tranent has Down's syndrome, he's a star"
BUTCHER = "one of my ladies in Aberfeldy is 101 years old and her son is the butcher"
TRIPLETS = "one of the families I visit in Portsoy has triplets"


def estimate(checker: Checker, text: str) -> Jigsaw | None:
    """Return the jigsaw of a draft."""
    return checker.check(make_draft(text)).jigsaw


def detail(fact: Fact, key: str, start: int, quote: str) -> Detail:
    share = FIGURES.everyone(0.5)
    return Detail(start, start + len(quote), quote, fact, key, share, 1.2, True, 0, 1)


ADDRESS = detail(Fact.ADDRESS, "address", 0, "8 Seaview Terrace")
WOMAN = detail(Fact.SEX, "female", 30, "her")


@pytest.mark.parametrize(
    ("details", "told"),
    [
        pytest.param(
            (ADDRESS, detail(Fact.STREET, "street", 2, "Seaview Terrace"), WOMAN),
            "“8 Seaview Terrace” and a woman",
            id="the street of an address is told once",
        ),
        pytest.param(
            (ADDRESS, detail(Fact.STREET, "street", 20, "Shore Road"), WOMAN),
            "“8 Seaview Terrace”, “Shore Road” and a woman",
            id="another street",
        ),
        pytest.param(
            (ADDRESS, detail(Fact.STREET, "street", 2, "Seaview Terrace")),
            "“8 Seaview Terrace”",
            id="an address alone",
        ),
        pytest.param(
            (detail(Fact.AGE, "15", 0, "15"), WOMAN), "“15” and a girl", id="no grown-up yet"
        ),
        pytest.param((detail(Fact.AGE, "18", 0, "18"), WOMAN), "“18” and a woman", id="grown up"),
    ],
)
def test_details_are_told_once_and_in_fitting_words(details: tuple[Detail, ...], told: str) -> None:
    assert tell(1, 1, 1, details, None).split(". ")[0] == (
        f"Perhaps only one person in Scotland fits {told}"
    )


def facts(checker: Checker, text: str) -> list[tuple[str, str]]:
    """Return the kind and the words of each detail of a draft."""
    found = estimate(checker, text)
    return [(str(one.fact), one.quote) for one in found.details] if found else []


@pytest.mark.parametrize(
    ("text", "numbers", "sentence"),
    [
        pytest.param(
            DOWNS,
            (4, 1, 10, "condition", 6000),
            "About 4 people in Scotland fit “Tranent”, “Down's syndrome” and a man (between 1 and 10). "
            "Leave out the condition and it could be about 6,000.",
            id="town, condition and sex",
        ),
        pytest.param(
            BUTCHER,
            (1, 1, 1, "age", 4),
            "Perhaps only one person in Scotland fits a woman, “Aberfeldy”, “is 101 years old” and "
            "“son is the butcher”. Leave out the age and it could be about 4.",
            id="age, town and son",
        ),
        pytest.param(
            TRIPLETS,
            (1, 1, 6, "town", 3000),
            "Perhaps only one person in Scotland fits “Portsoy” and “triplets” (it could be up to 6). "
            "Leave out the town and it could be about 3,000.",
            id="a family",
        ),
    ],
)
def test_the_worked_examples_come_out_as_by_hand(
    text: str,
    numbers: tuple[int, int, int, str, int],
    sentence: str,
    rules_alone: Checker,
) -> None:
    found = estimate(rules_alone, text)
    assert found is not None
    assert (found.fits, found.low, found.high, found.drop, found.without) == numbers
    assert found.sentence == sentence
    assert text in DOC.read_text("utf-8")
    assert sentence in DOC.read_text("utf-8")


def test_the_steps_of_the_worked_examples() -> None:
    men = FIGURES.count(FIGURES.of_sex("male"))
    old = sum(
        band.people * part
        for band, part in zip(FIGURES.bands, FIGURES.of_age(101, 101), strict=True)
        if band.sex == "female"
    )
    assert (FIGURES.people, round(men)) == (5_573_865, 2_707_154)
    assert round(men * 6.8 / 10_000 * 11_910 / FIGURES.people, 2) == 3.93
    assert round(old) == 173
    assert round(old * 1_960 / FIGURES.people * 3 * 8_000 / FIGURES.people, 5) == 0.00026
    assert 1_730 / 2_000 == 0.865


@pytest.mark.parametrize(
    ("found", "detail", "left_alone"),
    [
        pytest.param(
            "our resident in Tranent used to be a miner",
            ("job", "miner"),
            "our resident in Tranent asked about a miner",
            id="former job",
        ),
        pytest.param(
            "my client in Tranent is Polish",
            ("nationality", "Polish"),
            "my client in Tranent has shoes to polish",
            id="nation",
        ),
        pytest.param(
            "my client in Tranent is the provost's mum",
            ("family", "provost's mum"),
            "my client in Tranent met the provost",
            id="family tie",
        ),
        pytest.param(
            "my client in Tranent has a glass eye",
            ("looks", "glass eye"),
            "my client in Tranent has brown hair",
            id="looks",
        ),
        pytest.param(
            "my client in Tranent was on the news",
            ("event", "on the news"),
            "my client in Tranent likes the news",
            id="event",
        ),
        pytest.param(
            "my client in Tranent has his birthday on 3 March",
            ("date", "3 March"),
            "my client in Tranent has a visit on 3 March",
            id="date",
        ),
        pytest.param(
            "my client in Fife has motor neurone disease",
            ("region", "Fife"),
            "my client has motor neurone disease",
            id="area",
        ),
        pytest.param(
            "my client in Tranent has muscular dystrophy",
            ("condition", "muscular dystrophy"),
            "my client in Tranent has a cold",
            id="condition",
        ),
        pytest.param(
            "my client in Tranent is in her nineties",
            ("age", "in her nineties"),
            "my client in Tranent is not getting younger",
            id="age in words",
        ),
        pytest.param(
            "my client in Tranent is 96 years old",
            ("age", "is 96 years old"),
            "I was 96 years old inside, and my client in Tranent laughed",
            id="age",
        ),
    ],
)
def test_details_are_found_and_left_alone(
    found: str, detail: tuple[str, str], left_alone: str, rules_alone: Checker
) -> None:
    assert detail in facts(rules_alone, found)
    assert facts(rules_alone, left_alone) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("my gran is 101 years old and lives in Aberfeldy", id="own gran"),
        pytest.param("one of my ladies in Tranent made me laugh today", id="one detail"),
        pytest.param("our residents in Tranent are over 90, one is 97 years old", id="a group"),
        pytest.param("our service in Aberfeldy is ten today", id="nobody"),
    ],
)
def test_no_jigsaw_without_a_person_and_two_details(text: str, rules_alone: Checker) -> None:
    assert estimate(rules_alone, text) is None


def test_what_belongs_to_others_is_not_joined(rules_alone: Checker) -> None:
    text = "my gran is 101 years old. One of my clients in Tranent has Down's syndrome"
    assert facts(rules_alone, text) == [("town", "Tranent"), ("condition", "Down's syndrome")]


def test_another_of_a_group_is_one_person(rules_alone: Checker) -> None:
    text = "another of my ladies in Tranent is 96 years old"
    assert ("town", "Tranent") in facts(rules_alone, text)
    assert facts(rules_alone, "our other ladies in Tranent are 96 years old") == []


def test_the_report_holds_it_and_its_words_are_the_draft(rules_alone: Checker) -> None:
    text = "🎉 " + DOWNS
    jigsaw = rules_alone.check(make_draft(text)).as_dict()["jigsaw"]
    for part in (jigsaw["person"], *jigsaw["details"]):
        assert text[part["start"] : part["end"]] == part["quote"]
    assert list(jigsaw) == "fits low high person details drop without sentence".split()


def test_the_estimate_changes_no_verdict_and_shows_no_words_in_a_repr(
    rules_alone: Checker,
) -> None:
    report = rules_alone.check(make_draft(DOWNS))
    assert report.jigsaw is not None
    assert not [word for word in ("Tranent", "Down", "client") if word in repr(report.jigsaw)]
    assert report.as_dict() | {"jigsaw": None} == replace(report, jigsaw=None).as_dict()


def test_the_terminal_tells_it_in_one_line(rules_alone: Checker) -> None:
    draft = make_draft(DOWNS)
    report = rules_alone.check(draft)
    file = io.StringIO()
    show(report, draft, policy=rules_alone.rulebook.policy, console=Console(file=file))
    assert report.jigsaw is not None
    assert f"\n{report.jigsaw.sentence}\n" in file.getvalue()


@pytest.mark.parametrize(
    ("counted", "fits", "level"),
    [
        pytest.param(0, 1, "ok", id="none that the guide counts"),
        pytest.param(1, 40, "review", id="one"),
        pytest.param(1, 1, "stop", id="one that leaves one person"),
        pytest.param(2, 40, "stop", id="two"),
    ],
)
def test_the_guide_says_how_grave(
    counted: int, fits: int, level: str, rules_alone: Checker
) -> None:
    found = estimate(rules_alone, DOWNS)
    assert found is not None
    details = [replace(one, counted=at < counted) for at, one in enumerate(found.details)]
    assert replace(found, fits=fits, details=tuple(details)).level == level


@pytest.mark.parametrize(
    ("number", "rounded"),
    [(0, 1), (0.4, 1), (3.93, 4), (9.5, 10), (14, 10), (15, 20), (367, 400), (96_000, 100_000)],
)
def test_numbers_are_told_as_roughly_as_they_are_known(number: float, rounded: int) -> None:
    assert about(number) == rounded


def test_the_ages_add_up() -> None:
    each = sum(FIGURES.count(FIGURES.of_age(age, age)) for age in range(200))
    assert each == pytest.approx(FIGURES.people)
    assert FIGURES.count(FIGURES.of_age(100, 200)) == pytest.approx(1_040)


def every_detail(figures: Figures) -> list[Detail]:
    """Return a detail for each figure, and some ages and places."""
    shares = {(Fact(one.kind), key): one.share for key, one in figures.figures.items() if one.share}
    shares |= {(Fact.AGE, str(age)): figures.of_age(age, age) for age in (4, 44, 89, 96, 104)}
    shares |= {(Fact.TOWN, str(n)): figures.everyone(n / figures.people) for n in (500, 9_000)}
    shares |= {(Fact.SEX, sex): figures.of_sex(sex) for sex in ("male", "female")}
    return [
        Detail(0, 1, "", fact, key, share, 2.0, False, 0, 1)
        for (fact, key), share in shares.items()
    ]


@given(st.lists(st.sampled_from(every_detail(FIGURES)), min_size=1, max_size=6, unique=True))
def test_leaving_out_a_detail_never_lowers_the_count(details: list[Detail]) -> None:
    whole = count(details, FIGURES)
    low, high = bounds(whole, details)
    assert about(low) <= about(whole) <= about(high)
    for left_out in details:
        fewer = [one for one in details if one is not left_out]
        assert count(fewer, FIGURES) >= whole * (1 - 1e-9)


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("figures.csv", "mnd,condition,500,,20", "mnd,condition,500,,21", "mnd: the ages must"),
        ("figures.csv", "mnd,condition,500,", "mnd,condition,9,8", "mnd: more people than"),
        ("phrases.yaml", "  ms: [", "  mss: [", "“mss” has no figure"),
        ("phrases.yaml", "\nnations:", "\nnation:", "unknown key 'nation'"),
    ],
)
def test_figures_and_phrases_are_read_strictly(
    file: str, before: str, after: str, message: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    changed = (folder / file).read_text("utf-8").replace(before, after, 1)
    (folder / file).write_text(changed, "utf-8")
    with pytest.raises(RulebookError, match=message):
        load_phrases(load_figures(folder), folder)
