"""A safer wording: what is changed, what is left alone, and that nothing worse is offered."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.draft import Account, Draft, make_draft
from checker.engine import Checker
from checker.finding import Kind, Span
from checker.safer.change import Change, Edit, Safer, apply_changes
from checker.safer.instead import INSTEAD
from checker.safer.leftovers import find_private
from checker.safer.natural import reads_well
from checker.safer.reasons import REASONS
from checker.safer.search import may_help
from checker.safer.source import find_sentences, read_source
from checker.safer.taking_back import take_back
from checker.safer.tidy import fit
from checker.safer.trials import Trials
from checker.verdict import Category, Verdict

FOUND = [
    pytest.param(
        "The 94-year-old ex-head teacher from Ullapool told me the best joke on my shift today. Love my job",
        "Someone told me the best joke on my shift today. Love my job",
        id="a description",
    ),
    pytest.param(
        "our 94 year old resident loves the bingo, what a night we had",
        "someone loves the bingo, what a night we had",
        id="an age for a person",
    ),
    pytest.param(
        "Our resident Nettie loves the garden and we all had a grand day out",
        "Someone loves the garden and we all had a grand day out",
        id="a name",
    ),
    pytest.param(
        "Great night at the fair. Our residents Nettie and Agnes won the raffle!",
        "Great night at the fair. People I support won the raffle!",
        id="several names",
    ),
    pytest.param(
        "Thanks to everyone who came to the open day. Our tenant Rory, 34, from Tranent cut the ribbon.",
        "Thanks to everyone who came to the open day. Someone I support cut the ribbon.",
        id="name, age and town",
    ),
    pytest.param(
        "We sang all afternoon, my lady with the dementia was greeting, and the tea was lovely",
        "We sang all afternoon, and the tea was lovely",
        id="care in one part of a sentence",
    ),
    pytest.param(
        "So proud of the team tonight. Mrs Gunn in room 6 had another fall. Roll on the weekend",
        "So proud of the team tonight. Roll on the weekend",
        id="care in a sentence",
    ),
    pytest.param(
        "Our resident Nettie had a fall in room 6. She was that brave. Grand sunset on my way home",
        "Grand sunset on my way home",
        id="a sentence that goes on about her",
    ),
    pytest.param(
        "key safe code is 4417 if anyone covers me. Lovely sunny morning for a walk though",
        "Lovely sunny morning for a walk though",
        id="a code",
    ),
    pytest.param(
        "Long day but a good one. Our resident Nettie was off her food again. Our manager Linda Weir "
        "is a lazy cow. Home now, feet up",
        "Long day but a good one. Home now, feet up",
        id="an insult that the rest outweighs",
    ),
]


@pytest.mark.parametrize(("text", "offered"), FOUND)
def test_what_reveals_is_taken_out(text: str, offered: str, checker: Checker) -> None:
    draft = make_draft(text)
    safer = checker.suggest(draft, checker.check(draft))
    assert safer is not None
    assert (safer.text, safer.verdict) == (offered, "ok")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("My dog Nettie is off her food and I am worried sick", id="pet"),
        pytest.param("my gran Nettie had a fall, poor soul", id="family"),
        pytest.param("Nicola Sturgeon opened the new bridge in the rain", id="public figure"),
        pytest.param("Long shift, feet up, telly on", id="nobody"),
    ],
)
def test_a_draft_without_findings_is_left_alone(text: str, checker: Checker) -> None:
    draft = make_draft(text)
    assert checker.suggest(draft, checker.check(draft)) is None


def test_own_family_is_left_alone_beside_somebody_from_work(checker: Checker) -> None:
    draft = make_draft("My gran Nettie baked scones. Our resident Agnes in room 6 loves the garden")
    safer = checker.suggest(draft, checker.check(draft))
    assert safer is not None
    assert "My gran Nettie baked scones." in safer.text
    assert "Agnes" not in safer.text


def test_a_name_that_goes_goes_everywhere(checker: Checker) -> None:
    draft = make_draft(
        "Our resident Nettie in room 6 was off her food. We baked scones for the whole street. "
        "Nettie had two of them"
    )
    safer = checker.suggest(draft, checker.check(draft))
    assert safer is not None
    assert ("Nettie" in safer.text, "We baked scones" in safer.text) == (False, True)


@pytest.mark.parametrize(
    ("marked", "gone", "offered"),
    [
        pytest.param("Tam", " the hale road hame", [], id="the finding stands as it was"),
        pytest.param("wi our Tam, he sang", ", he sang", [], id="named in the finding"),
        pytest.param(
            "hale road", " the hale road hame", ["Grand day wi our Tam, he sang"], id="answered"
        ),
    ],
)
def test_a_wording_answers_every_finding(
    marked: str, gone: str, offered: list[str], rules_alone: Checker
) -> None:
    draft = make_draft("Grand day wi our Tam, he sang the hale road hame")
    ((evidence, _),) = rules_alone.gather([draft])
    start, at = draft.text.index(marked), draft.text.index(gone)
    span = Span(start, start + len(marked), marked, Kind.PERSON, "supported")
    trials = Trials(draft, read_source(evidence), lambda _: [], ((span,),))
    new = trials.pick_new([(Change(at, at + len(gone), gone, "", "why"),)])
    assert [apply_changes(draft.text, one) for one in new] == offered


def test_a_sentence_of_patches_is_refused() -> None:
    old = "The 10 train from Crail to Leven with Ada"
    quotes = ["10 ", " from Crail", " to Leven"]
    changes = tuple(
        Change(old.index(one), old.index(one) + len(one), one, "", "why") for one in quotes
    )
    kept = [reads_well(old, apply_changes(old, some), some) for some in (changes, changes[:2])]
    assert kept == [False, True]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        pytest.param(
            "our residents are smelly old idiots. Lovely weather though, off to the beach",
            Category.DISRESPECT,
            id="insult",
        ),
        pytest.param("our resident was off her m*ds again", Category.CARE_DETAIL, id="care"),
    ],
)
def test_where_words_cannot_help_it_says_what_could(
    text: str, category: Category, checker: Checker
) -> None:
    report = checker.check(make_draft(text))
    told = report.offering(checker.suggest(make_draft(text), report)).as_dict()
    assert (told["safer"], told["instead"]) == (None, INSTEAD[category])


def test_a_picture_of_people_gets_no_wording(rules_alone: Checker) -> None:
    draft = make_draft("what a day we had", photo="people")
    report = rules_alone.check(draft)
    assert (rules_alone.suggest(draft, report), report.instead) == (None, INSTEAD[Category.IMAGE])


def test_a_service_says_we(rules_alone: Checker) -> None:
    draft = make_draft(
        "Well done to our resident Agnes in room 6. The whole team had a grand night",
        account=Account.SERVICE,
    )
    safer = rules_alone.suggest(draft, rules_alone.check(draft))
    assert safer is not None
    assert "someone we support" in safer.text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("Someone's key safe code is 4417", {"4417"}, id="a code"),
        pytest.param("someone here is 94 years old", {"94"}, id="an age"),
        pytest.param("someone was off her meds again", {"off her meds"}, id="care"),
        pytest.param("Number 14, blue door, you'll see the ladder", {"14"}, id="a figure"),
        pytest.param("Twelve years old and full of it", {"Twelve years old"}, id="age in words"),
        pytest.param("my gran was off her meds again", set(), id="care of one's own"),
        pytest.param("someone won the quiz, what a night", set(), id="a prize"),
        pytest.param("the team had a grand day out", set(), id="nobody"),
        pytest.param("Phone rang 84 times and we raised £312", set(), id="measures"),
        pytest.param("sea like glass until 1846, 10/10", set(), id="history and marks"),
    ],
)
def test_what_is_left_bars_an_offer(text: str, left: set[str], rules_alone: Checker) -> None:
    ((evidence, _),) = rules_alone.gather([make_draft(text)])
    found = {one.quote for one in find_private(evidence, ())}
    assert (found & left, bool(found)) == (left, bool(left))


@pytest.mark.parametrize(
    ("old", "quote", "new", "expected"),
    [
        pytest.param("Nettie won the raffle", "Nettie", "someone I support", True, id="a person"),
        pytest.param("a card from Nettie", "Nettie", "someone I support", True, id="from"),
        pytest.param("the last cooper here", "cooper", "someone", False, id="the last someone"),
        pytest.param("she is Nettie", "Nettie", "someone", False, id="she is someone"),
        pytest.param("Nettie's ma rang", "Nettie's ma", "someone's family", True, id="family"),
        pytest.param("Nettie's ma rang", "ma", "someone", False, id="two possessives"),
        pytest.param("someone and Rory sang", "Rory", "someone", True, id="author's own someone"),
        pytest.param("Love to Rory, Ada", "Ada", "someone", False, id="spoken to"),
        pytest.param("he's the piper on it", "piper ", "", False, id="the on"),
        pytest.param("He asked if he could, hen", "if he could", "", False, id="asked,"),
        pytest.param("Meet Nettie!", "Nettie", "someone I support", False, id="meet someone"),
        pytest.param("Nettie. We sang", "Nettie", "Someone", False, id="someone alone"),
        pytest.param("Nettie sang so we sang", "Nettie sang", "Someone", False, id="someone so"),
        pytest.param("Nettie was with us", "Nettie was", "Someone", False, id="no verb"),
        pytest.param("Folk on my list", "my list", "someone", False, id="on someone"),
        pytest.param("He told me a joke. Ha", "a joke", "", False, id="told me."),
        pytest.param("a → b → c", "b ", "", False, id="two arrows"),
        pytest.param("the bath (room 6) is on", "room 6", "", False, id="empty brackets"),
        pytest.param("tea, scones, songs", "scones, ", "", True, id="list"),
        pytest.param("21 now and a dad!", "a dad", "their family", False, id="now family"),
        pytest.param("Hi to Jo and a dad!", "a dad", "their family", True, id="and family"),
        pytest.param("Rory to the end", "Rory", "Someone I support", False, id="to the end"),
        pytest.param("Rory sang to the end", "Rory", "Someone I support", True, id="sang to"),
        pytest.param("anyone got Jo's mug?", "Jo's", "someone's", False, id="anyone got someone"),
        pytest.param("anyone seen? Jo's mug is here", "Jo's", "Someone's", True, id="anyone seen"),
        pytest.param("he wis wi me, an him an aw", "an him ", "", True, id="dialect"),
        pytest.param("Thank you Jo, it was great", "Jo", "someone", False, id="thank you someone"),
        pytest.param("Thank you all. Jo sang", "Jo", "Someone", True, id="thank you all"),
        pytest.param("Jo is the cook who sang", "Jo", "Someone", False, id="is the one who"),
        pytest.param("Nae families here the day", "Nae ", "", False, id="a lost no"),
        pytest.param("Jo's mum comes to me", "Jo's mum", "Their family", False, id="whose family"),
        pytest.param("Jo fell in case ye ask", "Jo fell ", "", False, id="in case"),
        pytest.param("We took Jo to see the sea", " the sea", "", False, id="to see"),
        pytest.param("Taking Jo out, wish me luck", " Jo out", "", False, id="taking nobody"),
        pytest.param("Baking, as ever, for Jo", " for Jo", "", True, id="baking"),
        pytest.param("i've Nettie at two", "Nettie", "someone", False, id="I've someone"),
        pytest.param("Nettie and the band won", "Nettie", "Someone", False, id="someone and"),
        pytest.param("pass at ten, look for a bus!", " for a bus", "", False, id="look!"),
    ],
)
def test_a_wording_reads_like_a_persons(old: str, quote: str, new: str, expected: bool) -> None:
    start = old.index(quote)
    changes = (Change(start, start + len(quote), quote, new, "why"),)
    assert reads_well(old, apply_changes(old, changes), changes) is expected


def test_a_plain_check_offers_nothing(checker: Checker) -> None:
    assert checker.check(make_draft(str(FOUND[0].values[0]))).safer is None


def test_a_clean_report_says_nothing_instead(checker: Checker) -> None:
    report = checker.check(make_draft("what a day"))
    assert (report.instead, may_help(report)) == ("", False)


PIECES = st.sampled_from(
    [
        "Our resident Nettie", "wee Callum's mum", " was off her m*ds", " in room 6", ", 94,",
        " from Tranent", " loves the garden", ". ", "\n", "! ", " and ", " but ", "What a day",
        " we sang songs all afternoon", " #nettieshome", " #lovemyjob", " 07700 900142", " 🎉",
        " key safe code is 4417", "my gran Agnes", " every Thursday at 2pm", "\u200b", "&amp;", " a ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=2, max_size=9).map("".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXTS.filter(lambda text: text.strip()))
def test_changes_lead_to_a_better_text(rules_alone: Checker, text: str) -> None:
    draft = Draft(text)
    report = rules_alone.check(draft)
    safer = rules_alone.suggest(draft, report)
    if safer is None:
        return
    assert [text[one.start : one.end] for one in safer.changes] == [
        one.quote for one in safer.changes
    ]
    assert all(one.end <= other.start for one, other in pairwise(safer.changes))
    assert apply_changes(text, safer.changes) == safer.text
    assert rules_alone.check(Draft(safer.text)).verdict == safer.verdict
    assert safer.verdict.severity < report.verdict.severity


@pytest.mark.parametrize(
    ("text", "edit", "tidied"),
    [
        pytest.param("a 94-year-old man", (2, 14, ""), "a man", id="article kept"),
        pytest.param("a young old man", (2, 8, ""), "an old man", id="a to an"),
        pytest.param("We sang, Nettie, room 6.", (17, 23, ""), "We sang, Nettie.", id="comma"),
        pytest.param("Nettie sang", (0, 6, "someone"), "Someone sang", id="capital"),
        pytest.param("Bad day. good tea", (0, 8, ""), "Good tea", id="capital moves on"),
        pytest.param("one\nroom 6\ntwo", (4, 10, ""), "one\ntwo", id="line goes"),
        pytest.param("tea and room 6!", (8, 14, ""), "tea!", id="dangling and"),
        pytest.param("tea in room 6 today", (4, 13, ""), "tea today", id="one space"),
    ],
)
def test_edits_are_made_to_fit(text: str, edit: tuple[int, int, str], tidied: str) -> None:
    changes = fit(text, [Edit(*edit, "because")])
    assert apply_changes(text, changes) == tidied


def test_edits_that_overlap_become_one() -> None:
    changes = fit("our Nettie in room 6", [Edit(0, 10, "someone", "a"), Edit(11, 20, "", "b")])
    assert [(one.quote, one.new) for one in changes] == [("our Nettie in room 6", "someone")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("One. Two! #tag #other", ["One.", "Two!", "#tag", "#other"], id="hashtags"),
        pytest.param("Mrs. Gunn came. Fine", ["Mrs. Gunn came.", "Fine"], id="title"),
        pytest.param("one\n\ntwo", ["one", "two"], id="lines"),
    ],
)
def test_sentences_are_told_apart(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in find_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("quote", "taken_back"),
    [
        pytest.param("sang", (10, 14), id="after a change"),
        pytest.param("someone", None, id="inside a change"),
        pytest.param("someone sang", (0, 14), id="over a change"),
    ],
)
def test_what_is_still_found_is_taken_back_to_the_draft(
    quote: str, taken_back: tuple[int, int] | None
) -> None:
    safer = Safer("someone sang", (Change(0, 9, "wee Rory,", "someone", ""),), Verdict.REVIEW)
    start = safer.text.index(quote)
    span = take_back(safer, Span(start, start + len(quote), quote, Kind.CARE, ""))
    assert (span and (span.start, span.end)) == taken_back


def test_nothing_of_a_draft_is_in_any_repr() -> None:
    change = Change(0, 6, "Nettie", "someone", "why")
    shown = repr((Safer("someone", (change,), Verdict.OK), change, Edit(0, 6, "Nettie", "why")))
    assert [word for word in ("Nettie", "someone") if word in shown] == []


def test_every_category_and_kind_has_its_words() -> None:
    assert (set(INSTEAD), set(REASONS)) == (set(Category), set(Kind))
