"""Who each person in the draft is to the author, from relations in the text, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from checker.detectors.lists import share_roles
from checker.detectors.nouns import MINE, OWN, Answer, by_noun, owner_of
from checker.detectors.person import Person
from checker.detectors.scene import Scene
from checker.detectors.weighing import find_stretch, weigh
from checker.encoder import Stretch
from checker.finding import Clue, Kind, Mention, Role
from checker.reading import Reading

# Nouns that say outright who somebody is, whatever the encoder reads.
STATED = frozenset({"supported", "group-supported", "manager", "public-figure"})
# Words that only services have for people; clients and patients are other trades' too.
INTRODUCING = frozenset("resident residents tenant tenants user users".split())


def _is_stated(scene: Scene, person: Person) -> bool:
    """Tell whether a noun says outright who this is: "our resident Agnes", "my gran"."""
    noun = person if person.noun else scene.beside(person)
    if noun is None:
        return False
    own = noun.noun == "own-family" and owner_of(scene, noun) in MINE
    return own or noun.noun in STATED


def _is_introduced(scene: Scene, person: Person) -> bool:
    """Tell whether "our resident" or the like stands beside the name."""
    noun = scene.beside(person) if person.named else None
    if noun is None or owner_of(scene, noun) not in OWN:
        return False
    return not INTRODUCING.isdisjoint(scene.reading.lower[noun.first : noun.last])


def _by_beside(scene: Scene, person: Person) -> Answer:
    """Named people: the noun that stands beside the name."""
    noun = scene.beside(person)
    return by_noun(scene, noun) if noun else None


def _by_sign_off(scene: Scene, person: Person) -> Answer:
    """A name alone at the very end is the author's own."""
    reading = scene.reading
    rest = reading.lower[person.last :]
    before = reading.lower[person.first - 1] if person.first else ""
    if all(not word.isalpha() or word in ("x", "xx", "xxx") for word in rest) and before in (
        "\n",
        "-",
        "–",
        "love",
        "from",
        "regards",
        "cheers",
    ):
        return Role.SELF, "signs the post"
    return None


def _by_family_owner(scene: Scene, person: Person) -> Answer:
    """“Callum's mum”: whose family is spoken of."""
    reading = scene.reading
    after = reading.lower[person.last : person.last + 1]
    if after and after[0] in ("'s", "s") and scene.is_work:
        following = [other for other in scene.people if 0 < other.first - person.last <= 2]
        if any(other.noun.endswith(("own-family", "family-of")) for other in following):
            return Role.SUPPORTED, "has family that the author meets through work"
    return None


def _by_praise(scene: Scene, person: Person) -> Answer:
    """Praise and thanks go to colleagues unless care stands beside them."""
    kind = frozenset({Kind.REMARK})
    praised = any(
        clue.label in ("affection.praise", "affection.thanks") for clue in scene.near(person, kind)
    )
    if praised and not scene.near(person, frozenset({Kind.CARE})):
        return Role.COLLEAGUE, "is thanked or praised, with nothing about their care"
    return None


def _by_company(scene: Scene, person: Person) -> Answer:
    """Take the company a name keeps in its sentence: own family and pets before care."""
    sentence = scene.reading.sentence_of[person.first]
    company = [
        answer
        for other in scene.people
        if not other.named and scene.reading.sentence_of[other.first] == sentence
        if (answer := by_noun(scene, other)) is not None
    ]
    for role in (Role.PET, Role.OWN_FAMILY):
        if any(answer[0] is role for answer in company) and not scene.is_work:
            return role, "stands beside the author's own family or pets"
    return None


def _by_care(scene: Scene, person: Person) -> Answer:
    if scene.near(person, frozenset({Kind.CARE})) and scene.is_work:
        return Role.SUPPORTED, "is named beside care, in a draft about work"
    return None


def _by_title(scene: Scene, person: Person) -> Answer:
    if person.title and scene.is_work:
        return Role.SUPPORTED, "is named with a title, in a draft about work"
    return None


def _by_work(scene: Scene, person: Person) -> Answer:
    service = scene.near(person, frozenset({Kind.SERVICE}))
    if any(clue.label in ("service.visit", "service.whereabouts") for clue in service):
        return Role.SUPPORTED, "is named beside a visit"
    return None


NAMED: tuple[Callable[[Scene, Person], Answer], ...] = (
    _by_beside,
    _by_sign_off,
    _by_family_owner,
    _by_praise,
    _by_company,
    _by_care,
    _by_title,
    _by_work,
)


def assign_roles(
    reading: Reading,
    people: tuple[Person, ...],
    clues: Sequence[Clue],
    stretches: Sequence[Stretch] = (),
) -> tuple[Mention, ...]:
    """Return each person as a mention with role and reason; the same name gets the same role.

    `stretches` are the words that the encoder takes for people, with the role it reads.
    """
    scene = Scene(reading, people, tuple(clues))
    answers = [
        weigh(
            _answer(scene, one),
            find_stretch(reading, one, stretches),
            stated=_is_stated(scene, one),
        )
        for one in people
    ]
    agreed = _same_for_a_name(scene, share_roles(scene, answers, stretches))
    return tuple(_mention(scene, *pair) for pair in zip(people, agreed, strict=True))


def _same_for_a_name(
    scene: Scene, answers: Sequence[tuple[Role, str]]
) -> Iterator[tuple[Role, str]]:
    """Yield the answers, where a name comes again the first that says something of it."""
    by_name: dict[str, tuple[Role, str]] = {}
    for person, answer in zip(scene.people, answers, strict=True):
        if person.named and answer[0] is not Role.UNKNOWN:
            by_name.setdefault(_name(scene.reading, person), answer)
    for person, answer in zip(scene.people, answers, strict=True):
        name = _name(scene.reading, person)
        yield by_name.get(name, answer) if person.named else answer


def _mention(scene: Scene, person: Person, answer: tuple[Role, str]) -> Mention:
    role, because = answer
    return scene.reading.mention(
        person.first,
        person.last,
        named=person.named,
        role=role,
        because=because,
        introduced=role is Role.SUPPORTED and _is_introduced(scene, person),
    )


def _answer(scene: Scene, person: Person) -> tuple[Role, str]:
    steps = NAMED if person.named else (by_noun,)
    for step in steps:
        if (answer := step(scene, person)) is not None:
            return answer
    return Role.UNKNOWN, "nothing says who this is"


def _name(reading: Reading, person: Person) -> str:
    return reading.lower[person.first]
