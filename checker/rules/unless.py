"""The exceptions: what makes clues harmless that would otherwise amount to a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from checker.draft import Account, Permission
from checker.evidence import Evidence, Item
from checker.finding import THROUGH_WORK, Clue, Kind, Mention, Role

Holds = Callable[[Evidence, tuple[Item, ...]], bool]

# "never ever take a photo": how many tokens before a clue its denial may stand.
REACH = 3


def _only_roles(*roles: Role) -> Holds:
    """Hold where the sentences speak of one of `roles` and of nobody met through work."""

    def holds(evidence: Evidence, items: tuple[Item, ...]) -> bool:
        beside = evidence.roles_beside(items)
        return bool(beside & set(roles)) and not beside & THROUGH_WORK

    return holds


def _beside(*labels: str) -> Holds:
    """Hold where one of `labels` stands in the same sentence."""

    def holds(evidence: Evidence, items: tuple[Item, ...]) -> bool:
        return not evidence.labels_beside(items).isdisjoint(labels)

    return holds


def _anywhere(*labels: str) -> Holds:
    """Hold where one of `labels` stands anywhere in the draft."""

    def holds(evidence: Evidence, items: tuple[Item, ...]) -> bool:
        return not evidence.labels.isdisjoint(labels)

    return holds


def _is_staff_praised(evidence: Evidence, items: tuple[Item, ...]) -> bool:
    """Hold where colleagues, and nobody met through work, are thanked or praised."""
    praised = _beside("affection.praise", "affection.thanks")(evidence, items)
    return praised and _only_roles(Role.COLLEAGUE, Role.MANAGER)(evidence, items)


def _is_negated(evidence: Evidence, items: tuple[Item, ...]) -> bool:
    """Hold where the sentence says that it never happens, or "never" stands just before."""
    if "unless.negated" in evidence.labels_beside(items):
        return True
    return any(_is_denied(evidence, item) for item in items)


def _is_denied(evidence: Evidence, item: Item) -> bool:
    """Tell whether "never" stands just before `item` in its own sentence.

    The sentence before may end in "never came", which denies nothing that follows.
    """
    reading, sentence = evidence.reading, evidence.sentence(item)
    before = range(max(item.first - REACH, 0), item.first)
    return any(
        reading.lower[at] == "never" and reading.sentence_of[at] == sentence for at in before
    )


def _is_permitted(evidence: Evidence, items: tuple[Item, ...]) -> bool:
    written = evidence.reading.draft.permission is Permission.WRITTEN
    return written or "permission.given" in evidence.labels


def _is_own_organisation(evidence: Evidence, items: tuple[Item, ...]) -> bool:
    """Hold where all that is named are colleagues and the service's own place.

    That is premises, or any address on the service's own page that no person is met at.
    """
    people = [item for item in items if isinstance(item, Mention)]
    places = [item for item in items if isinstance(item, Clue) and item.kind is Kind.PLACE]
    own = evidence.reading.draft.account is Account.SERVICE and not _meets_people(evidence)
    is_own = bool(places) and (own or all(one.label == "place.premises" for one in places))
    return is_own and all(one.role in (Role.COLLEAGUE, Role.MANAGER) for one in people)


def _is_away_from_work(evidence: Evidence, items: tuple[Item, ...]) -> bool:
    """Hold where nothing in the draft ties it to the author's work.

    The words that do are no need of a rule: they are not what could tell who somebody is.
    """
    return not any(one.kind is Kind.SERVICE or one.label == "work.tie" for one in evidence.clues)


def _meets_people(evidence: Evidence) -> bool:
    return any(mention.role in THROUGH_WORK for mention in evidence.mentions)


EXCEPTIONS: Mapping[str, Holds] = MappingProxyType(
    {
        "own-family": _only_roles(Role.OWN_FAMILY, Role.SELF, Role.FRIEND),
        "pet": _only_roles(Role.PET),
        "public-figure": _only_roles(Role.PUBLIC_FIGURE, Role.FICTIONAL),
        "own-organisation": _is_own_organisation,
        "staff-praised": _is_staff_praised,
        "negated": _is_negated,
        "hypothetical": _beside("unless.hypothetical"),
        "training": _beside("unless.training", "unless.quotation"),
        "about-the-rules": _anywhere("unless.rules"),
        "permission-written": _is_permitted,
        "public-event": _beside("unless.event", "service.advert"),
        "lawful-opinion": _anywhere("unless.opinion", "employer.union"),
        "fiction": _anywhere("unless.media"),
        "away-from-work": _is_away_from_work,
        "past-job": _anywhere("unless.past-job"),
    }
)
