"""The commands as a person types them: what they print, where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import checker as package
from checker.cli import group
from checker.commands.options import exit_code
from checker.draft import LONGEST
from checker.engine import Checker
from checker.errors import RulebookError
from checker.source import read_stream
from checker.verdict import Verdict

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "command-line.md"
MARK = "Xylographina"
STOP = "Key safe code is 4417 if anyone covers me"
FINE = "The library is open late on Saturday"

Postcheck = Callable[..., Result]

RULE = """\
category: identifies-person
rules:
  - id: identifies-person.mobile
    verdict: {verdict}
    certain: true
    clauses: [sssc.suitability]
    needs: ["contact:contact.mobile"]
    message: "“{{contact}}” is a number."
    advice: "Leave it out."
    examples:
      flag: ["ring me on 07700 900123", "{flag}"]
      pass: ["ring me at home", "my phone died"]
"""


@pytest.fixture
def postcheck(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> Postcheck:
    """Return what runs a command in this process with the shared checker."""
    monkeypatch.setattr("checker.commands.check.shared_checker", lambda: checker)
    return lambda *words, typed=b"": CliRunner().invoke(group, [*map(str, words)], input=typed)


@pytest.fixture
def fail_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Return what makes loading the checker raise an error."""

    def fail(error: BaseException) -> None:
        monkeypatch.setattr("checker.commands.check.shared_checker", lambda: raise_it(error))

    return fail


def raise_it(error: BaseException) -> Checker:
    raise error


@pytest.fixture
def make_rules(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes a folder with one small rule."""

    def make(name: str = "rules", verdict: str = "stop", flag: str = "text 07700 900456") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        content = RULE.format(verdict=verdict, flag=flag)
        (folder / "identifies-person.yaml").write_text(content, encoding="utf-8")
        return folder

    return make


def test_check_tells_what_it_found_and_why(postcheck: Postcheck) -> None:
    result = postcheck("check", "-", typed=STOP.encode())
    assert result.exit_code == 1
    assert "Do not post this" in result.stdout
    assert "[1]" in result.stdout
    assert "SSSC Code 5.8" in result.stdout


def test_check_tells_of_nothing_found_without_approving(postcheck: Postcheck) -> None:
    result = postcheck("check", typed=FINE.encode())
    assert result.exit_code == 0
    assert "This is not a promise that the post is fine." in result.stdout


def test_check_reads_a_file_and_gives_the_report_as_json(
    postcheck: Postcheck, checker: Checker, tmp_path: Path
) -> None:
    file = tmp_path / "draft.txt"
    text = f"🎉 {STOP}\r\n"
    file.write_bytes(text.encode())
    result = postcheck("check", file, "--format", "json")
    report = json.loads(result.stdout_bytes)
    assert report == checker.check(package.Draft(text)).as_dict()
    spans = [span for finding in report["findings"] for span in finding["spans"]]
    assert [text[span["start"] : span["end"]] for span in spans] == [one["quote"] for one in spans]
    assert spans


def test_a_byte_order_mark_is_no_part_of_the_draft(postcheck: Postcheck) -> None:
    plain, marked = (
        json.loads(postcheck("check", "--format", "json", typed=text).stdout_bytes)
        for text in (STOP.encode(), STOP.encode("utf-8-sig"))
    )
    assert plain == marked


def test_the_answers_reach_the_checker(postcheck: Postcheck) -> None:
    words = ("--photo", "people", "--permission", "written", "--audience", "group")
    result = postcheck("check", "--account", "service", *words, typed=FINE.encode())
    assert "You said there is a picture." in result.stdout


@pytest.mark.parametrize(
    ("verdict", "threshold", "expected"),
    [
        (Verdict.OK, "review", 0),
        (Verdict.REVIEW, "review", 1),
        (Verdict.STOP, "review", 1),
        (Verdict.OK, "stop", 0),
        (Verdict.REVIEW, "stop", 0),
        (Verdict.STOP, "stop", 1),
    ],
)
def test_the_exit_code_is_a_table(verdict: Verdict, threshold: str, expected: int) -> None:
    assert exit_code((Verdict.OK, verdict), threshold) == expected


UNREADABLE = [
    pytest.param(b"", "is empty: put the post that you want to check in it.", id="empty"),
    pytest.param(b"\xef\xbb\xbf \r\n", "is empty", id="blank"),
    pytest.param(b"Xylographina \xe9", "is not UTF-8 text: save it as plain text", id="Latin-1"),
    pytest.param("Xylographina".encode("utf-16"), "is not plain text: save", id="UTF-16"),
    pytest.param(b"Xylographina\x00", "is not plain text: save", id="binary"),
    pytest.param(b"x" * (LONGEST + 1), "20,001 characters long and the limit is", id="too long"),
    pytest.param(b"x" * 200_000, "is longer than 20,000 characters: check it in parts", id="huge"),
]


def assert_refused(result: Result, message: str) -> None:
    """Assert that a command ended in one sentence, without an answer."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert MARK not in result.stderr


@pytest.mark.parametrize(("content", "message"), UNREADABLE)
def test_a_file_that_is_no_draft_is_refused_in_one_sentence(
    postcheck: Postcheck, tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "draft.txt"
    file.write_bytes(content)
    assert_refused(postcheck("check", file), message)


@pytest.mark.parametrize(("content", "message"), UNREADABLE)
def test_input_that_is_no_draft_is_refused_in_one_sentence(
    postcheck: Postcheck, content: bytes, message: str
) -> None:
    assert_refused(postcheck("check", typed=content), message)


def test_the_longest_draft_is_taken_whole() -> None:
    text = "🎉" * LONGEST
    assert read_stream(io.BytesIO(text.encode("utf-8-sig")), "A draft") == text


def test_a_file_that_is_not_there_is_named(postcheck: Postcheck, tmp_path: Path) -> None:
    assert_refused(postcheck("check", tmp_path / "none.txt"), "none.txt”: check the name")
    assert_refused(postcheck("check", tmp_path), "is a folder: name a file in it.")


@pytest.mark.parametrize(
    "post",
    [
        pytest.param("wee Senga was off her food", id="one sentence"),
        pytest.param("wee Senga fell. Poor soul", id="two sentences"),
        pytest.param("wee Senga is at it 24/7", id="a slash"),
        pytest.param("wee Senga " * 500, id="longer than a name can be"),
    ],
)
def test_a_post_in_the_place_of_a_file_is_not_repeated(post: str, postcheck: Postcheck) -> None:
    result = postcheck("check", post)
    assert (result.exit_code, "Senga" in result.stderr) == (2, False)
    assert "There is no such file: name the file that holds the post" in result.stderr


def test_a_post_without_quotes_is_not_repeated(postcheck: Postcheck) -> None:
    result = postcheck("check", *"wee Senga was off her food".split())
    assert (result.exit_code, "Senga" in result.stderr, "food" in result.stderr) == (
        2,
        False,
        False,
    )
    assert (
        "Error: Give one file, or pipe the post in: words typed here are no post.\n"
        in result.stderr
    )


def test_an_error_of_ours_is_one_sentence(
    postcheck: Postcheck, fail_with: Callable[[BaseException], None]
) -> None:
    fail_with(RulebookError("conduct.yaml: mend it"))
    assert_refused(postcheck("check", typed=STOP.encode()), "Error: conduct.yaml: mend it\n")


def test_an_error_that_nobody_foresaw_says_where_but_not_what(
    postcheck: Postcheck, fail_with: Callable[[BaseException], None]
) -> None:
    fail_with(ValueError(MARK))
    result = postcheck("check", typed=MARK.encode())
    assert_refused(result, "Something went wrong inside Postcheck: ValueError > ")
    assert "checker.commands.check:" in result.stderr


def test_ctrl_c_is_told_apart_from_a_finding(
    postcheck: Postcheck, fail_with: Callable[[BaseException], None]
) -> None:
    fail_with(KeyboardInterrupt())
    result = postcheck("check", typed=STOP.encode())
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "Stopped.\n")


@pytest.mark.parametrize(
    "words",
    [("check", "--account", "work"), ("check", "--colour"), ("chekc",), ("rules", "mend")],
    ids=" ".join,
)
def test_what_nobody_offers_is_wrong_usage(postcheck: Postcheck, words: tuple[str, ...]) -> None:
    result = postcheck(*words)
    assert (result.exit_code, result.stdout) == (2, "")


def run_python(folder: Path, *words: str) -> str:
    """Return what a fresh Python prints, started away from the sources."""
    command, env = [sys.executable, *words], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, cwd=folder, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


def test_the_module_is_the_command(tmp_path: Path) -> None:
    version = run_python(tmp_path, "-m", "checker", "--version")
    assert version == f"postcheck, version {package.__version__}\n"


def test_the_help_does_not_wait_for_spacy(tmp_path: Path) -> None:
    code = "import sys, checker.cli; print([n for n in ('spacy', 'flask') if n in sys.modules])"
    assert run_python(tmp_path, "-c", code) == "[]\n"


def test_rules_are_listed(postcheck: Postcheck, make_rules: Callable[..., Path]) -> None:
    result = postcheck("rules", "list", make_rules())
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["id", "category", "verdict", "certain", "enabled"],
        ["identifies-person.mobile", "identifies-person", "stop", "yes", "yes"],
    ]


def test_shipped_rules_are_listed(postcheck: Postcheck, checker: Checker) -> None:
    listed = [line.split()[0] for line in postcheck("rules", "list").stdout.splitlines()]
    assert listed == ["id", *(rule.id for rule in checker.rulebook.rules)]


def test_rules_without_a_mistake_are_counted(
    postcheck: Postcheck, checker: Checker, make_rules: Callable[..., Path]
) -> None:
    phrases = f"{len(checker.rulebook.entries):,} phrases"
    assert postcheck("rules", "lint", make_rules()).stdout == f"1 rule, {phrases}, no problems\n"
    shipped = f"{len(checker.rulebook.rules)} rules, {phrases}, no problems\n"
    assert postcheck("rules", "lint").stdout == shipped


def test_a_mistake_in_the_rules_is_named(
    postcheck: Postcheck, make_rules: Callable[..., Path]
) -> None:
    folder = make_rules(verdict="stpo")
    assert_refused(postcheck("rules", "lint", folder), "identifies-person.mobile: verdict:")


def test_a_folder_without_rules_is_no_clean_bill(postcheck: Postcheck, tmp_path: Path) -> None:
    assert_refused(postcheck("rules", "lint", tmp_path), "holds no rule files")
    assert_refused(postcheck("rules", "lint", tmp_path / "none"), "There is no folder")


def test_rules_are_tested_by_their_examples(
    postcheck: Postcheck, make_rules: Callable[..., Path]
) -> None:
    good = postcheck("rules", "test", make_rules())
    assert (good.exit_code, good.stdout) == (0, "4 examples of 1 rule, 0 wrong\n")
    wrong = postcheck("rules", "test", make_rules("wrong", flag="no number here"))
    assert wrong.exit_code == 1
    assert wrong.stdout == (
        "identifies-person.mobile: “no number here” must be flagged, and passes\n"
        "4 examples of 1 rule, 1 wrong\n"
    )


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Return a file of drafts: a number, nothing, and a line that is none."""
    file = tmp_path / "drafts.jsonl"
    lines = ({"id": "n", "text": "ring 07700 900123", "verdict": "stop"}, {"id": 2, "text": FINE})
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def test_a_change_of_rules_is_shown_by_id(
    postcheck: Postcheck, make_rules: Callable[..., Path], drafts: Path
) -> None:
    result = postcheck("rules", "diff", make_rules("a"), make_rules("b", "review"), "--on", drafts)
    assert result.exit_code == 1
    assert result.stdout == (
        "n: another verdict (labelled stop)\n"
        "    before: stop [identifies-person.mobile]\n"
        "    after:  review [identifies-person.mobile]\n"
        "Judged otherwise: 1 draft\n"
    )


def test_texts_are_shown_only_when_asked_for(
    postcheck: Postcheck, make_rules: Callable[..., Path], drafts: Path
) -> None:
    off = make_rules("off")
    file = off / "identifies-person.yaml"
    file.write_text(file.read_text("utf-8").replace("certain: true", "enabled: false"), "utf-8")
    words = ("rules", "diff", off, make_rules("on"), "--on", drafts)
    quiet, loud = postcheck(*words), postcheck(*words, "--show-text")
    assert "n: newly flagged" in quiet.stdout
    assert "    before: ok\n" in quiet.stdout
    assert "ring" not in quiet.stdout
    assert "    text:   ring 07700 900123\n" in loud.stdout


def test_the_same_rules_judge_alike_and_a_bad_line_is_told_of(
    postcheck: Postcheck, make_rules: Callable[..., Path], drafts: Path
) -> None:
    folder = make_rules()
    words = ("rules", "diff", folder, folder, "--on", drafts)
    same = postcheck(*words)
    assert (same.exit_code, same.stdout) == (0, "Judged otherwise: 0 drafts\n")
    drafts.write_text("Xylographina\n", encoding="utf-8")
    bad = postcheck(*words)
    assert bad.exit_code == 2
    assert "line 1: This line is not a JSON object" in bad.stderr
    assert MARK not in bad.output


def test_the_policy_is_shown_with_numbers_doubts_and_links(postcheck: Postcheck) -> None:
    shown = postcheck("policy", "show").stdout
    assert "SSSC Code 2.3 (2024): Keep confidential information safe" in shown
    assert "SSSC Code 5.8 (2024, number not confirmed): " in shown
    assert "https://www.sssc.uk.com/" in shown
    assert "[council.images]" in shown


def test_one_source_of_the_policy_is_shown_alone(postcheck: Postcheck) -> None:
    shown = postcheck("policy", "show", "--source", "council").stdout
    assert "[council.images]" in shown
    assert "[sssc." not in shown


def test_the_policy_is_read_strictly(postcheck: Postcheck, tmp_path: Path) -> None:
    assert "no problems" in postcheck("policy", "lint").stdout
    assert_refused(postcheck("policy", "lint", tmp_path), "source: sssc")


@pytest.fixture
def add_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package that adds a command, and one whose module is missing."""
    (tmp_path / "made_up_pages.py").write_text(
        "import click\n\n@click.command('parade')\ndef command():\n    '''Serve made-up pages.'''\n"
        "    click.echo('serving')\n",
        encoding="utf-8",
    )
    meta = tmp_path / "made_up-1.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up\nVersion: 1\n", "utf-8")
    (meta / "entry_points.txt").write_text(
        "[postcheck.commands]\nparade = made_up_pages:command\ngone = made_up_gone:command\n"
        "check = made_up_gone:command\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)


def test_other_packages_add_commands(postcheck: Postcheck, add_commands: None) -> None:
    assert postcheck("parade").stdout == "serving\n"
    assert "Serve made-up pages." in postcheck("--help").stdout


def test_an_added_command_that_cannot_be_loaded_breaks_nothing_else(
    postcheck: Postcheck, add_commands: None
) -> None:
    assert_refused(postcheck("gone", "--port", "1"), "The command gone needs “made_up_gone”")
    assert "Needs “made_up_gone”" in postcheck("--help").stdout
    assert postcheck("check", typed=FINE.encode()).exit_code == 0


def own_commands(
    command: click.Command, name: str = "postcheck"
) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for part, child in command.commands.items():
        yield from own_commands(child, f"{name} {part}")


@pytest.mark.parametrize(("name", "command"), list(own_commands(group)))
def test_every_command_and_option_is_in_the_docs(name: str, command: click.Command) -> None:
    text = DOCS.read_text(encoding="utf-8")
    section = text.partition(f"## `{name}")[2].partition("\n## ")[0]
    options = [option for one in command.params for option in one.opts if option[0] == "-"]
    assert section
    assert [option for option in options if f"`{option}" not in section] == []
