"""Drafts are read line by line, and a bad line is told of in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.draft import Account, Photo
from checker.errors import DraftError
from checker.lines import LONGEST_LINE, Line, read_lines

# A word of a draft that no error may repeat.
MARK = "Xylographina"


def read(folder: Path, name: str, content: bytes) -> list[Line]:
    path = folder / name
    path.write_bytes(content)
    return list(read_lines(path))


def texts(lines: list[Line]) -> list[tuple[object, str | None]]:
    return [(line.id, line.draft.text if line.draft else None) for line in lines]


def test_json_lines_are_read_in_order_and_ids_may_repeat(tmp_path: Path) -> None:
    content = b'{"id": "a", "text": "one"}\n{"id": 2, "text": "two"}\n{"id": "a", "text": "three"}'
    lines = read(tmp_path, "in.jsonl", content)
    assert texts(lines) == [("a", "one"), (2, "two"), ("a", "three")]


def test_answers_and_labels_are_read(tmp_path: Path) -> None:
    content = b'{"id": 1, "text": "x", "account": "service", "photo": "people", "verdict": "ok"}'
    (line,) = read(tmp_path, "in.jsonl", content)
    assert line.draft is not None
    assert (line.draft.account, line.draft.photo) == (Account.SERVICE, Photo.PEOPLE)
    assert line.label == "ok"


def test_an_answer_of_null_is_no_answer(tmp_path: Path) -> None:
    (line,) = read(tmp_path, "in.jsonl", b'{"id": 1, "text": "x", "account": null}')
    assert line.draft is not None
    assert line.draft.account is Account.PERSONAL


def test_a_byte_order_mark_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"id": 1, "text": "one"}\r\n\r\n  \n{"id": 2, "text": "two"}\r\n'
    lines = read(tmp_path, "in.jsonl", content)
    assert [(line.id, line.number) for line in lines] == [(1, 1), (2, 4)]


@pytest.mark.parametrize(
    ("line", "id", "error"),
    [
        pytest.param(
            b'{"id": "a", "id": "b", "text": "x"}', None, "A key is given twice", id="twice"
        ),
        pytest.param(b'{"id": "a", "text": "Xylographina', None, "not a JSON object", id="torn"),
        pytest.param(b'["Xylographina"]', None, "not a JSON object", id="a list"),
        pytest.param(b"[" * 100_000, None, "not a JSON object", id="too deep"),
        pytest.param(b'{"text": "Xylographina"}', None, "There is no id", id="no id"),
        pytest.param(b'{"id": " ", "text": "Xylographina"}', None, "There is no id", id="blank id"),
        pytest.param(b'{"id": true, "text": "x"}', None, "There is no id", id="true is no id"),
        pytest.param(b'{"id": 1.5, "text": "x"}', None, "There is no id", id="half an id"),
        pytest.param(b'{"id": "\\ud800", "text": "x"}', None, "There is no id", id="torn id"),
        pytest.param(b'{"id": "a"}', "a", "The text is missing", id="no text"),
        pytest.param(b'{"id": "a", "text": 7}', "a", "must be a string", id="text is a number"),
        pytest.param(b'{"id": "a", "text": null}', "a", "must be a string", id="text is null"),
        pytest.param(b'{"id": "a", "text": " "}', "a", "The draft is empty", id="empty"),
        pytest.param(b'{"id": "a", "text": "\\ud83d"}', "a", "half of a character", id="half"),
        pytest.param(
            b'{"id": "a", "text": "' + b"Xylographina" * 2000 + b'"}', "a", "limit", id="too long"
        ),
        pytest.param(
            b'{"id": "a", "text": "x", "account": "Xylographina"}', "a", "must be one", id="answer"
        ),
        pytest.param(
            b'{"id": "a", "text": "x", "account": ["x"]}', "a", "must be one", id="answer's type"
        ),
        pytest.param(
            b'{"id": "a", "text": "x", "acount": "service"}', "a", "“account”?", id="misspelt"
        ),
        pytest.param(b'{"id": "a", "Text": "Xylographina"}', "a", "“text”?", id="capital"),
        pytest.param(b'{"id": "a", "text": "caf\xe9"}', None, "not UTF-8", id="Latin-1"),
        pytest.param(b"x" * (LONGEST_LINE + 9), None, "longer than 1,000,000 bytes", id="huge"),
    ],
)
def test_a_bad_line_is_told_of_and_stops_nothing(
    tmp_path: Path, line: bytes, id: str | None, error: str
) -> None:
    bad, good = read(tmp_path, "in.jsonl", line + b'\n{"id": "z", "text": "fine"}\n')
    assert (bad.number, bad.id, bad.draft) == (1, id, None)
    assert error in bad.error
    assert MARK not in bad.error
    assert texts([good]) == [("z", "fine")]


def test_csv_is_read_with_its_columns_in_any_order_and_case(tmp_path: Path) -> None:
    content = 'Text, account ,ID\r\n"Café, open",service,1\r\n"two\nlines",,b\r\n\r\n'.encode()
    lines = read(tmp_path, "in.CSV", b"\xef\xbb\xbf" + content)
    assert texts(lines) == [("1", "Café, open"), ("b", "two\nlines")]
    assert [line.draft and line.draft.account for line in lines] == ["service", "personal"]


@pytest.mark.parametrize(
    ("row", "id", "error"),
    [
        pytest.param(b"7,Xylographina, and more,service,", "7", "more cells", id="bare comma"),
        pytest.param(b'7,"Xylographina" more,', None, "not CSV", id="bare quote"),
        pytest.param(b"7,caf\xe9,", "7", "not UTF-8", id="Latin-1"),
        pytest.param(b",Xylographina,", None, "There is no id", id="no id"),
        pytest.param(b"7,,", "7", "The draft is empty", id="no text"),
        pytest.param(b"7", "7", "The text is missing", id="too short"),
        pytest.param(b"7,Xylographina,work", "7", "must be one of", id="answer"),
    ],
)
def test_a_bad_row_is_told_of_and_stops_nothing(
    tmp_path: Path, row: bytes, id: str | None, error: str
) -> None:
    bad, good = read(tmp_path, "in.csv", b"id,text,account\n" + row + b"\nz,fine,\n")
    assert (bad.id, bad.draft) == (id, None)
    assert error in bad.error
    assert MARK not in bad.error
    assert texts([good]) == [("z", "fine")]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param("in.csv", b"id;text\n1;x\n", "one column “id”", id="semicolons"),
        pytest.param("in.csv", b"", "one column “id”", id="empty CSV"),
        pytest.param("in.csv", b"id,text,text\n", "one column “text”", id="twice"),
        pytest.param("in.csv", b"id,text,acount\n", "did you mean “account”?", id="misspelt"),
        pytest.param("in.jsonl", '{"id": 1}'.encode("utf-16"), "save it as UTF-8", id="UTF-16"),
    ],
)
def test_a_file_of_which_no_line_could_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, error: str
) -> None:
    with pytest.raises(DraftError, match=name) as caught:
        read(tmp_path, name, content)
    assert error in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DraftError, match=r"There is no file “.*none\.jsonl”"):
        list(read_lines(tmp_path / "none.jsonl"))


def test_the_text_is_in_no_repr(tmp_path: Path) -> None:
    assert MARK not in repr(read(tmp_path, "in.jsonl", b'{"id": 1, "text": "Xylographina"}'))
