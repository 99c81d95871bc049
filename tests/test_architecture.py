"""Imports point one way, and each library stays where the design puts it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path for name in ("checker", "model", "webapp") for path in (ROOT / name).rglob("*.py")
)
# Which of our own packages each may import.
ALLOWED = {"checker": {"checker"}, "model": {"checker", "model"}, "webapp": {"checker", "webapp"}}
# Where a library may be imported: path prefixes below the root.
PLACES = {
    "flask": ("webapp/",),
    "flask_limiter": ("webapp/",),
    "flask_wtf": ("webapp/",),
    "wtforms": ("webapp/",),
    "sqlalchemy": ("webapp/store/",),
    "alembic": ("webapp/store/",),
    "psycopg": ("webapp/store/",),
    "argon2": ("webapp/passwords.py",),
    "spacy": (
        "checker/language.py",
        "checker/reading.py",
        "checker/detectors/",
        "model/candidates.py",  # spaCy's own text categoriser is one of those compared
    ),
    "sklearn": (
        "checker/heads.py",
        "checker/classifier.py",
        "checker/fitting.py",  # heads are also fitted anew in the console, with local examples
        "model/",
    ),
    "matplotlib": ("model/plots.py",),
    "joblib": ("checker/classifier.py", "checker/batch.py", "model/"),
    "torch": ("model/",),
    "transformers": ("model/",),
}


def imported(path: Path) -> set[str]:
    """Return the top-level names of everything that a module imports, wherever it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def below_root(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=below_root)
def test_imports_point_one_way(path: Path) -> None:
    own = imported(path) & set(ALLOWED)
    assert own <= ALLOWED[below_root(path).partition("/")[0]]


@pytest.mark.parametrize("path", MODULES, ids=below_root)
def test_libraries_stay_in_their_place(path: Path) -> None:
    strays = {
        library
        for library in imported(path) & set(PLACES)
        if not below_root(path).startswith(PLACES[library])
    }
    assert strays == set()


@pytest.mark.parametrize("path", MODULES, ids=below_root)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"""')


@pytest.mark.parametrize("path", MODULES, ids=below_root)
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
