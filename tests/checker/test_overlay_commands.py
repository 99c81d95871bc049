"""Overlays on the command line: check, and rules list, lint, test and diff."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli import group
from checker.engine import Checker
from checker.overlay.contents import State
from checker.overlay.written import write_overlay
from tests.overlays import RULE, overlay_of

TEXT = b"the walled garden is lovely"

Postcheck = Callable[..., Result]


@pytest.fixture
def postcheck(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> Postcheck:
    """Return what runs a command in this process with the shared checker."""
    monkeypatch.setattr("checker.commands.check.shared_checker", lambda: checker)
    monkeypatch.setattr(
        "checker.commands.rules.load_rules_checker",
        lambda book: checker.with_rulebook(book).without_reader("left out"),
    )
    return lambda *words, typed=b"": CliRunner().invoke(group, [*map(str, words)], input=typed)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes an overlay into a file."""

    def write(*rules: object, name: str = "glen.yaml") -> Path:
        path = tmp_path / name
        path.write_text(write_overlay(overlay_of(*rules)), encoding="utf-8")  # type: ignore[arg-type]
        return path

    return write


def test_check_reads_overlays_in_order(postcheck: Postcheck, file: Callable[..., Path]) -> None:
    council, service = file(RULE), file(replace(RULE, id="second"), name="service.yaml")
    assert postcheck("check", "--format", "json", typed=TEXT).exit_code == 0
    overlays = ("--overlay", council, "--overlay", service)
    result = postcheck("check", "--format", "json", *overlays, typed=TEXT)
    rules = [one["rule"] for one in json.loads(result.output)["findings"]]
    assert (result.exit_code, rules) == (1, ["own.garden", "own.second"])


def test_a_wrong_overlay_is_told_by_field(postcheck: Postcheck, tmp_path: Path) -> None:
    path = tmp_path / "glen.yaml"
    path.write_text("rules: [{id: a}]\nlocal: {unit: [a]}", encoding="utf-8")
    result = postcheck("check", "--overlay", path, typed=TEXT)
    assert result.exit_code == 2
    assert "glen.yaml: rules.a.words: Give at least one." in result.output
    assert "glen.yaml: local.unit: There is no key “unit”" in result.output


def test_an_overlay_that_is_not_there_is_one_sentence(postcheck: Postcheck, tmp_path: Path) -> None:
    result = postcheck("check", "--overlay", tmp_path / "none.yaml", typed=TEXT)
    assert result.exit_code == 2
    assert "There is no file" in result.output


def test_list_shows_own_rules_with_their_state(
    postcheck: Postcheck, file: Callable[..., Path]
) -> None:
    path = file(RULE, replace(RULE, id="trial", state=State.SHADOW))
    lines = [
        line.split() for line in postcheck("rules", "list", "--overlay", path).output.splitlines()
    ]
    assert lines[-2:] == [
        ["own.garden", "service-detail", "review", "yes", "yes"],
        ["own.trial", "service-detail", "review", "yes", "shadow"],
    ]


def test_lint_tells_all_and_the_exit_code_whether_it_matters(
    postcheck: Postcheck, file: Callable[..., Path]
) -> None:
    good = postcheck("rules", "lint", "--overlay", file(RULE))
    assert (good.exit_code, good.output.splitlines()[-1]) == (
        0,
        "glen.yaml: 1 own rule, no problems",
    )
    noted = postcheck("rules", "lint", "--overlay", file(RULE, replace(RULE, id="again")))
    assert noted.exit_code == 0
    assert "glen.yaml: note: rules.again.words: Your rule “The garden project”" in noted.output
    bad = postcheck("rules", "lint", "--overlay", file(replace(RULE, flag=("x", "the greenhouse"))))
    assert bad.exit_code == 1
    assert "rules.garden.examples.flag: “x” is not flagged: none of the words" in bad.output


def test_test_runs_the_examples_of_drafts_of_rules(
    postcheck: Postcheck, file: Callable[..., Path]
) -> None:
    wrong = replace(RULE, state=State.DRAFT, ok=("a garden", "the walled garden again"))
    result = postcheck("rules", "test", "--overlay", file(wrong))
    assert result.exit_code == 1
    assert result.output.splitlines()[:-1] == [
        "own.garden: “the walled garden again” must pass, and is flagged"
    ]


def test_diff_compares_with_and_without_an_overlay(
    postcheck: Postcheck, file: Callable[..., Path], tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts.jsonl"
    texts = ("the walled garden", "a garden")
    lines = [json.dumps({"id": text, "text": text}) for text in texts]
    drafts.write_text("\n".join(lines), encoding="utf-8")
    result = postcheck("rules", "diff", "--on", drafts, "--overlay", file(RULE))
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "the walled garden: newly flagged",
        "    before: ok",
        "    after:  review [own.garden]",
        "Judged otherwise: 1 draft",
    ]
    assert postcheck("rules", "diff", "--on", drafts).exit_code == 2
