"""What the encoder takes for people: whether a name is among the words, and what needs its word.

Finds   "Obama", "peter" and "john mayer" where the encoder reads somebody
Leaves  "the fiscal", "my TGI" and "some o thum" without a name; "Landslides" and "tay", which it
        reads as nobody
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import groupby

from checker.detectors.name_words import LETTERS, NOT_NAMES
from checker.detectors.person import BEFORE_NOUN, Person, is_capital
from checker.encoder import Stretch
from checker.finding import Role
from checker.gazetteers import Names
from checker.reading import Reading
from checker.vocabulary import Vocabulary

JOINING = frozenset("and an or n plus".split())
# Words for the author, and little words of time and place, which mean nobody met through work.
NOBODY = frozenset(
    "i me i'm im here there from fae frae at in on to tae up down doon now then today tonight ps "
    "p.s p.s. chi nhs sssc pvg dob rota shift".split()
)
# Where the encoder reads somebody, a word is a name that means one this seldom elsewhere. With 0.05
# one lower-case name fewer of 131 was found in the posts of docs/people.md ("brad").
SELDOM = 0.03
# So sure of somebody must the encoder be where no list knows the name. On voices it never met 113
# of 173 such capitals were people where it was as sure, 32 of 95 where it was less so; of a
# hundred such words in small letters, most of them dialect or another tongue, five were names.
SURE = 0.75


def read_person(reading: Reading, names: Names, words: Vocabulary, stretch: Stretch) -> Person:
    """Return the person that the encoder means; it is named where a word is a name."""
    first, last = reading.tokens_at(stretch.start, stretch.end)
    return _person(reading, names, words, stretch, range(first, last))


def read_rest(
    reading: Reading, names: Names, words: Vocabulary, stretch: Stretch, taken: Container[int]
) -> Iterator[Person]:
    """Yield the names in what is left of `stretch` beside the `taken` tokens.

    In "my cousin cicibel" the noun is somebody already, and the name is not.
    """
    first, last = reading.tokens_at(stretch.start, stretch.end)
    for is_taken, places in groupby(range(first, last), lambda at: at in taken):
        if not is_taken:
            rest = list(places)
            person = _person(reading, names, words, stretch, range(rest[0], rest[-1] + 1))
            if person.named:
                yield person


def _person(
    reading: Reading, names: Names, words: Vocabulary, stretch: Stretch, places: range
) -> Person:
    """Return the person at `places`, named by a list or, where the encoder is sure, without one."""
    public = stretch.label is Role.PUBLIC_FIGURE
    named = any(_is_listed(reading, names, at, public=public) for at in places)
    if not named and stretch.somebody >= SURE:
        unlisted = [_is_unlisted(reading, names, words, at) for at in places]
        named = any(unlisted) and (all(unlisted) or is_capital(reading, places.start))
    return Person(places.start, places.stop, named=named)


def is_somebody(reading: Reading, person: Person) -> bool:
    """Tell whether there is a word in it that can mean somebody: not "6", "the" or "and"."""
    words = reading.lower[person.first : person.last]
    return any(word[:1].isalpha() and word not in BEFORE_NOUN | JOINING | NOBODY for word in words)


def is_nobody(quote: str) -> bool:
    """Tell whether the words can mean nobody: "P.S.", "CHI", "from here"."""
    words = quote.lower().split()
    return all(word in NOBODY for word in words)


def stands_alone(reading: Reading, names: Names, person: Person) -> bool:
    """Tell whether a name needs no word of the encoder's.

    On drafts of voices it never met, a capitalised name that is no word and no place is a person
    in more than half of the cases where it reads nobody; anything weaker in one of ten.
    """
    word = reading.lower[person.first]
    if person.title or reading.doc[person.first].text in LETTERS:
        return True
    firm = names.is_first(word) and not names.is_also_word(word) and not names.is_elsewhere(word)
    return firm and is_capital(reading, person.first)


def is_known_name(reading: Reading, names: Names, person: Person) -> bool:
    """Tell whether a title, initials or a list of names speak for the person."""
    text = reading.doc[person.first].text
    if person.title or "." in text or text in LETTERS:
        return True
    return any(
        names.is_first(word)
        or names.is_last(word)
        or word in names.capitals
        or word in names.family
        for word in reading.lower[person.first : person.last]
    )


def _can_be_name(reading: Reading, names: Names, at: int) -> bool:
    token, word = reading.doc[at], reading.lower[at]
    return (
        token.is_alpha and len(word) > 1 and word not in NOT_NAMES and not names.is_elsewhere(word)
    )


def _is_listed(reading: Reading, names: Names, at: int, *, public: bool) -> bool:
    """Tell whether a word that the encoder takes for a person is a name that a list knows.

    Since it is somebody, a name that is also a word may count in lower case ("peter", "robin"),
    and where it is a `public` figure, a name that is a word to everybody else ("drake").
    """
    word = reading.lower[at]
    if not _can_be_name(reading, names, at):
        return False
    if public and word in names.public:
        return True
    if names.is_first(word):
        proper = reading.doc[at].pos_ == "PROPN"
        return proper or not names.is_also_word(word) or names.share(word) >= SELDOM
    if word in names.capitals:
        return True
    forms = [word]
    if is_capital(reading, at):
        # "the Taylors at number 6"
        forms.append(word.removesuffix("s"))
    elif at and reading.lower[at - 1] in BEFORE_NOUN:
        # "the brewer" has a trade, not a name.
        return False
    return any(_is_surname(names, form) for form in forms)


def _is_surname(names: Names, word: str) -> bool:
    return word in names.family or (names.is_last(word) and not names.is_also_word(word))


def _is_unlisted(reading: Reading, names: Names, words: Vocabulary, at: int) -> bool:
    """Tell whether it is a name that no list knows.

    A capital is, past the first word of a sentence, although the word is known; a small letter
    only where nothing before it makes it a noun ("the postie", "my snr").
    """
    token, word = reading.doc[at], reading.lower[at]
    if not _can_be_name(reading, names, at):
        return False
    if words.is_known(word):
        return bool(token.pos_ == "PROPN" and token.is_title and not token.is_sent_start)
    before = reading.lower[at - 1] if at else ""
    return is_capital(reading, at) or before not in BEFORE_NOUN
