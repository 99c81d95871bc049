"""Builds the style sheet of the pages before Postcheck is installed or its wheel is built."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

BUILDER = Path(__file__).parent / "webapp" / "design" / "build.py"


class BuildWithStyles(build_py):
    """Builds the style sheet where it is missing or older than its sources, then as usual."""

    def run(self) -> None:
        """Build; ends with one sentence when the style sheet cannot be built."""
        # Run by path: the package itself needs Flask, and a build does not have it. An sdist holds
        # the built sheet and no sources.
        if BUILDER.exists():
            builder = runpy.run_path(str(BUILDER))
            try:
                if not builder["is_current"]():
                    builder["build"]()
            except builder["BuildError"] as error:
                sys.exit(str(error))
        super().run()


setup(cmdclass={"build_py": BuildWithStyles})
