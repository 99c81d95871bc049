"""What the encoder takes for people: whether a name is among the words, and what needs its word.

Finds   "Obama", "peter" and "john mayer" where the encoder reads somebody
Leaves  "the fiscal" and "my TGI" without a name; "Landslides" and "tay", which it reads as nobody
"""

from __future__ import annotations

from checker.detectors.name_words import LETTERS, NOT_NAMES
from checker.detectors.person import BEFORE_NOUN, Person, is_capital
from checker.encoder import Stretch
from checker.gazetteers import Names
from checker.reading import Reading
from checker.vocabulary import Vocabulary

JOINING = frozenset("and an or n plus".split())
# Where the encoder reads somebody, a word is a name that means one this seldom elsewhere.
SELDOM = 0.05
ARTICLES = frozenset("the a an this that some every each".split())


def read_person(reading: Reading, names: Names, words: Vocabulary, stretch: Stretch) -> Person:
    """Return the person that the encoder means; it is named where a word is a name."""
    first, last = reading.tokens_at(stretch.start, stretch.end)
    named = any(_is_name(reading, names, words, at) for at in range(first, last))
    return Person(first, last, named=named)


def is_somebody(reading: Reading, person: Person) -> bool:
    """Tell whether there is a word in it that can mean somebody: not "6", "the" or "and"."""
    words = reading.lower[person.first : person.last]
    return any(word[:1].isalpha() and word not in BEFORE_NOUN | JOINING for word in words)


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


def _is_name(reading: Reading, names: Names, words: Vocabulary, at: int) -> bool:
    """Tell whether a word that the encoder takes for a person is a name.

    Since it is somebody, a name that is also a word may count in lower case ("peter", "robin"),
    and a capital, past the first word of a sentence, although the word is known ("Obama").
    """
    token, word = reading.doc[at], reading.lower[at]
    if not token.is_alpha or len(word) < 2 or word in NOT_NAMES or names.is_elsewhere(word):
        return False
    proper = token.pos_ == "PROPN"
    if names.is_first(word):
        return proper or not names.is_also_word(word) or names.share(word) >= SELDOM
    if not words.is_known(word):
        # "the postie" is none that a list lacks, but a noun.
        before = reading.lower[at - 1] if at else ""
        return before not in ARTICLES or is_capital(reading, at)
    if word in names.capitals:
        return True
    if names.is_last(word) and not names.is_also_word(word):
        return True
    return proper and token.is_title and not token.is_sent_start
