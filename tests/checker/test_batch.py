"""A batch writes an answer to each draft, in order, whatever happens to it on the way."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.batch import CHUNK, Batch, Start, run
from checker.cli import group
from checker.draft import Draft
from checker.engine import Checker
from checker.report import Report
from checker.results import ResultsError

ROOT = Path(__file__).parents[2]
MARK = "Xylographina"
# A second or two of work, so that a run can be stopped in the middle of it.
# So many that a run is still under way when it is stopped, on a busy machine too.
MANY = 24 * CHUNK
STOP = "Key safe code is 4417 if anyone covers me"
FINE = "The library is open late on Saturday"

# For runs whose progress nobody watches.
COUNT_NOTHING: list[int] = []

RunBatch = Callable[..., Result]


class Fussy:
    """The real checker, but for a draft that it cannot take, as if a part of it were broken."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    def check_all(self, drafts: Sequence[Draft]) -> list[Report]:
        """Return the real reports, unless one of the drafts is the one."""
        if any(MARK in draft.text for draft in drafts):
            raise RuntimeError(drafts[0].text)
        return self.checker.check_all(drafts)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


@pytest.fixture
def run_batch(
    checker: Checker, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> RunBatch:
    """Return what runs the command in this process with the shared checker."""
    monkeypatch.setattr("checker.commands.batch.shared_checker", lambda: checker)
    return lambda *options: CliRunner().invoke(
        group, ["batch", str(source), "-o", str(target), *options]
    )


def write(source: Path, *drafts: tuple[object, str]) -> None:
    lines = (json.dumps({"id": id, "text": text}) + "\n" for id, text in drafts)
    source.write_text("".join(lines), encoding="utf-8")


def many(count: int) -> Iterator[tuple[str, str]]:
    """Yield different drafts, so that an answer in the wrong place shows."""
    return ((f"draft-{i}", f"Key safe code is {4000 + i}") for i in range(count))


def answers(target: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def ids(target: Path) -> list[object]:
    return [answer["id"] for answer in answers(target)]


def test_each_draft_gets_its_report_in_order(
    checker: Checker, run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, ("b", STOP), (7, FINE), ("b", FINE))
    result = run_batch()
    assert (result.exit_code, result.stdout) == (1, "")
    expected = [("b", STOP), (7, FINE), ("b", FINE)]
    assert answers(target) == [
        {"id": id, **checker.check(Draft(text)).as_dict()} for id, text in expected
    ]


def test_a_bad_line_never_stops_the_rest(run_batch: RunBatch, source: Path, target: Path) -> None:
    source.write_text(f'oops\n{{"id": "a"}}\n{{"id": "b", "text": "{FINE}"}}\n', encoding="utf-8")
    assert run_batch().exit_code == 2
    nameless, textless, fine = answers(target)
    assert (nameless["id"], nameless["line"]) == (None, 1)
    assert textless == {"id": "a", "error": "The text is missing: give the post as “text”."}
    assert fine["verdict"] == "ok"


def test_csv_gives_the_same_answers(run_batch: RunBatch, tmp_path: Path, target: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(f'id,text\n1,"{STOP}"\n2,{FINE}\n', encoding="utf-8")
    result = CliRunner().invoke(group, ["batch", str(table), "-o", str(target)])
    assert result.exit_code == 1
    assert [(one["id"], one["verdict"]) for one in answers(target)] == [("1", "stop"), ("2", "ok")]


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        pytest.param(FINE, [], 0, id="nothing found"),
        pytest.param(STOP, [], 1, id="found"),
        pytest.param(STOP, ["--fail-on", "stop"], 1, id="found and grave"),
        pytest.param(" ", [], 2, id="an error"),
    ],
)
def test_the_exit_code_says_what_was_found(
    run_batch: RunBatch, source: Path, text: str, options: list[str], expected: int
) -> None:
    write(source, ("a", text))
    assert run_batch(*options).exit_code == expected


def test_progress_and_counts_go_to_standard_error(run_batch: RunBatch, source: Path) -> None:
    write(source, ("a", STOP), ("b", FINE), ("c", " "))
    told = run_batch().stderr
    assert "3/3" in told
    assert "holds 3 answers: 1 do not post, 0 change or ask, 1 nothing found, 1 not checked" in told


def test_a_file_without_drafts_is_refused(run_batch: RunBatch, source: Path, target: Path) -> None:
    write(source)
    result = run_batch()
    assert (result.exit_code, target.exists()) == (2, False)
    assert "holds no drafts: give one a line" in result.stderr


def test_a_draft_that_breaks_the_checker_costs_no_other_its_answer(
    checker: Checker, source: Path, target: Path
) -> None:
    write(source, ("a", STOP), ("b", MARK), ("c", FINE))
    run(Batch(source, target, lambda: Fussy(checker)), COUNT_NOTHING.append)  # type: ignore[arg-type,return-value]
    first, broken, last = answers(target)
    assert (first["verdict"], last["verdict"]) == ("stop", "ok")
    assert "Something went wrong inside Postcheck" in broken["error"]
    assert "RuntimeError" in broken["error"]
    assert MARK not in target.read_text(encoding="utf-8")


def test_line_ends_inside_a_text_do_not_cut_an_answer(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, ("a", f"{STOP}\u2028\x85\u2029"))
    run_batch()
    assert ids(target) == ["a"]


@pytest.mark.parametrize("start", ["", "--resume", "--force"])
def test_a_missing_input_leaves_no_file(run_batch: RunBatch, target: Path, start: str) -> None:
    result = run_batch(*filter(None, [start]))
    assert (result.exit_code, target.exists()) == (2, False)
    assert "Error: There is no file" in result.stderr


def test_an_answer_file_that_is_there_is_kept(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, ("a", FINE))
    target.write_text("mine", encoding="utf-8")
    result = run_batch()
    assert (result.exit_code, target.read_text("utf-8")) == (2, "mine")
    assert "is there already: go on with --resume, replace it with --force" in result.stderr
    assert run_batch("--force").exit_code == 0
    assert ids(target) == ["a"]


def test_the_drafts_are_never_written_over(run_batch: RunBatch, source: Path) -> None:
    write(source, ("a", FINE))
    result = CliRunner().invoke(group, ["batch", str(source), "-o", str(source), "--force"])
    assert result.exit_code == 2
    assert "holds the drafts" in result.stderr
    assert ids(source) == ["a"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["--resume", "--force"], "not both", id="go on and start again"),
        pytest.param(["--scheduler", "tcp://x:1"], "--backend dask", id="a scheduler for loky"),
        pytest.param(["--jobs", "0"], "0 is not in the range", id="no workers"),
        pytest.param(["--backend", "ray"], "'loky', 'dask'", id="an unknown backend"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    run_batch: RunBatch, source: Path, options: list[str], message: str
) -> None:
    write(source, ("a", FINE))
    result = run_batch(*options)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.skipif(importlib.util.find_spec("distributed") is not None, reason="Dask is here")
def test_without_dask_its_backend_names_the_extra_to_install(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, ("a", FINE))
    result = run_batch("--backend", "dask")
    assert (result.exit_code, target.exists()) == (2, False)
    assert "pip install 'postcheck[dask]'" in result.stderr


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(0, id="nothing"),
        pytest.param(1, id="one"),
        pytest.param(CHUNK + 3, id="a chunk and more"),
        pytest.param(2 * CHUNK, id="everything"),
    ],
)
@pytest.mark.parametrize("torn", ["", '{"id": "draft-', '{"id": "draft-9", "error": "x"}'])
def test_a_run_that_was_stopped_goes_on_after_its_last_whole_line(
    run_batch: RunBatch, source: Path, target: Path, kept: int, torn: str
) -> None:
    write(source, *many(2 * CHUNK))
    run_batch()
    whole = target.read_bytes()
    lines = whole.splitlines(keepends=True)
    target.write_bytes(b"".join(lines[:kept]) + torn.encode())
    assert run_batch("--resume").exit_code == 1
    assert target.read_bytes() == whole


def test_bad_lines_are_recognised_when_a_run_goes_on(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    source.write_text(f'oops\n[]\n{{"id": "a", "text": "{FINE}"}}\n', encoding="utf-8")
    run_batch()
    whole = target.read_bytes()
    target.write_bytes(whole.splitlines(keepends=True)[0])
    assert run_batch("--resume").exit_code == 2
    assert target.read_bytes() == whole


@pytest.mark.parametrize(
    "foreign",
    [
        pytest.param('{"id": "other", "verdict": "ok"}\n', id="another id"),
        pytest.param('{"id": 1, "verdict": "ok"}\n', id="another type"),
        pytest.param('{"id": null, "line": 1, "error": "x"}\n', id="no id"),
        pytest.param("dear diary\n", id="not answers at all"),
        pytest.param('{"id": "1"}\n{"id": "2"}\n{"id": "3"}\n', id="too many"),
    ],
)
def test_a_run_does_not_go_on_in_a_file_of_others(
    run_batch: RunBatch, source: Path, target: Path, foreign: str
) -> None:
    write(source, ("1", FINE), ("2", FINE))
    target.write_text(foreign, encoding="utf-8")
    result = run_batch("--resume")
    assert (result.exit_code, target.read_text("utf-8")) == (2, foreign)
    assert "does not belong to these drafts" in result.stderr


def test_answers_by_other_rules_are_pointed_out(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, ("a", FINE), ("b", FINE))
    run_batch()
    first = answers(target)[0]
    first["checked_with"]["rulebook"] = "another"
    target.write_text(json.dumps(first) + "\n", encoding="utf-8")
    assert "not all made with the same rules" in run_batch("--resume").stderr


def test_stopping_it_says_how_to_go_on(
    checker: Checker, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> Checker:
        if target.exists():
            raise KeyboardInterrupt
        return checker

    write(source, *many(3 * CHUNK))
    monkeypatch.setattr("checker.commands.batch.shared_checker", stop)
    result = CliRunner().invoke(group, ["batch", str(source), "-o", str(target)])
    assert result.exit_code == 130
    assert result.stderr.endswith("Stopped. To go on from here, run it again with --resume.\n")
    assert len(ids(target)) == CHUNK


def start_process(source: Path, target: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "checker", "batch", source, "-o", target, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # Tests that run in the background may ignore Ctrl-C, and so would what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for_answers(process: subprocess.Popen[bytes], target: Path) -> None:
    """Wait until the first answers are in the file, while the rest is still being made."""
    deadline = time.monotonic() + 60
    while not (target.exists() and target.stat().st_size):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_run_that_was_killed_goes_on_with_every_answer_once(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, *many(MANY))
    process = start_process(source, target)
    wait_for_answers(process, target)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert 0 < target.read_bytes().count(b"\n") < MANY
    with target.open("ab") as file:
        file.write(b'{"id": "draft-')
    assert run_batch("--resume").exit_code == 1
    assert ids(target) == [f"draft-{i}" for i in range(MANY)]


def test_workers_give_the_same_file_and_leave_with_a_run_that_is_stopped(
    run_batch: RunBatch, source: Path, target: Path
) -> None:
    write(source, *many(MANY))
    process = start_process(source, target, "--jobs", "2")
    wait_for_answers(process, target)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == 130
    assert run_batch("--resume").exit_code == 1
    resumed = target.read_bytes()
    run_batch("--force")
    assert resumed == target.read_bytes()


def test_a_place_that_holds_no_file_is_refused(
    checker: Checker, source: Path, tmp_path: Path
) -> None:
    write(source, ("a", FINE))
    with pytest.raises(ResultsError, match="There is no folder"):
        run(Batch(source, tmp_path / "none" / "out", lambda: checker), COUNT_NOTHING.append)
    with pytest.raises(ResultsError, match="is not a file"):
        run(Batch(source, Path("/dev/full"), lambda: checker, Start.REPLACE), COUNT_NOTHING.append)
