"""The words in which the console speaks of rules: states, verdicts, accounts, exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from checker.finding import Kind, Role
from checker.overlay.contents import Accounts, Scope, State
from checker.rules.rule import Alternative, Need
from checker.verdict import Verdict
from checker.words import KINDS, ROLES, VERDICTS

STATES: Mapping[str, str] = MappingProxyType(
    {
        State.DRAFT: "Draft: it does nothing yet",
        State.SHADOW: "On trial: it is counted and shown to nobody",
        State.ON: "On: staff see it",
        State.RETIRED: "Retired: it is kept and does nothing",
    }
)
SHORT_STATES: Mapping[str, str] = MappingProxyType(
    {
        State.DRAFT: "Draft",
        State.SHADOW: "On trial",
        State.ON: "On",
        State.RETIRED: "Retired",
        "off": "Switched off",
    }
)
RULE_VERDICTS: Mapping[str, str] = MappingProxyType(
    {one: VERDICTS[one].heading for one in (Verdict.REVIEW, Verdict.STOP)}
)
SCOPES: Mapping[str, str] = MappingProxyType(
    {Scope.SENTENCE: "In the same sentence", Scope.ANYWHERE: "Anywhere in the post"}
)
ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {
        Accounts.BOTH: "All posts",
        Accounts.PERSONAL: "Posts on somebody’s own account",
        Accounts.SERVICE: "Posts on the service’s own page",
    }
)
EXCEPTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "own-family": "The author’s own family, friends or self",
        "pet": "A pet",
        "public-figure": "A well-known or made-up person",
        "own-organisation": "The service’s own place, with nobody but staff",
        "staff-praised": "Staff are thanked or praised",
        "negated": "The post says that it never happens",
        "away-from-work": "Nothing ties it to the author’s work",
        "hypothetical": "“What if”, and nothing that happened",
        "training": "Training, or a quotation",
        "about-the-rules": "The post is about the rules themselves",
        "permission-written": "Permission was given in writing",
        "public-event": "A public event or an advert",
        "lawful-opinion": "An opinion, or a trade union",
        "fiction": "A story, a film or a programme",
        "past-job": "A job of long ago",
    }
)


def tell_need(need: Need) -> str:
    """Return what a rule asks for in words: "a remark (gift or money), or a place (town)"."""
    labels: dict[str, list[str]] = {}
    for one in need.alternatives:
        words = KINDS[one.kind] if one.kind is not Kind.PERSON else _tell_person(one)
        # A weak clue of the same name is no other thing to a reader.
        known = labels.setdefault(words, [])
        label = _tell_label(one)
        if label and label not in known:
            known.append(label)
    return ", or ".join(
        f"{words} ({' or '.join(known)})" if known else words for words, known in labels.items()
    )


def _tell_person(one: Alternative) -> str:
    """Return whom a rule asks for: "someone you support or a manager, by name"."""
    # Said of a mention in a post, "we could not tell" is an answer; here it is whom to look for.
    whom = {**ROLES, Role.UNKNOWN: "somebody of whom we cannot tell"}
    roles = " or ".join(whom[Role(label)] for label in one.label.split("/"))
    named = {True: ", by name", False: ", without a name", None: ""}[one.named]
    return f"{roles}{named}{', whom a word ties to the service' if one.introduced else ''}"


def _tell_label(one: Alternative) -> str:
    last = one.label.rpartition(".")[2].replace("-", " ")
    return "" if one.kind is Kind.PERSON or last == str(one.kind) else last
