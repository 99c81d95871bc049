"""Try it: a text by the published rules and by those that are worked on, kept nowhere."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from checker.draft import Account, make_draft
from checker.errors import DraftError
from checker.overlay.trying import Tried, try_text
from checker.words import VERDICTS, how_sure
from webapp.console.blueprint import console
from webapp.console.choices import ChoiceField
from webapp.console.engines import engine_beneath, engine_published, with_overlays
from webapp.console.rights import allow
from webapp.console.rule_form import NotedForm
from webapp.console.rule_names import names_of
from webapp.console.working import read_working
from webapp.counting import OWN
from webapp.store.tables import Role

WHERE = {
    Account.PERSONAL: "On somebody’s own account",
    Account.SERVICE: "On the service’s own page",
}


class TrialForm(NotedForm):
    """A text to try."""

    text = TextAreaField("A made-up post")
    account = ChoiceField("Where would it be posted?", WHERE, default=Account.PERSONAL)


@console.route("/at/<team>/try", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Try it", order=12)
def try_it() -> ResponseReturnValue:
    """Return the page to try a text, with both answers when one was sent."""
    form = TrialForm(request.form)
    tried: Tried | None = None
    names: dict[str, str] = {}
    if request.method == "POST" and not form.account.is_known:
        form.account.errors = [form.account.demand]
    elif request.method == "POST":
        try:
            text = (form.text.data or "").replace("\r\n", "\n")
            draft = make_draft(text, account=form.account.data)
        except DraftError as error:
            form.text.errors = [str(error)]
        else:
            working = read_working()
            after = with_overlays(engine_beneath(working.team), (working.overlay,))
            before = engine_published(working.team)
            tried = try_text(before, after, draft)
            names = names_of(working, before.rulebook)
    page = render_template(
        "console/try.html",
        form=form,
        tried=tried,
        names=names,
        own=f"{OWN}.",
        headings=VERDICTS,
        how_sure=how_sure,
    )
    return page, 400 if form.errors else 200
