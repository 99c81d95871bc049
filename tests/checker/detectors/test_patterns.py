"""Contacts, identifiers, places and times: each found, and each with a near miss left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Quotes = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        pytest.param("text me 07700 900142 x", "contact.mobile", ["07700 900142"], id="mobile"),
        pytest.param("ring +44 7700 900142", "contact.mobile", ["+44 7700 900142"], id="abroad"),
        pytest.param("0044 7700 900142", "contact.mobile", ["0044 7700 900142"], id="with 0044"),
        pytest.param("(07700) 900 142", "contact.mobile", ["(07700) 900 142"], id="in brackets"),
        pytest.param("on facebook.com/jo", "contact.link", ["facebook.com/jo"], id="bare link"),
        pytest.param("d.o.b. 03.04.1941", "identifier.birth", ["d.o.b. 03.04.1941"], id="dotted"),
        pytest.param("dob 1941-04-03", "identifier.birth", ["dob 1941-04-03"], id="ISO birth"),
        pytest.param("CHI 3113501234", "identifier.chi", ["3113501234"], id="CHI, no such date"),
        pytest.param("at 14B Birch Tce", "place.address", ["14B Birch Tce"], id="short address"),
        pytest.param(
            "a ninety-seven year old", "age.very-old", ["ninety-seven year old"], id="in words"
        ),
        pytest.param("07700\u200b900142", "contact.mobile", ["07700\u200b900142"], id="hidden gap"),
        pytest.param("call 0141 496 0123", "contact.landline", ["0141 496 0123"], id="landline"),
        pytest.param("jo@example.org", "contact.email", ["jo@example.org"], id="e-mail"),
        pytest.param("thanks @jo_mac", "contact.handle", ["@jo_mac"], id="handle"),
        pytest.param("see www.example.org/x", "contact.link", ["www.example.org/x"], id="link"),
        pytest.param("CHI 0101501237", "identifier.chi", ["0101501237"], id="CHI with a cue"),
        pytest.param("patient no 999 999 9999", "identifier.nhs", ["999 999 9999"], id="NHS"),
        pytest.param("QQ 12 34 56 C", "identifier.national", ["QQ 12 34 56 C"], id="NI"),
        pytest.param("dob 3/4/41", "identifier.birth", ["dob 3/4/41"], id="date of birth"),
        pytest.param("case ref 20931", "identifier.reference", ["20931"], id="case reference"),
        pytest.param("EH1 1YZ", "place.postcode", ["EH1 1YZ"], id="postcode"),
        pytest.param("at 14 Birch Terrace", "place.address", ["14 Birch Terrace"], id="address"),
        pytest.param("door code's 4417 now", "identifier.code", ["4417"], id="door code"),
        pytest.param("key safe, C2580Y, ta", "identifier.code", ["C2580Y"], id="code with letters"),
        pytest.param("room 6 again", "place.room", ["room 6"], id="room"),
        pytest.param("flat 2/1", "place.room", ["flat 2/1"], id="tenement flat"),
        pytest.param("off to Tranent", "place.town", ["Tranent"], id="town"),
        pytest.param("at Rowan House", "place.premises", ["Rowan House"], id="premises"),
        pytest.param("at 10.30am", "time.clock", ["at 10.30am"], id="clock"),
        pytest.param("every Thursday", "time.routine", ["every Thursday"], id="routine"),
        pytest.param("she's 94", "age.very-old", ["she's 94"], id="over ninety"),
        pytest.param("my 4yr old", "age.exact", ["4yr old"], id="young"),
        pytest.param("sort code 80-22-60", "identifier.bank", ["80-22-60"], id="sort code"),
        pytest.param("account no 12345678", "identifier.bank", ["12345678"], id="account"),
        pytest.param(
            "GB82 WEST 1234 5698 7654 32",
            "identifier.bank",
            ["GB82 WEST 1234 5698 7654 32"],
            id="IBAN",
        ),
        pytest.param(
            "debit card 4111 1111 1111 1112",
            "identifier.card",
            ["4111 1111 1111 1112"],
            id="card with a cue, whatever its check digit",
        ),
        pytest.param(
            "4111111111111111 ha", "identifier.card", ["4111111111111111"], id="check digit"
        ),
        pytest.param("reg SF14 KLD", "identifier.registration", ["SF14 KLD"], id="plate"),
        pytest.param("her car is T481 BWS", "identifier.registration", ["T481 BWS"], id="of 1998"),
        pytest.param("plate ABC 123D", "identifier.registration", ["ABC 123D"], id="of 1966"),
        pytest.param("council ref HB-20931", "identifier.reference", ["HB-20931"], id="council"),
        pytest.param(
            "key safe is the year England won the cup",
            "identifier.code-riddle",
            ["key safe is the year England won the cup"],
            id="code as a year",
        ),
        pytest.param(
            "door code's same as the bus, twice",
            "identifier.code-riddle",
            ["door code's same as the bus, twice"],
            id="code as a bus",
        ),
        pytest.param("Nettie, 94, from Crieff", "age.very-old", ["94"], id="age after a name"),
        pytest.param("our Callum (12) won", "age.exact", ["12"], id="age in brackets"),
        pytest.param("a smith from Lairg, 92, sang", "age.very", ["92"], id="age after a place"),
        pytest.param("a smith from Kyleakin", "place.origin", ["Kyleakin"], id="where from"),
        pytest.param("next is 3 The Loaning", "place.address", ["3 The Loaning"], id="The street"),
        pytest.param(
            "born on the 3rd of April 1938",
            "identifier.birth",
            ["born on the 3rd of April 1938"],
            id="born with an article",
        ),
        pytest.param(
            "her birthday is 12/03/1945",
            "identifier.birth",
            ["birthday is 12/03/1945"],
            id="birthday with a year",
        ),
        pytest.param("dob March 12 1945", "identifier.birth", ["dob March 12 1945"], id="US"),
        pytest.param("keysafe for flat 12 is 0917", "identifier.code", ["0917"], id="past a flat"),
        pytest.param(
            "keysafe four four one seven",
            "identifier.code",
            ["four four one seven"],
            id="code in words",
        ),
        pytest.param(
            "her bank card pin is 4821",
            "identifier.card-pin",
            ["bank card pin is 4821"],
            id="pin of a card",
        ),
    ],
)
def test_found(text: str, label: str, expected: list[str], quotes: Quotes) -> None:
    assert quotes(text, label) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("won 4-2, 3-1 and 0-0", "contact", id="scores"),
        pytest.param("raised £07700900", "contact.mobile", id="money"),
        pytest.param("flight BA1484 at gate 14", "identifier", id="flight"),
        pytest.param("lottery 3 14 15 92 65 35", "identifier", id="lottery"),
        pytest.param("3112994455 views", "identifier", id="ten digits without a cue"),
        pytest.param("born to run", "identifier.birth", id="born"),
        pytest.param("file under 12 pages", "identifier.reference", id="file"),
        pytest.param("gate B12 3rd row", "place.postcode", id="shape without a code"),
        pytest.param("the 38 bus at stop 4", "place.address", id="bus"),
        pytest.param("me, 28, sheriff court", "place.address", id="age before a court"),
        pytest.param("340 daffs along the drive", "place.address", id="daffodils"),
        pytest.param("the dress code is smart, £100 a head", "identifier.code", id="dress code"),
        pytest.param("door code changed at 10:30", "identifier.code", id="a time"),
        pytest.param("plenty room 4 everyone", "contact", id="room for"),
        pytest.param("reading a nice book", "place.town", id="reading"),
        pytest.param("open 24/7", "time.clock", id="always open"),
        pytest.param("20 years in the job", "age", id="years of service"),
        pytest.param("sixty years in the job", "age", id="years of service in words"),
        pytest.param("I love facebook.com", "contact.link", id="a site without a page"),
        pytest.param("in 2004 4770 090014", "contact.mobile", id="long number"),
        pytest.param("won 10-22-60 on the machine", "identifier.bank", id="sort code's shape"),
        pytest.param("12345678 steps", "identifier.bank", id="eight digits"),
        pytest.param("GB82 WEST 1234 5698 7654 33", "identifier.bank", id="no IBAN"),
        pytest.param("4111 1111 1111 1112 views", "identifier.card", id="no check digit"),
        pytest.param("flight BA14 84A to Corfu", "identifier.registration", id="seat"),
        pytest.param("the car took the M25 and the A90", "identifier.registration", id="roads"),
        pytest.param("my car got 20 mpg", "identifier.registration", id="miles a gallon"),
        pytest.param("bake at 180 for 25 mins", "identifier", id="recipe"),
        pytest.param("the 44A at 7.15, £2.20", "identifier", id="bus and fare"),
        pytest.param("the key safe is stiff", "identifier.code", id="key safe"),
        pytest.param("same as the bus, twice as slow", "identifier.code", id="bus"),
        pytest.param("Rovers, 12, were behind", "age", id="points after a club"),
        pytest.param("Saturday (12) is full", "age", id="day"),
        pytest.param("parcel tracking ref JD000223344", "identifier.reference", id="parcel"),
        pytest.param("job ref 20931, apply by Friday", "identifier.reference", id="job"),
        pytest.param("order number 112-3456789", "identifier.reference", id="order"),
        pytest.param("my birthday is 12/03/1985", "identifier.birth", id="own birthday"),
        pytest.param("born March 12 in a snowstorm", "identifier.birth", id="no year"),
        pytest.param("the bank sells pin badges, 4821 so far", "identifier.card", id="pin badge"),
        pytest.param("keysafe one day, two the next", "identifier.code", id="two numbers"),
        pytest.param("open from Monday", "place.origin", id="from a day"),
        pytest.param("shift from 7, 12, or 3", "age", id="hours"),
    ],
)
def test_left_alone(text: str, label: str, quotes: Quotes) -> None:
    assert quotes(text, label) == []
