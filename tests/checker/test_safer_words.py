"""The small parts of a safer wording: what is worth posting, openings, pronouns, fine parts."""

from __future__ import annotations

import pytest

from checker.draft import make_draft
from checker.engine import Checker
from checker.finding import Kind, Span
from checker.safer.change import Change, Edit, apply_changes
from checker.safer.clauses import clause_edits, find_parts
from checker.safer.fewer import drop_fewer
from checker.safer.leftovers import find_private
from checker.safer.marks import Marks
from checker.safer.natural import reads_well
from checker.safer.phrases import says_is, widen
from checker.safer.pronouns import pronoun_edits
from checker.safer.seams import fits_around
from checker.safer.source import Source, find_sentences, read_source
from checker.safer.tidy import fit
from checker.safer.worth import count_own, is_worth, with_opening

# Twenty-seven words that go.
LONG = "Ada " + "fell " * 25 + "again. "


def _drop(text: str, quote: str, new: str = "") -> tuple[Change, ...]:
    start = text.index(quote)
    return (Change(start, start + len(quote), quote, new, "why"),)


@pytest.mark.parametrize(
    ("text", "quote", "own", "worth"),
    [
        pytest.param("Ada fell. sleepovers r hrd wrk", "Ada fell. ", 3, True, id="three"),
        pytest.param("Ada fell. Pure steel", "Ada fell. ", 2, False, id="two"),
        pytest.param("Ada fell. #pray #nightshift #tired", "Ada fell. ", 0, False, id="hashtags"),
        pytest.param("Ada fell. 50 mins o peace", "Ada fell. ", 3, True, id="a number counts"),
        pytest.param(LONG + "Grand sunset hame", LONG, 3, True, id="three of thirty"),
        pytest.param(
            LONG + "Ada too. Grand sunset hame", LONG + "Ada too. ", 3, False, id="of more"
        ),
    ],
)
def test_a_few_words_are_worth_posting(text: str, quote: str, own: int, worth: bool) -> None:
    changes = _drop(text, quote)
    assert (count_own(text, changes), is_worth(text, changes)) == (own, worth)


def test_a_draft_without_changes_is_no_wording() -> None:
    assert is_worth("a grand day had by all", ()) is False


@pytest.mark.parametrize(
    ("text", "quote", "opened"),
    [
        pytest.param(
            "Ada fell again. Heartbroken",
            "Ada fell again. ",
            "What a day at work. Heartbroken",
            id="a feeling",
        ),
        pytest.param(
            "ada fell in the night. proud", "ada fell in the night. ",
            "what a night at work. proud", id="small letters, night",
        ),
        pytest.param(
            "Ada wis oan the flair. Heartbroken", "Ada wis oan the flair. ",
            "Whit a day at ma work. Heartbroken", id="Scots",
        ),
        pytest.param("Ada fell. The blue bucket", "Ada fell. ", None, id="no feeling"),
        pytest.param("So proud of Ada", " of Ada", None, id="no sentence went"),
    ],
)  # fmt: skip
def test_a_feeling_left_alone_gets_an_opening(text: str, quote: str, opened: str | None) -> None:
    changes = with_opening(text, _drop(text, quote))
    assert (apply_changes(text, changes) if changes else None) == opened


def _source(text: str, checker: Checker) -> Source:
    ((evidence, _),) = checker.gather([make_draft(text)])
    return read_source(evidence)


@pytest.mark.parametrize(
    ("text", "gone", "offered"),
    [
        pytest.param(
            "Our resident Nettie had a fall, and she told us the best joke",
            "Our resident Nettie had a fall, and ",
            "Someone told us the best joke",
            id="she",
        ),
        pytest.param(
            "My gran Agnes sang. Our resident Nettie had a fall in the hall. What about his hat",
            "",
            "My gran Agnes sang. Our resident Nettie had a fall in the hall. What about his hat",
            id="nobody went",
        ),
        pytest.param(
            "she told us the best joke and the kettle broke",
            "and the kettle broke",
            "she told us the best joke",
            id="never said who she is",
        ),
    ],
)
def test_a_pronoun_never_points_at_nobody(
    text: str, gone: str, offered: str, rules_alone: Checker
) -> None:
    start = text.index(gone)
    edits = [Edit(start, start + len(gone), "", "why")] if gone else []
    more = pronoun_edits(_source(text, rules_alone), edits)
    assert apply_changes(text, fit(text, [*edits, *more])) == offered


@pytest.mark.parametrize(
    ("is_fine", "offered"),
    [(True, "Early, late, then a sleepover"), (False, "Early, late")],
)
def test_a_phrase_goes_before_its_part(is_fine: bool, offered: str, rules_alone: Checker) -> None:
    text = "Early, late, then a sleepover with nobody else in the building"
    start = text.index("nobody")
    span = Span(start, len(text), text[start:], Kind.SERVICE, "service.staffing")
    edits = clause_edits(_source(text, rules_alone), [span], is_fine=is_fine)
    assert apply_changes(text, fit(text, edits)) == offered


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("he's eighty one, what a man", {"he's eighty one"}, id="age in words"),
        pytest.param("gas up 9%, my temper up 100", set(), id="up"),
        pytest.param("New boots welcome, size 5 to 7", set(), id="sizes"),
        pytest.param("3 falls and 2 kettles", set(), id="counted"),
        pytest.param("the man in 4 sang", {"4"}, id="a room"),
        pytest.param("Late home. Fifteen. Heartbroken", {"Fifteen"}, id="an age alone"),
        pytest.param("Someone left for Tranent", {"Tranent"}, id="a town beside someone"),
        pytest.param("I walked to Tranent and back", set(), id="a town of one's own"),
        pytest.param("Fifteen quid and a free scone", set(), id="money in words"),
        pytest.param("Twelve an a cheeky laugh", {"Twelve"}, id="an age in words"),
        pytest.param("home by 7am", set(), id="the clock"),
        pytest.param("she is up again. Till 7am", {"7"}, id="the clock beside somebody"),
        pytest.param("whit a day, 94 am so proud", {"94"}, id="an age before am"),
    ],
)
def test_figures_that_tell_of_somebody_are_left(
    text: str, left: set[str], rules_alone: Checker
) -> None:
    ((evidence, _),) = rules_alone.gather([make_draft(text)])
    assert {one.quote for one in find_private(evidence, ())} == left


@pytest.mark.parametrize(
    ("text", "quote", "phrase"),
    [
        pytest.param("Proud of Nettie, our oldest member, today", "Nettie",
                     "Nettie, our oldest member,", id="said again"),
        pytest.param("Proud of Nettie, our cook and the band", "Nettie", "Nettie", id="a list"),
        pytest.param("Proud of Nettie, my manager, our cook", "Nettie", "Nettie", id="a long list"),
        pytest.param("Saw Nettie, my coat on my arm", "Nettie", "Nettie", id="no more of her"),
        pytest.param("Proud of Nettie, the rain never stopped her", "Nettie", "Nettie", id="a verb"),
        pytest.param("a man I used to support sang", "a man I", "a man I used to support",
                     id="used to"),
        pytest.param("The folk I like best sang", "The folk I", "The folk I", id="no support"),
        pytest.param("I miss the lads I support now", "the lads I", "the lads I support", id="verb"),
        pytest.param("I miss the lad I look after now", "the lad I", "the lad I look after",
                     id="look after"),
        pytest.param("I miss the lads on top", "the lads", "the lads", id="no verb"),
        pytest.param("grand chat wi one ae ma lads", "ma lads", "one ae ma lads", id="one ae"),
    ],
)  # fmt: skip
def test_the_whole_phrase_goes(text: str, quote: str, phrase: str, rules_alone: Checker) -> None:
    start = text.index(quote)
    left, right = widen(_source(text, rules_alone), start, start + len(quote), [])
    assert text[left:right] == phrase


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        pytest.param("Nettie fell in the hall, wish me luck", "Wish me luck", id="bids"),
        pytest.param("Nettie fell in the hall, salutes the bin men", "", id="lacks who"),
        pytest.param("Nettie fell in the hall, have no heating", "", id="bids nobody"),
    ],
)
def test_a_part_that_bids_stands_alone(text: str, offered: str, rules_alone: Checker) -> None:
    span = Span(0, 11, text[:11], Kind.CARE, "incident.fall")
    edits = clause_edits(_source(text, rules_alone), [span])
    assert apply_changes(text, fit(text, edits)) == offered


def test_a_picture_ends_a_sentence() -> None:
    text = "Tender post 💛 Moved on this week. Love it 🎉"
    assert [text[a:b] for a, b in find_sentences(text)] == [
        "Tender post 💛", "Moved on this week.", "Love it 🎉",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("Someone has a court date tomorrow", {"court"}, id="court"),
        pytest.param("She is missing again", {"missing"}, id="missing"),
        pytest.param("Wandered again. Glad of my thermals", {"Wandered"}, id="no subject"),
        pytest.param("Lives in the end flat, drop a card", {"in the end flat"}, id="where"),
        pytest.param("Third night on my tod", {"on my tod"}, id="alone at work"),
        pytest.param("someone sings every morning", {"every morning"}, id="a habit"),
        pytest.param("Sixteen, and full of it", {"Sixteen"}, id="an age that opens"),
        pytest.param("I was up every morning with my own bad knee", set(), id="own habit"),
        pytest.param("I was in court as a juror", set(), id="own court"),
        pytest.param("my gran is out of hospital", set(), id="own family"),
        pytest.param("Grand night, sixteen scones each", set(), id="a count"),
    ],
)
def test_what_tells_without_a_rule_is_left(text: str, left: set[str], rules_alone: Checker) -> None:
    ((evidence, _),) = rules_alone.gather([make_draft(text)])
    found = {one.quote for one in find_private(evidence, ())}
    assert (left <= found, bool(found)) == (True, bool(left))


@pytest.mark.parametrize(
    ("text", "quote", "new", "fits"),
    [
        pytest.param("We sang songs in Tranent.", " in Tranent", "", True, id="a phrase"),
        pytest.param("We sang songs in Tranent.", " Tranent", "", False, id="in nothing"),
        pytest.param("Nettie laughed at us", "Nettie", "someone", True, id="someone laughed"),
        pytest.param("the Nettie story made us laugh", "the Nettie", "someone", False, id="a noun"),
    ],
)
def test_neighbours_of_a_change_go_together(
    text: str, quote: str, new: str, fits: bool, rules_alone: Checker
) -> None:
    assert fits_around(_source(text, rules_alone), _drop(text, quote, new)) is fits


@pytest.mark.parametrize(
    ("quote", "well"),
    [
        pytest.param(", an she ", False, id="glued"),
        pytest.param(", an she", True, id="apart"),
    ],
)
def test_two_words_are_never_glued(quote: str, well: bool) -> None:
    text = "hid ahint a coin, an she sang a solo the nicht"
    changes = _drop(text, quote)
    assert reads_well(text, apply_changes(text, changes), changes) is well


@pytest.mark.parametrize(
    ("text", "end", "said"),
    [
        pytest.param("Nettie's away again", 6, (8, "is"), id="is"),
        pytest.param("Nettie's been away", 6, (8, "has"), id="has"),
        pytest.param("Nettie's hat is here", 6, None, id="her own"),
        pytest.param("Nettie's broken wrist is better", 6, None, id="her own, broken"),
    ],
)
def test_an_s_that_is_a_verb_is_written_out(
    text: str, end: int, said: tuple[int, str] | None, rules_alone: Checker
) -> None:
    assert says_is(_source(text, rules_alone), end) == said


def test_what_went_without_need_may_come_back_and_what_must_go_may_not(
    rules_alone: Checker,
) -> None:
    text = "We sang all day. Nettie had a fall. The tea was lovely"
    source = _source(text, rules_alone)
    start = text.index("had a fall")
    fall = Span(start, start + 10, "had a fall", Kind.CARE, "incident.fall")
    marks = Marks((fall,), (fall,), (fall,), (fall,), ())
    gone = frozenset(find_parts(source))
    back = [{text[slice(*place)] for place in one} for one in drop_fewer(source, marks, gone)]
    assert back == [
        {"We sang all day", "The tea was lovely"},
        {"We sang all day"},
        {"The tea was lovely"},
    ]
