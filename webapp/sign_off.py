"""The whole policy in print, with a sheet to sign at induction. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp import phrases
from webapp.next_review import next_review
from webapp.site import this_site

sign_off = Blueprint("sign_off", __name__)


@sign_off.get("/policy/sign-off")
def show() -> str:
    """Return Codes, guidance and council policy of the team that is asked, ready to be printed."""
    return render_template(
        "sign_off.html",
        policy=this_site().checker.policy,
        phrases=phrases,
        next_review=next_review(),
    )
