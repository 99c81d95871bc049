"""Names that the encoder's reading brings in or lets go, in pairs: found and left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.detectors.all import Detectors
from checker.draft import Draft, Permission
from checker.encoder import Stretch
from checker.engine import Checker
from checker.evidence import Evidence
from checker.finding import Role


def named(
    checker: Checker, text: str, *quotes: str, somebody: float = 1.0, role: Role = Role.OTHER
) -> list[str]:
    """Return the names found in `text` where the encoder takes `quotes` for people.

    `somebody` is how sure it is that they are, and `role` who.
    """
    reader, detectors = checker.reader, checker.detectors
    assert isinstance(detectors, Detectors)
    draft = Draft(text)
    reading = reader.parse([draft], reader.normalise([draft]))[0]
    stretches = tuple(
        Stretch(text.index(one), text.index(one) + len(one), role, 0.9, somebody) for one in quotes
    )
    people = detectors.people.find(reading, detectors.lexicon.find(reading), stretches)
    return [reading.quote(one.first, one.last)[2] for one in people if one.named]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("saw robin at the shops again", "robin"),
        ("saw Neva at the shops again", "Neva"),
        ("was that Sanchez on the telly", "Sanchez"),
        ("it was mcallister that said it", "mcallister"),
        ("it was the Taylors that said it", "the Taylors"),
        ("was that Hughes on the telly", "Hughes"),
        ("collins was on the telly", "collins"),
    ],
)
def test_a_name_that_the_encoder_reads_as_somebody_is_named(
    checker: Checker, text: str, quote: str
) -> None:
    assert named(checker, text, quote) == [quote]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the whole ward kens him", "ward"),
        ("the Malaysians won it", "Malaysians"),
        ("the postie was early", "postie"),
        ("the clarks were early", "the clarks"),
        ("the brewer was early", "brewer"),
        ("Young fella at the gate", "Young fella"),
    ],
)
def test_a_noun_that_the_encoder_reads_as_somebody_has_no_name(
    checker: Checker, text: str, quote: str
) -> None:
    assert named(checker, text, quote) == []


def test_a_plain_name_needs_no_word_of_the_encoder(checker: Checker) -> None:
    assert named(checker, "Parveen was in the day") == ["Parveen"]


@pytest.mark.parametrize("text", ["we walked by the Tay", "we love Strawbale here", "una mas"])
def test_what_only_looks_like_a_name_needs_its_word(checker: Checker, text: str) -> None:
    assert named(checker, text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("we love Strawbale here", "Strawbale", id="a capital"),
        pytest.param("saw zorbik at the shops", "zorbik", id="a small letter"),
    ],
)
def test_what_no_list_knows_is_a_name_only_where_the_encoder_is_sure(
    checker: Checker, text: str, quote: str
) -> None:
    assert named(checker, text, quote, somebody=0.8) == [quote]
    assert named(checker, text, quote, somebody=0.7) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("there is Victoria sponge left", [], id="a cake"),
        pytest.param("Victoria baked a sponge", ["Victoria"], id="a baker"),
        pytest.param("gave Nettie plums", ["Nettie"], id="whom plums were given"),
        pytest.param("neva seen the like, am done in", [], id="never in haste"),
        pytest.param("Eva again, am done in", ["Eva"], id="Eva"),
    ],
)
def test_a_name_that_is_another_word_is_nobody(
    checker: Checker, text: str, found: list[str]
) -> None:
    assert named(checker, text) == found


def test_a_listed_name_needs_no_sure_encoder(checker: Checker) -> None:
    assert named(checker, "saw peter at the shops", "peter", somebody=0.55) == ["peter"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("naw, some o thum did it", "some o thum", id="among other words"),
        pytest.param("my snr was raging", "snr", id="behind “my”"),
    ],
)
def test_an_odd_spelling_is_no_name(checker: Checker, text: str, quote: str) -> None:
    assert named(checker, text, quote) == []


@pytest.mark.parametrize("quote", ["P.S.", "here", "from", "CHI"])
def test_a_word_that_means_nobody_is_no_person(checker: Checker, quote: str) -> None:
    text = "CHI was down from here on. P.S. send cake"
    report = checker.without_reader("tested").check(Draft(text))
    assert named(checker, text, quote) == []
    assert quote not in [one.quote for one in report.people]


def test_initials_are_still_a_person(checker: Checker) -> None:
    assert named(checker, "J.B. was in the day", "J.B.") == ["J.B."]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mr McAllister the MP came by our day centre", Role.PUBLIC_FIGURE),
        ("Our councillor, Mrs Aitken, came by our day centre", Role.PUBLIC_FIGURE),
        ("Mr McAllister told the MP about our day centre", Role.SUPPORTED),
    ],
)
def test_a_title_of_office_beside_a_name_makes_a_public_figure(
    checker: Checker, text: str, role: Role
) -> None:
    people = checker.without_reader("tested").check(Draft(text)).people
    assert [one.role for one in people if one.named] == [role]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("one of my families has moved in with nothing", Role.SUPPORTED),
        ("one of my mums is in the paper", Role.SUPPORTED),
        ("one of my brothers has moved in with nothing", Role.OWN_FAMILY),
        ("my mum is in the paper", Role.OWN_FAMILY),
    ],
)
def test_one_of_my_families_is_met_through_work(checker: Checker, text: str, role: Role) -> None:
    (one,) = checker.without_reader("tested").check(Draft(text)).people
    assert one.role is role


def test_a_mark_covers_whole_words(checker: Checker, look: Callable[..., Evidence]) -> None:
    clues = [clue.quote for clue in look("I wasnt a clue, not a clue").clues]
    assert "nt a clue" not in clues
    assert "not a clue" in clues


def test_permission_that_was_answered_is_heard(checker: Checker) -> None:
    text = "photo of our residents in the garden"
    rules = {
        answer: {
            one.rule
            for one in checker.without_reader("tested")
            .check(Draft(text, permission=answer))
            .findings
        }
        for answer in Permission
    }
    assert "image.answered-permission" in rules[Permission.WRITTEN]
    assert "image.claimed-permission" not in rules[Permission.WRITTEN]
    assert "image.answered-permission" not in rules[Permission.NONE]


@pytest.mark.parametrize(
    ("text", "quote", "role", "names"),
    [
        pytest.param("was drake any good", "drake", Role.PUBLIC_FIGURE, ["drake"], id="a star"),
        pytest.param("was drake any good", "drake", Role.OTHER, [], id="a star, read as any other"),
        pytest.param("saw a drake there", "a drake", Role.OTHER, [], id="a duck"),
        pytest.param("was the singer good", "singer", Role.PUBLIC_FIGURE, [], id="a trade"),
    ],
)
def test_a_public_figure_goes_by_a_word(
    checker: Checker, text: str, quote: str, role: Role, names: list[str]
) -> None:
    assert named(checker, text, quote, role=role) == names


@pytest.mark.parametrize(
    ("text", "quote", "names"),
    [
        pytest.param("well my cousin cicibel won", "my cousin cicibel", ["cicibel"], id="a name"),
        pytest.param("well my cousin won", "my cousin", [], id="no name"),
        pytest.param("well my cousin there won", "my cousin there", [], id="a word"),
    ],
)
def test_a_name_beside_a_noun_is_somebody_too(
    checker: Checker, text: str, quote: str, names: list[str]
) -> None:
    assert named(checker, text, quote) == names


@pytest.mark.parametrize(
    ("quote", "names"),
    [
        pytest.param("sitarim katelo", ["sitarim katelo"], id="two words that nobody knows"),
        pytest.param("sitarim cattle", [], id="one of them is a word"),
    ],
)
def test_two_unknown_words_in_small_letters(checker: Checker, quote: str, names: list[str]) -> None:
    assert named(checker, f"salute to {quote} again", quote) == names
