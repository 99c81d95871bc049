"""The pages about the page: privacy, accessibility, and what checks a post and how well."""

from __future__ import annotations

from flask import Blueprint, render_template

from checker.errors import PostcheckError
from webapp.figures import load_figures
from webapp.site import this_site

information = Blueprint("information", __name__)


@information.get("/privacy")
def privacy() -> str:
    """Return what happens to a draft: nothing is kept."""
    return render_template("privacy.html")


@information.get("/accessibility")
def accessibility() -> str:
    """Return how the pages can be used, and what is not known to work."""
    return render_template("accessibility.html")


@information.get("/about")
def about() -> str:
    """Return what checks a post, with its versions and how good it was when measured."""
    figures = load_figures()
    running = _running()
    return render_template(
        "about.html", running=running, figures=figures, is_measured=figures.fits(running)
    )


def _running() -> dict[str, str]:
    """Return what checks a post now; empty when it cannot, which is for /health to explain."""
    try:
        return this_site().checker.health()
    except PostcheckError:
        return {}
