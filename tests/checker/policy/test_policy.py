"""The policy files say what they should, and a mistake in one is refused with its remedy."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import checker.policy
from checker.errors import RulebookError
from checker.policy import Policy, Status, load_policy
from checker.verdict import Category

SHIPPED = Path(checker.policy.__file__).parent

# Read under these numbers in the 2024 Code. Nothing else of it was.
CONFIRMED_2024 = {
    "kindness-respect": "1.1",
    "rights-choices": "1.2",
    "control": "1.3",
    "preferred-communication": "1.4",
    "privacy-dignity": "1.5",
    "diversity": "1.6",
    "honesty": "2.1",
    "communication": "2.2",
    "confidentiality": "2.3",
    "reliability": "2.4",
    "commitments": "2.5",
    "conflicts-of-interest": "2.6",
    "gifts": "2.7",
    "boundaries": "2.8",
    "raise-concerns": "3.1",
    "safe-working": "3.2",
    "resources": "3.3",
    "colleague-fitness": "3.4",
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str, str], str]:
    """Load a copy of the shipped files with one change, and return what the error says."""

    def load(file: str, old: str, new: str) -> str:
        folder = shutil.copytree(SHIPPED, tmp_path / "policy")
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(RulebookError) as error:
            load_policy(folder)
        return str(error.value)

    return load


def test_suitability_is_confirmed_for_2016_and_not_for_2024(policy: Policy) -> None:
    now, (before,) = policy.clause("sssc.suitability"), policy.earlier("sssc.suitability")
    assert (now.number, now.version, now.confirmed) == ("5.8", "2024", False)
    assert (before.number, before.version, before.confirmed) == ("5.8", "2016", True)


def test_a_number_that_was_not_checked_is_cited_with_its_doubt(policy: Policy) -> None:
    cited = policy.cite(policy.clause("sssc.suitability"))
    assert cited == "SSSC Code 5.8 (2024, number not confirmed)"


def test_a_number_that_was_read_is_cited_without_doubt(policy: Policy) -> None:
    assert policy.cite(policy.clause("sssc.confidentiality")) == "SSSC Code 2.3 (2024)"


def test_exactly_the_clauses_that_were_read_are_confirmed(policy: Policy) -> None:
    confirmed = {
        clause.id.removeprefix("sssc."): clause.number
        for clause in policy.from_source("sssc")
        if clause.confirmed
    }
    assert confirmed == CONFIRMED_2024


def test_only_suitability_is_confirmed_in_the_2016_code(policy: Policy) -> None:
    confirmed = [clause.id for clause in policy.earlier_clauses if clause.confirmed]
    assert confirmed == ["sssc.suitability"]


def test_boundaries_were_new_in_2024(policy: Policy) -> None:
    assert policy.earlier("sssc.boundaries") == ()


def test_privacy_moved_from_1_4_to_1_5(policy: Policy) -> None:
    numbers = [each.number for each in policy.earlier("sssc.privacy-dignity")]
    assert (policy.clause("sssc.privacy-dignity").number, numbers) == ("1.5", ["1.4"])


def test_sources_in_force_come_before_the_version_they_replaced(policy: Policy) -> None:
    assert [(source.id, source.version, source.status) for source in policy.sources] == [
        ("sssc", "2024", Status.CURRENT),
        ("guidance", "2023", Status.CURRENT),
        ("council", "sample", Status.CURRENT),
        ("sssc", "2016", Status.EARLIER),
    ]


@pytest.mark.parametrize("category", Category)
def test_each_category_opens_with_suitability(policy: Policy, category: Category) -> None:
    assert policy.for_category(category)[0].id == "sssc.suitability"


@pytest.mark.parametrize("category", Category)
def test_each_category_is_backed_by_the_code_and_the_council(
    policy: Policy, category: Category
) -> None:
    sources = {clause.source for clause in policy.for_category(category)[1:]}
    assert {"sssc", "council"} <= sources


@pytest.mark.parametrize("category", Category)
def test_each_category_has_a_title_and_one_sentence(policy: Policy, category: Category) -> None:
    concern = policy.concern(category)
    assert concern.category is category
    assert concern.title
    assert concern.description.endswith(".")


def test_no_clause_says_nothing(policy: Policy) -> None:
    short = [each.id for each in policy.clauses if len(each.text) < 20 or not each.evidence]
    assert short == []


def test_an_unknown_clause_is_met_with_the_nearest(policy: Policy) -> None:
    with pytest.raises(RulebookError, match=r"did you mean 'sssc\.confidentiality'\?"):
        policy.clause("sssc.confidentialty")


def test_earlier_versions_of_an_unknown_clause_are_refused_too(policy: Policy) -> None:
    with pytest.raises(RulebookError, match=r"'council\.imags'"):
        policy.earlier("council.imags")


def test_a_policy_cannot_be_changed(policy: Policy) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        policy.clauses = ()  # type: ignore[misc]


COUNCIL = "council-sample.yaml"
CATEGORIES = "categories.yaml"
CODE_2016 = "sssc-code-2016.yaml"

MISTAKES = [
    pytest.param(
        (COUNCIL, "short: Council", "shrt: Council"),
        "council-sample.yaml: unknown key 'shrt'; did you mean 'short'?",
        id="unknown key at the top",
    ),
    pytest.param(
        (COUNCIL, "    confirmed: true", "    confirmd: true"),
        "council-sample.yaml: using-it-well: unknown key 'confirmd'; did you mean 'confirmed'?",
        id="unknown key in a clause",
    ),
    pytest.param(
        (COUNCIL, "    confirmed: true\n", ""),
        "council-sample.yaml: using-it-well: key 'confirmed' is missing; "
        "add a line 'confirmed: …'.",
        id="missing key",
    ),
    pytest.param(
        (COUNCIL, 'number: "1"', "number: 1.10"),
        "council-sample.yaml: using-it-well: key 'number' must be text; put it in quotes.",
        id="number that YAML would round",
    ),
    pytest.param(
        (COUNCIL, 'number: "1"', 'number: " "'),
        "council-sample.yaml: using-it-well: key 'number' is empty; write something there.",
        id="empty value",
    ),
    pytest.param(
        (COUNCIL, "    confirmed: true", '    confirmed: "yes"'),
        "council-sample.yaml: using-it-well: key 'confirmed' must be true or false, "
        "without quotes.",
        id="confirmed is not a yes or no",
    ),
    pytest.param(
        (COUNCIL, '    url: ""', '    url: "javascript:alert(1)"'),
        "council-sample.yaml: using-it-well: key 'url' must start with https:// or http://, "
        'or be "" for none.',
        id="address that is no web address",
    ),
    pytest.param(
        (COUNCIL, "  own-accounts:", "  Own_Accounts:"),
        "council-sample.yaml: Own_Accounts: a topic is small letters, figures and single "
        "hyphens; write it like 'friend-requests'.",
        id="topic that cannot stand in an address",
    ),
    pytest.param(
        (COUNCIL, "  own-accounts:", "  using-it-well:"),
        "council-sample.yaml: key 'using-it-well' is given twice, the second time on line 28; "
        "keep one of the two.",
        id="topic twice",
    ),
    pytest.param(
        (COUNCIL, "source: council", "source: counsil"),
        "council-sample.yaml: source 'counsil' is not known; did you mean 'council'?",
        id="unknown source",
    ),
    pytest.param(
        (COUNCIL, "status: current", "status: old"),
        "council-sample.yaml: status 'old' is not known; use one of: current, earlier.",
        id="unknown status",
    ),
    pytest.param(
        (CODE_2016, "status: earlier", "status: current"),
        "sssc-code-2016.yaml: source 'sssc' has its current version in sssc-code-2024.yaml "
        "already; change key 'status' or key 'version' in one of the two.",
        id="two versions in force",
    ),
    pytest.param(
        (CODE_2016, "  suitability:", "  suitabilty:"),
        "sssc-code-2016.yaml: unknown topic 'suitabilty'; did you mean 'suitability'?",
        id="topic that the version in force does not know",
    ),
    pytest.param(
        (COUNCIL, "  using-it-well:", "  using-it-well: nonsense"),
        "council-sample.yaml: line 19: this is not YAML; check the quotes, the colons and the "
        "indentation there.",
        id="not YAML",
    ),
    pytest.param(
        (COUNCIL, "clauses:\n", "clauses: none\nrest:\n"),
        "council-sample.yaml: unknown key 'rest'; use one of: source, title, short, version, "
        "status, in_force, url, note, clauses.",
        id="unknown key like no other",
    ),
    pytest.param(
        (CATEGORIES, "jigsaw:", "jigsaws:"),
        "categories.yaml: unknown category 'jigsaws'; did you mean 'jigsaw'?",
        id="unknown category",
    ),
    pytest.param(
        (CATEGORIES, "    - sssc.confidentiality", "    - sssc.confidentialty"),
        "categories.yaml: identifies-person: unknown clause 'sssc.confidentialty'; "
        "did you mean 'sssc.confidentiality'?",
        id="unknown clause",
    ),
    pytest.param(
        (CATEGORIES, "    - sssc.privacy-dignity", "    - sssc.confidentiality"),
        "categories.yaml: identifies-person: clause 'sssc.confidentiality' is listed twice; "
        "keep one of the two.",
        id="clause twice",
    ),
    pytest.param(
        (CATEGORIES, "    - sssc.suitability\n", ""),
        "categories.yaml: identifies-person: the first clause must be 'sssc.suitability'; "
        "move it to the front.",
        id="suitability is not first",
    ),
]


@pytest.mark.parametrize(("change", "message"), MISTAKES)
def test_a_mistake_names_file_key_and_remedy(
    broken: Callable[[str, str, str], str], change: tuple[str, str, str], message: str
) -> None:
    assert broken(*change) == message


def test_a_category_left_out_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "policy")
    text = (folder / CATEGORIES).read_text(encoding="utf-8")
    kept = text.partition("concern-about-care:")[0]
    (folder / CATEGORIES).write_text(kept, encoding="utf-8")
    with pytest.raises(RulebookError, match="category 'concern-about-care' is missing; add it"):
        load_policy(folder)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        pytest.param(COUNCIL, "no file has 'source: council' with 'status: current'", id="policy"),
        pytest.param(CATEGORIES, "categories.yaml: the file is missing", id="categories"),
    ],
)
def test_a_file_that_is_missing_is_named(tmp_path: Path, file: str, message: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "policy")
    (folder / file).unlink()
    with pytest.raises(RulebookError, match=message):
        load_policy(folder)
