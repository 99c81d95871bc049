"""What a noun for somebody says of who they are to the author: "our resident", "his mum"."""

from __future__ import annotations

from checker.detectors.person import Person
from checker.detectors.scene import SUPPORTED_NOUNS, Scene
from checker.finding import Kind, Role

Answer = tuple[Role, str] | None

MINE = frozenset("my ma mah".split())
OWN = MINE | frozenset("our oor".split())
THEIR = frozenset("his her hers their thair hur".split())
PUBLIC_BECAUSE = "is a public figure"
PLAIN_ROLES = {
    "friend": (Role.FRIEND, "is called a friend or neighbour"),
    "colleague": (Role.COLLEAGUE, "is called a colleague"),
    "job": (Role.COLLEAGUE, "is named by a job in the service"),
    "manager": (Role.MANAGER, "is called a manager"),
    "public-figure": (Role.PUBLIC_FIGURE, PUBLIC_BECAUSE),
    "pet": (Role.PET, "is an animal"),
}
PRIVATE_NOUNS = frozenset({"own-family", "friend", "pet", "public-figure"})


def owner_of(scene: Scene, person: Person) -> str:
    """Return the determiner in or before the phrase, in lower case, or ""."""
    reading = scene.reading
    before = [reading.lower[person.first - 1]] if person.first else []
    words = before + list(reading.lower[person.first : person.last])
    return next((word for word in words if word in OWN | THEIR), "")


def by_noun(scene: Scene, person: Person) -> Answer:
    """Unnamed people: what the noun says."""
    noun = person.noun.removeprefix("weak-")
    if person.noun in PLAIN_ROLES:
        return PLAIN_ROLES[person.noun]
    if noun == "own-family":
        return _family(scene, person)
    if noun == "family-of":
        return _family_of(scene)
    if person.noun in SUPPORTED_NOUNS:
        return Role.SUPPORTED, "is called by a word for people who use the service"
    if noun in SUPPORTED_NOUNS:
        return _maybe_supported(scene, person)
    if noun == "pet":
        return (Role.PET, "may be an animal") if not scene.is_work else None
    return None


def _family(scene: Scene, person: Person) -> Answer:
    owner = owner_of(scene, person)
    before = scene.reading.lower[person.first - 1] if person.first else ""
    # "that's my brother" is no possession.
    possessed = owner not in OWN and before in ("'s", "’s")
    if owner in THEIR or possessed:
        return _family_of(scene)
    if owner in OWN or person.first == person.last - 1 or not scene.is_work:
        return Role.OWN_FAMILY, "is called the author's own family"
    return _family_of(scene)


def _family_of(scene: Scene) -> Answer:
    if scene.is_work:
        return Role.FAMILY_OF_SUPPORTED, "is family of somebody the author works with"
    if any(person.noun in PRIVATE_NOUNS for person in scene.people):
        return Role.OTHER, "is somebody's family, in a draft about the author's own people"
    return (
        Role.FAMILY_OF_SUPPORTED,
        "is the family of somebody whom the author does not call their own",
    )


def _maybe_supported(scene: Scene, person: Person) -> Answer:
    owner = owner_of(scene, person)
    if scene.is_work:
        return Role.SUPPORTED, "is spoken of beside words about work"
    if owner in OWN and scene.near(person, frozenset({Kind.SERVICE})):
        return Role.SUPPORTED, "is called “my …” beside words about the service"
    if owner in OWN:
        return Role.OWN_FAMILY, "is called “my …” with no sign of work"
    return Role.OTHER, "could be anyone: there is no sign of work"
