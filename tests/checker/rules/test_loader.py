"""Each mistake in a rule file gets one sentence that names file, rule, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RulebookError
from checker.rules.loader import load_rules

GOOD = """
category: conduct
rules:
  - id: conduct.nap
    verdict: stop
    clauses: [sssc.suitability]
    needs: ["remark:conduct.asleep"]
    message: "“{remark}” reads as sleeping."
    advice: "Do not post it."
    examples:
      flag: ["a", "b"]
      pass: ["c", "d"]
"""


def load(folder: Path, content: str) -> int:
    (folder / "conduct.yaml").write_text(content, encoding="utf-8")
    return len(
        load_rules({"sssc.suitability", "sssc.other"}, {"conduct.asleep", "conduct.drink"}, folder)
    )


def test_a_good_file_loads(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "clauses:", "clause:",
            "conduct.yaml: conduct.nap: unknown key “clause”; did you mean “clauses”?",
            id="unknown key",
        ),
        pytest.param(
            "[sssc.suitability]", "[sssc.suitabilty]",
            "unknown clause “sssc.suitabilty”; did you mean “sssc.suitability”?",
            id="unknown clause",
        ),
        pytest.param(
            "conduct.asleep", "conduct.aslep",
            "needs: unknown label “conduct.aslep”; did you mean “conduct.asleep”?",
            id="unknown label",
        ),
        pytest.param(
            "remark:", "remarks:", "needs: unknown value “remarks”; did you mean “remark”?",
            id="unknown kind",
        ),
        pytest.param(
            "{remark}", "{remrk}",
            "message: unknown placeholder “{remrk}”; did you mean “remark”?",
            id="unknown placeholder",
        ),
        pytest.param(
            "verdict: stop", "verdict: halt", "verdict: unknown value “halt”", id="unknown verdict"
        ),
        pytest.param(
            "category: conduct", "category: conducts",
            "category: unknown value “conducts”; did you mean “conduct”?", id="unknown category",
        ),
        pytest.param(
            'flag: ["a", "b"]', 'flag: ["a"]',
            "examples: give at least two under “flag”", id="too few examples",
        ),
        pytest.param(
            "    advice:", "    unless: [negatted]\n    advice:",
            "unknown exception “negatted”; did you mean “negated”?", id="unknown exception",
        ),
        pytest.param(
            "    verdict: stop\n", "", "the key “verdict” is missing: add it", id="missing key"
        ),
        pytest.param(
            "    advice:", "    certain: perhaps\n    advice:",
            "certain: “perhaps” must be true or false", id="not a flag",
        ),
        pytest.param("id: conduct.nap", "id: nap", "the id must begin with “conduct.”", id="id"),
        pytest.param("needs: [", "needs: {", "line ", id="broken YAML"),
        pytest.param("[sssc.suitability]", "3", "clauses: must be a list", id="not a list"),
        pytest.param("[sssc.suitability]", "[]", "clauses: give at least one", id="no clause"),
        pytest.param('["remark:conduct.asleep"]', "care", "needs: must be a list", id="bare need"),
        pytest.param('["remark:conduct.asleep"]', "[3]", "needs: “3” is not text", id="number"),
        pytest.param('["a", "b"]', "3", "flag: must be a list", id="example not a list"),
        pytest.param('["a", "b"]', "[a, 3]", "flag: “3” is not text", id="example a number"),
        pytest.param('"Do not post it."', '""', "'advice' is empty", id="empty advice"),
        pytest.param("verdict: stop", "verdict: ok", "cannot find “ok”", id="verdict ok"),
        pytest.param(
            "    advice:", "    verdict: review\n    advice:",
            "key 'verdict' is given twice", id="key twice",
        ),
        pytest.param("rules:\n  - id", "rules: 3\nx:\n  - id", "unknown key “x”", id="stray key"),
        pytest.param(
            '["remark:conduct.asleep"]', '["person"]',
            "person needs a role: write person:supported", id="person without a role",
        ),
        pytest.param(
            '["remark:conduct.asleep"]', '["person:supported?"]',
            "no person is weak: drop the “?”", id="weak person",
        ),
        pytest.param(
            '["remark:conduct.asleep"]', '["remark+named"]',
            "only a person is named or unnamed", id="named remark",
        ),
        pytest.param('["remark:conduct.asleep"]', "[]", "needs: give at least one", id="no need"),
        pytest.param(
            "    advice:", "    accounts: []\n    advice:",
            "accounts: give at least one, or leave the key out", id="no account",
        ),
        pytest.param("id: conduct.nap", "id: conduct.Nap!", "small letters and dashes", id="odd id"),
        pytest.param(
            "[sssc.suitability]", "[sssc.other, sssc.suitability]",
            "“sssc.suitability” must come first", id="suitability second",
        ),
        pytest.param(
            "[sssc.suitability]", "[sssc.suitability, sssc.other, sssc.other]",
            "clauses: one stands twice", id="clause twice",
        ),
        pytest.param("{remark}", "{remark", "a brace has no partner", id="unclosed placeholder"),
        pytest.param(
            "Do not post it.", "Do not post {remark}.", "leave out the braces", id="brace in advice"
        ),
        pytest.param('["c", "d"]', '["a", "d"]', "“a” must not both flag and pass", id="both"),
        pytest.param("    advice:", "    x: 2026-13-40\n    advice:", "put it in quotes", id="date"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(RulebookError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert message in str(caught.value)
    assert "conduct.yaml" in str(caught.value)


def test_a_file_without_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="“rules” must hold a list of rules"):
        load(tmp_path, "category: conduct\n")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "conduct.yaml").write_bytes(b"category: \xff")
    with pytest.raises(RulebookError, match="conduct.yaml: the file is not UTF-8"):
        load_rules(set(), set(), tmp_path)


def test_an_id_used_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="conduct.nap: this id is used twice"):
        load(tmp_path, GOOD + GOOD.partition("rules:\n")[2])


def test_a_file_with_the_wrong_ending_is_named(tmp_path: Path) -> None:
    (tmp_path / "more.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RulebookError, match="more.yml: files must end in “.yaml”: rename it"):
        load(tmp_path, GOOD)


def test_a_folder_that_is_called_like_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").mkdir()
    with pytest.raises(RulebookError, match="more.yaml: this is a folder"):
        load(tmp_path, GOOD)
