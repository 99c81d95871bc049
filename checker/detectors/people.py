"""People in the draft, named or not, before anyone asks who they are.

Finds   "Mrs P", "wee jimmy", "AGNES", "Ikenna Mbah", "J.B.", "one of my ladies", "his mum"
Leaves  "Hope it's dry" and "the Grant Arms" (a word, a place), "Skye" (a place)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from checker.detectors.name_words import (
    ABBREVIATIONS,
    INITIAL_CUES,
    MISSED,
    NOT_NAMES,
    PLACE_CUES,
    PREMISES,
    THINGS,
    TITLES,
)
from checker.detectors.person import Person, best_nouns, is_capital, widen_noun
from checker.detectors.read_people import (
    SURE,
    is_known_name,
    is_somebody,
    read_person,
    read_rest,
    stands_alone,
)
from checker.encoder import Stretch
from checker.finding import Clue, Kind
from checker.gazetteers import EVEN, Names, Place
from checker.reading import Reading
from checker.vocabulary import Vocabulary

INITIALS_LENGTH = 4


class PeopleDetector:
    """Joins gazetteers, capitals, titles and initials into mentions of people."""

    def __init__(self, names: Names, places: dict[str, Place], words: Vocabulary) -> None:
        self._names = names
        self._places = places
        self._words = words

    def find(
        self, reading: Reading, clues: Sequence[Clue], stretches: Sequence[Stretch] | None = None
    ) -> tuple[Person, ...]:
        """Return the people of the draft in order.

        `clues` holds the lexicon's person nouns, `stretches` the words that the encoder takes for
        people, None without one: those among them that neither names nor nouns touch are people
        too, and what only looks like a name must be among them.
        """
        known = self._by_words(reading, clues)
        if stretches is None:
            return tuple(sorted(known, key=lambda person: person.first))
        read = tuple(map(partial(read_person, reading, self._names, self._words), stretches))
        pairs = tuple(zip(read, stretches, strict=True))
        known = [one for one in known if one.noun or self._is_backed(reading, one, pairs)]
        taken = {at for person in known for at in range(person.first, person.last)}
        more = [
            person for one, stretch in pairs for person in self._more(reading, one, stretch, taken)
        ]
        return tuple(sorted([*known, *more], key=lambda person: person.first))

    def _more(
        self, reading: Reading, read: Person, stretch: Stretch, taken: set[int]
    ) -> Iterator[Person]:
        """Yield who else the encoder means: a whole stretch, or the name beside a known noun."""
        if not taken.isdisjoint(range(read.first, read.last)):
            yield from read_rest(reading, self._names, self._words, stretch, taken)
        elif is_somebody(reading, read):
            yield read

    def _is_backed(
        self, reading: Reading, name: Person, read: Sequence[tuple[Person, Stretch]]
    ) -> bool:
        """Tell whether the encoder's word for a name is enough, or none is needed."""
        touching = [
            stretch.somebody
            for person, stretch in read
            if person.first < name.last and name.first < person.last
        ]
        enough = 0.0 if is_known_name(reading, self._names, name) else SURE
        return max(touching, default=-1.0) >= enough or stands_alone(reading, self._names, name)

    def _by_words(self, reading: Reading, clues: Sequence[Clue]) -> list[Person]:
        """Return the people that names, titles, initials and the lexicon's nouns tell."""
        nouns = [
            widen_noun(reading, clue)
            for clue in clues
            if clue.kind is Kind.PERSON and not _is_verb(reading, clue.last - 1)
        ]
        taken = {at for noun in nouns for at in range(noun.first, noun.last)}
        named = list(self._named(reading, taken))
        inside = {at for person in named for at in range(person.first, person.last)}
        nouns = [
            noun for noun in best_nouns(nouns) if not inside & set(range(noun.first, noun.last))
        ]
        return named + nouns

    def _named(self, reading: Reading, taken: set[int]) -> Iterator[Person]:
        at = 0
        while at < len(reading.doc):
            last = self._name_end(reading, at, taken)
            if last > at:
                yield Person(at, last, named=True, title=reading.lower[at].rstrip(".") in TITLES)
                at = last
            else:
                at += 1

    def _name_end(self, reading: Reading, at: int, taken: set[int]) -> int:
        """Return where the name that begins at token `at` ends, or `at` where none does."""
        if at in taken or tuple(reading.lower[at : at + 2]) in THINGS:
            return at
        word = reading.lower[at].rstrip(".")
        if word in TITLES and at + 1 < len(reading.doc):
            return self._titled_end(reading, at)
        if _is_initial(reading, at):
            return at + 1
        if not self._starts_name(reading, at):
            return at
        end = at + 1
        while end < len(reading.doc) and end not in taken and self._continues(reading, end):
            end += 1
        if end < len(reading.doc) and reading.lower[end] in PREMISES and is_capital(reading, at):
            return at
        return end

    def _titled_end(self, reading: Reading, at: int) -> int:
        following = reading.doc[at + 1]
        if following.lower_ in MISSED:
            return at
        letter = len(following.text.rstrip(".")) == 1 and following.is_alpha
        # "mrs oduya", "dr singh": after a title, what is no word or no common noun is a name.
        proper = following.is_alpha and following.pos_ == "PROPN"
        unknown = following.is_alpha and not self._words.is_known(following.lower_)
        if following.is_title or letter or proper or unknown or self._is_name(following.lower_):
            end = at + 2
            while end < len(reading.doc) and self._continues(reading, end):
                end += 1
            return end
        return at

    def _starts_name(self, reading: Reading, at: int) -> bool:
        token, word = reading.doc[at], reading.lower[at]
        if word in NOT_NAMES or not token.is_alpha or len(word) < 2:
            return False
        if self._is_place(reading, at):
            return False
        if self._names.is_first(word):
            return self._is_first_name(reading, at)
        return self._is_unknown_name(reading, at)

    def _is_name(self, word: str) -> bool:
        return self._names.is_last(word) or self._names.is_first(word)

    def _is_first_name(self, reading: Reading, at: int) -> bool:
        """Weigh a gazetteer name against its other reading as a word."""
        if not self._names.is_also_word(reading.lower[at]):
            return True
        token = reading.doc[at]
        surname = at + 1 < len(reading.doc) and self._continues(reading, at + 1)
        cued = at > 0 and reading.lower[at - 1] in INITIAL_CUES
        if not token.is_title:
            return cued and self._names.is_also_word(reading.lower[at]) and token.pos_ == "PROPN"
        # At the start of a sentence every word has a capital: there the likelier reading counts.
        likely = cued or self._names.share(reading.lower[at]) >= EVEN
        return surname or (token.pos_ == "PROPN" and (not token.is_sent_start or likely))

    def _is_unknown_name(self, reading: Reading, at: int) -> bool:
        """Take a capitalised word that no list knows, in mid-sentence, for a name."""
        token = reading.doc[at]
        if not token.is_title or token.pos_ != "PROPN" or len(token.text) < 3:
            return False
        if self._words.is_known(token.lower_) or reading.lower[at] in self._places:
            return False
        if self._names.is_elsewhere(token.lower_):
            return False
        before = reading.lower[at - 1] if at else ""
        return before not in PLACE_CUES | {"the", "@", "#"} and not _among_capitals(reading, at)

    def _is_place(self, reading: Reading, at: int) -> bool:
        """Tell whether a word that is both (Skye, Iona, Ross) stands as a place."""
        if reading.lower[at] not in self._places:
            return False
        return not (self._names.is_first(reading.lower[at])) or (
            at > 0 and reading.lower[at - 1] in PLACE_CUES
        )

    def _continues(self, reading: Reading, at: int) -> bool:
        """Tell whether token `at` goes on a name: a surname, or a second first name."""
        token, word = reading.doc[at], reading.lower[at]
        if _joins(reading, at):
            return self._continues(reading, at + 1)
        if not word.replace("'", "").isalpha() or word in NOT_NAMES or word in PREMISES:
            return False
        if self._names.is_last(word) and (token.is_title or not self._names.is_also_word(word)):
            return True
        unknown = not self._words.is_known(word) or self._names.is_first(word)
        return token.is_title and token.pos_ == "PROPN" and unknown


def _is_verb(reading: Reading, at: int) -> bool:
    """Tell whether the last word of a noun is a form of its verb: "short staffed"."""
    inflected = reading.lower[at].endswith(("ed", "ing"))
    return inflected and reading.lower[at] != reading.lemmas[at]


def _joins(reading: Reading, at: int) -> bool:
    """Tell whether token `at` is the dash of a double name, with no space about it."""
    inside = 0 < at < len(reading.doc) - 1 and reading.lower[at] == "-"
    return inside and not reading.doc[at].whitespace_ and not reading.doc[at - 1].whitespace_


def _among_capitals(reading: Reading, at: int) -> bool:
    """Tell whether the word stands in a run of capitalised words, as titles and shops do."""
    around = [reading.doc[i] for i in (at - 1, at + 1) if 0 <= i < len(reading.doc)]
    return all(token.is_title and len(token.text) > 1 for token in around) and len(around) > 1


def _is_initial(reading: Reading, at: int) -> bool:
    """Tell whether the token is a person's initial or initials: "wee D", "J.B."."""
    text = reading.doc[at].text
    letters = text.replace(".", "")
    if text.rstrip(".").lower() in ABBREVIATIONS:
        return False
    if not letters.isupper() or not letters.isalpha():
        return False
    dotted = text.count(".") >= 2 and len(letters) <= INITIALS_LENGTH - 1
    cued = at > 0 and reading.lower[at - 1] in INITIAL_CUES and len(letters) <= 2
    return dotted or cued
