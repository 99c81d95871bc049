"""Where a single draft comes from: a file or standard input, refused in one clear sentence."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import BinaryIO

from checker.draft import LONGEST
from checker.errors import DraftError

# ".txt", ".jsonl"; not the ". Poor soul" of a post.
ENDING = re.compile(r"\.\w{1,5}")
BOM = b"\xef\xbb\xbf"
# A code point takes at most four bytes of UTF-8, so more than this is too long whatever it says,
# and a large file that was named by mistake is not read to its end.
MOST_BYTES = 4 * LONGEST + len(BOM)


def read_file(path: Path) -> str:
    """Return the draft in the file at `path`.

    Raises `DraftError` that names the file and the remedy when it cannot be opened or is no draft.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file, f"“{path}”")
    except OSError as error:
        raise DraftError(cannot_open(path, error)) from None


def read_stream(stream: BinaryIO | None, name: str) -> str:
    """Return the draft in `stream`; errors as in `read_file`, under `name`."""
    if stream is None:
        raise DraftError(f"{name} is closed: give the draft in a file, or pipe it in.")
    content = stream.read(MOST_BYTES + 1)
    if b"\0" in content:
        raise DraftError(f"{name} is not plain text: save the words as plain text (UTF-8).")
    if len(content) > MOST_BYTES:
        raise DraftError(f"{name} is longer than {LONGEST:,} characters: check it in parts.")
    try:
        text = content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        # Raised below: the decoder's own error carries the whole draft along.
        text = None
    if text is None:
        raise DraftError(f"{name} is not UTF-8 text: save it as plain text in UTF-8.")
    if not text.strip():
        raise DraftError(f"{name} is empty: put the post that you want to check in it.")
    return text


def cannot_open(path: Path, error: OSError) -> str:
    """Return what to tell a person whose file at `path` could not be opened."""
    if _is_post(path, error):
        # A post that was typed in the place of a file must not be repeated.
        return "There is no such file: name the file that holds the post, or pipe the post in."
    if isinstance(error, FileNotFoundError):
        return f"There is no file “{path}”: check the name and the folder."
    if isinstance(error, IsADirectoryError):
        return f"“{path}” is a folder: name a file in it."
    if isinstance(error, PermissionError):
        return f"“{path}” may not be opened: ask for leave to read it, or use a copy."
    return f"“{path}” cannot be opened ({error.strerror}): check it and try again."


def _is_post(path: Path, error: OSError) -> bool:
    """Tell whether what was given as a file is words: spaces, and no ending as files have."""
    missing = error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
    spaced = any(char.isspace() for char in str(path))
    return missing and spaced and not ENDING.fullmatch(path.suffix)
