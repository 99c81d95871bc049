"""Disguises are undone; ordinary writing is left as it is."""

from __future__ import annotations

import pytest

from checker.normalise import normalise
from checker.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return load_vocabulary({"jeannie", "callum", "meds", "wean", "keysafe", "doon"})


@pytest.mark.parametrize(
    ("text", "plain", "disguise"),
    [
        pytest.param("c a l l u m is here", "callum is here", "spaced letters", id="spaced"),
        pytest.param("t.a.b.l.e.t.s", "tablets", "spaced letters", id="dotted"),
        pytest.param("h-o-s-p-i-t-a-l", "hospital", "spaced letters", id="dashed"),
        pytest.param("r3sid3nt", "resident", "numbers for letters", id="l33t"),
        pytest.param("the p@ssw0rd", "the password", "numbers for letters", id="l33t with signs"),
        pytest.param("m*ds", "meds", "starred letters", id="starred"),
        pytest.param("cal\u200blum", "callum", "hidden characters", id="zero width"),
        pytest.param("\u202ecallum\u202c", "callum", "hidden characters", id="right to left marks"),
        pytest.param("call\U000e0075um", "callum", "hidden characters", id="tag characters"),
        pytest.param("ｃａｌｌｕｍ", "callum", "unusual letters", id="fullwidth"),
        pytest.param("𝓬𝓪𝓵𝓵𝓾𝓶", "callum", "unusual letters", id="mathematical"),
        pytest.param("с\u0430llum", "callum", "look-alike letters", id="Cyrillic"),
        pytest.param("🅲🅰🅻🅻🆄🅼", "CALLUM", "emoji letters", id="emoji letters"),
        pytest.param("sooooo", "soo", "repeated letters", id="repeated"),
        pytest.param("#lovemyjeannie", "love my jeannie", "hashtags", id="hashtag"),
        pytest.param("#BestResidentEver", "Best Resident Ever", "hashtags", id="camel case"),
        pytest.param("#tnediser", "resident", "hashtags", id="backwards hashtag"),
        pytest.param("me &amp; her", "me & her", "pasted HTML", id="HTML entity"),
        pytest.param("Z\u0337a\u0337l\u0337", "Zal", "unusual letters", id="scribbled"),
    ],
)
def test_disguises_are_undone(text: str, plain: str, disguise: str, words: Vocabulary) -> None:
    result = normalise(text, words)
    assert (result.text, disguise in result.undone) == (plain, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A.S.N. and the N.H.S.", id="initialisms"),
        pytest.param("50mg at 4pm on the 2nd", id="amounts and times"),
        pytest.param("P1 to P7, room B12", id="classes and rooms"),
        pytest.param("*so* tired", id="emphasis"),
        pytest.param("café Zoë naïve", id="accents"),
        pytest.param("won 3-2-1-0 on penalties", id="scores"),
        pytest.param("AT&T and R&B", id="ampersands"),
        pytest.param("👨\u200d👩\u200d👧 family day", id="emoji with joiners"),
        pytest.param("I am a b", id="two single letters"),
        pytest.param("£1,200 for 5k", id="money"),
    ],
)
def test_ordinary_writing_is_left_alone(text: str, words: Vocabulary) -> None:
    assert normalise(text, words).text == text


def test_the_way_back_covers_the_whole_disguise(words: Vocabulary) -> None:
    plain = normalise("poor c a l l u m again", words)
    at = plain.text.index("callum")
    assert plain.back(at, at + 6) == (5, 16)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("off his\u00a0meds", id="no-break space"),
        pytest.param("off  his   meds", id="several spaces"),
        pytest.param("off\u2009his\u3000meds", id="thin and wide"),
        pytest.param("off&nbsp;his meds", id="pasted HTML"),
    ],
)
def test_spaces_of_every_kind_are_one_space(text: str, words: Vocabulary) -> None:
    plain = normalise(text, words)
    assert plain.text == "off his meds"
    start, end = plain.back(4, 7)
    assert text[start:end] == "his"


def test_line_breaks_stay(words: Vocabulary) -> None:
    assert normalise("one\n\n two", words).text == "one\n\n two"
