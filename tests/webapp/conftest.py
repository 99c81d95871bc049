"""A checker whose reports are made by hand, and applications that use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from checker.draft import Draft
from checker.engine import Checker, load_checker
from checker.finding import Finding, Kind, Mention, Role, Similar, Span, Why
from checker.policy import Policy, load_policy
from checker.report import Checked, CheckedWith, Report, Signpost
from checker.safer.change import Safer
from checker.verdict import Category, Verdict
from webapp import create_app
from webapp.settings import Settings

# The hand-made reports are about this draft: the emoji is one code point and two UTF-16 units.
TEXT = "🎉 wee Callum is off his meds <b>again</b>"
CHECKED_WITH = CheckedWith(postcheck="0.0", rulebook="abc123", model="none, rules only")
# That of every account that the tests of the store and of the console have.
PASSWORD = "three random words"
SETTINGS = Settings(
    service_name="Glen Check",
    contact_name="Aileen Moore",
    contact_email="aileen@example.org",
    contact_phone="(01463) 555 0100",
)


def span(text: str, quote: str, kind: Kind = Kind.PERSON) -> Span:
    """Return the span of the first `quote` in `text`."""
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote, kind=kind, label="made-up")


class HandMadeChecker:
    """Answers every draft with the report it was given, or fails with the error it was given."""

    def __init__(self, policy: Policy, report: Report) -> None:
        self.policy = policy
        self.report = report
        self.error: Exception | None = None
        self.safer: Safer | None = None
        self.shadow: tuple[str, ...] = ()
        self.drafts: list[Draft] = []

    def check(self, draft: Draft) -> Report:
        """Remember the draft for the test and return the report."""
        self.drafts.append(draft)
        if self.error is not None:
            raise self.error
        return self.report

    def check_counted(self, draft: Draft) -> Checked:
        """Return the same report, with the rules on trial that it was given."""
        return Checked(self.check(draft), self.shadow)

    def suggest(self, draft: Draft, report: Report) -> Safer | None:
        """Return the safer wording it was given, or none, for the draft that was checked."""
        assert (draft, report) == (self.drafts[-1], self.report)
        return self.safer

    def health(self) -> dict[str, str]:
        """Return what a real checker would."""
        if self.error is not None:
            raise self.error
        return {"postcheck": "0.0", "rulebook": "abc123", "model": "none, rules only"}


@pytest.fixture(scope="session")
def engine() -> Checker:
    """Return the engine by rules alone, which is enough to tell one rulebook from another."""
    return load_checker(with_reader=False)


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have each template compiled once for all the applications that the tests make."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": cache})
        yield


@pytest.fixture(scope="session")
def kept_password() -> str:
    """Return what is kept of `PASSWORD`.

    A hash says itself how much work it takes to compare: this one takes next to none, where one
    that the application makes takes a fifth of a second by design, for each log-in of a test.
    """
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def clean() -> Report:
    """Return the report on a draft in which nothing was found."""
    return Report(
        verdict=Verdict.OK,
        summary="Nothing found this time.",
        findings=(),
        people=(),
        signposts=(),
        not_checked=("Pictures were not looked at.",),
        language="en",
        checked_with=CHECKED_WITH,
    )


@pytest.fixture
def finding(policy: Policy) -> Finding:
    """Return a finding on a name beside a care detail, in `TEXT`."""
    return Finding(
        rule="care-detail.named-person",
        category=Category.CARE_DETAIL,
        verdict=Verdict.STOP,
        message="“wee Callum” is named beside his care: “off his meds”.",
        advice="Leave out the name and the detail.",
        clauses=policy.for_category(Category.CARE_DETAIL)[:2],
        spans=(span(TEXT, "wee Callum"), span(TEXT, "off his meds", Kind.CARE)),
        why=Why(
            clues=("person:supported", "care:medication"),
            probability=0.97,
            similar=(Similar("wee Jamie’s meds changed", Verdict.STOP, "a name and medicine"),),
        ),
    )


@pytest.fixture
def flagged(clean: Report, finding: Finding) -> Report:
    """Return the report on `TEXT`, with everything that a report can hold."""
    return replace(
        clean,
        verdict=Verdict.STOP,
        summary="There are two things to look at.",
        findings=(
            finding,
            replace(
                finding,
                category=Category.CONCERN_ABOUT_CARE,
                verdict=Verdict.REVIEW,
                spans=(span(TEXT, "Callum is off"),),
                why=Why(),
            ),
        ),
        people=(
            Mention(
                start=2,
                end=12,
                quote="wee Callum",
                named=True,
                role=Role.SUPPORTED,
                because="because of “his meds”",
                first=0,
                last=2,
            ),
        ),
        signposts=(
            Signpost("Your manager", "Tell them.", ""),
            Signpost("Care Inspectorate", "Anyone can call.", "https://example.org/ci"),
        ),
    )


@pytest.fixture
def checker(policy: Policy, clean: Report) -> HandMadeChecker:
    return HandMadeChecker(policy, clean)


@pytest.fixture
def answer_with(checker: HandMadeChecker) -> Callable[[Report], None]:
    """Return what makes the checker answer with a report."""
    return lambda report: setattr(checker, "report", report)


@pytest.fixture
def offer(checker: HandMadeChecker) -> Callable[[Safer], None]:
    """Return what makes the checker offer a safer wording."""
    return lambda safer: setattr(checker, "safer", safer)


@pytest.fixture
def fail_with(checker: HandMadeChecker) -> Callable[[Exception], None]:
    """Return what makes the checker raise an error."""
    return lambda error: setattr(checker, "error", error)


@pytest.fixture
def checked(checker: HandMadeChecker) -> list[Draft]:
    """Return the drafts that the checker was asked about."""
    return checker.drafts


@pytest.fixture
def text() -> str:
    """Return the draft that the hand-made reports are about."""
    return TEXT


@pytest.fixture
def make_client(checker: HandMadeChecker) -> Callable[[Settings], FlaskClient]:
    """Return what makes a client of an application with other settings."""
    return lambda settings: create_app(settings, checker).test_client()


@pytest.fixture
def client(checker: HandMadeChecker, tmp_path: Path) -> Iterator[FlaskClient]:
    # A folder of its own: a page of the console makes a store, which must not stay behind.
    with create_app(replace(SETTINGS, instance=str(tmp_path)), checker).test_client() as client:
        yield client


@pytest.fixture
def get(client: FlaskClient) -> Callable[[str], BeautifulSoup]:
    return lambda path: BeautifulSoup(client.get(path).text, "html.parser")


@pytest.fixture
def post(client: FlaskClient) -> Callable[..., BeautifulSoup]:
    """Return what sends the form and reads the page that comes back."""

    def send(status: int = 200, **form: str) -> BeautifulSoup:
        response = client.post("/", data=form)
        assert response.status_code == status
        return BeautifulSoup(response.text, "html.parser")

    return send
