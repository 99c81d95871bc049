"""Disguises are undone; ordinary writing is left as it is."""

from __future__ import annotations

import time

import pytest

from checker.normalise import normalise
from checker.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    own = {"jeannie", "callum", "meds", "wean", "keysafe", "doon", "cunt", "bastard", "key"}
    return load_vocabulary(own, likely={"meds", "keysafe", "cunt", "bastard", "key"})


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
        pytest.param("c*nt", "cunt", "starred letters", id="what a mask hides, not the commonest"),
        pytest.param("b*****d", "bastard", "starred letters", id="nearly all masked"),
        pytest.param("*ucking", "fucking", "starred letters", id="first letter masked"),
        pytest.param("m#ds m∗ds", "meds meds", "starred letters", id="other signs for stars"),
        pytest.param("m•e•d•s", "meds", "spaced letters", id="bullets"),
        pytest.param("m..e..d..s", "meds", "spaced letters", id="two dots"),
        pytest.param("k.e.y", "key", "spaced letters", id="three letters of a lexicon"),
        pytest.param("h e r  m e d s", "her meds", "spaced letters", id="spaced sentence"),
        pytest.param("o u r c a l l u m", "our callum", "spaced letters", id="words run together"),
        pytest.param("j1m", "jim", "numbers for letters", id="short l33t"),
        pytest.param("cal\u034flum", "callum", "hidden characters", id="grapheme joiner"),
        pytest.param("cal\x07lum", "callum", "hidden characters", id="control character"),
        pytest.param("cal\ufe00lum", "callum", "hidden characters", id="variation selector"),
        pytest.param("cal\u1160lum", "callum", "hidden characters", id="Hangul filler"),
        pytest.param("my\u200btenant", "my tenant", "hidden characters", id="hidden between words"),
        pytest.param("ᴄᴀʟʟᴜᴍ", "callum", "look-alike letters", id="small capitals"),
        pytest.param("cɑllum", "callum", "look-alike letters", id="phonetic"),
        pytest.param("rεsidεnt", "resident", "look-alike letters", id="Greek"),
        pytest.param("①❷٣", "123", "unusual letters", id="circled and Arabic digits"),
        pytest.param("ŕéśíd́éńt", "resident", "unusual letters", id="an accent on every letter"),
        pytest.param("#ASNteacher", "ASN teacher", "hashtags", id="capitals in a hashtag"),
        pytest.param("#our_callum", "our callum", "hashtags", id="underscores in a hashtag"),
        pytest.param("it&rsquo;s", "it's", "pasted HTML", id="a quote pasted as HTML"),
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
        pytest.param("see note a* and 4* hotels", id="footnotes and stars"),
        pytest.param("she got her m***", id="cut short"),
        pytest.param("https://example.org/page#section", id="part of an address"),
        pytest.param("J.P.S. or u f c", id="initials of three"),
        pytest.param("1/2/3/4 and 1 2 3 4 5", id="digits in a row"),
        pytest.param("łódź sgìth naïve", id="words of other languages"),
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


def test_a_boxed_digit_maps_back_with_its_box(words: Vocabulary) -> None:
    plain = normalise("room 6\ufe0f\u20e3!", words)
    assert (plain.text, plain.back(5, 6)) == ("room 6!", (5, 8))


def test_each_spaced_letter_keeps_its_own_way_back(words: Vocabulary) -> None:
    plain = normalise("o u r c a l l u m", words)
    at = plain.text.index("callum")
    assert plain.back(at, at + 6) == (6, 17)


@pytest.mark.parametrize("unit", ["#", "👍", "ab", "m**t*n ", "*ucking ", "r e s t ", "x"])
def test_no_draft_takes_long_or_grows(unit: str, words: Vocabulary) -> None:
    text = (unit * 20_000)[:20_000]
    began = time.process_time()
    plain = normalise(text, words)
    # A second of the processor at most; each of these took from 5 to 77 before.
    assert time.process_time() - began < 5
    assert max(map(len, plain.text.split())) <= 100
