"""Reviews of a team's policy: held in one click, and the history of both policy and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField

from checker.overlay.contents import CouncilPolicy
from checker.overlay.fields import UNSEEN
from webapp.console import parts
from webapp.console.blueprint import console
from webapp.console.called import called_by
from webapp.console.clauses import Change, changed_texts, told
from webapp.console.engines import engine_beneath
from webapp.console.identity import the_manager
from webapp.console.rights import allow
from webapp.console.working import the_team
from webapp.next_review import a_year_on, mark_of, policy_of, published_policy
from webapp.storage import this_store
from webapp.store.database import Store
from webapp.store.managers import list_managers
from webapp.store.overlays import history
from webapp.store.reason import UNSEEN_SIGNS
from webapp.store.reviews import add_review, list_reviews
from webapp.store.tables import Role, Team

NOTHING_CHANGED = "Reviewed, nothing changed."
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to a policy: a version that changed it, or a review of it."""

    when: dt.datetime
    who: str
    title: str
    why: str
    sentences: tuple[str, ...] = ()
    texts: tuple[Change, ...] = ()


class ReviewForm(Form):
    """A review that was held: when the next one is, and a note."""

    next_due = StringField("The next review")
    note = StringField("A note")


@console.route("/at/<team>/policy/history", methods=["GET", "POST"])
@allow(Role.MANAGER)
def review_policy() -> ResponseReturnValue:
    """Return what became of the policy, newest first; or write down that it was reviewed."""
    store, team = this_store(), the_team()
    form = ReviewForm(request.form, data={"next_due": a_year_on(store.clock().date()).isoformat()})
    if request.method == "POST" and _write_down(store, team, form):
        return redirect(url_for("console.review_policy", saved="review"), 303)
    page = render_template(
        "console/policy_history.html",
        form=form,
        happened=sorted(_entries(store, team), key=lambda one: one.when, reverse=True),
        saved=request.args.get("saved"),
    )
    return page, 400 if form.errors else 200


def _write_down(store: Store, team: Team, form: ReviewForm) -> bool:
    today = store.clock().date()
    # The button on the page of clauses sends no day: then it is a year on.
    due = _day(form.next_due.data or a_year_on(today).isoformat())
    note = (form.note.data or "").strip()
    if due is None:
        parts.add_error(form, "next_due", "Write the date like 2027-03-31.")
    elif due <= today:
        parts.add_error(form, "next_due", "Choose a day that is still to come.")
    if len(note) > LONGEST_NOTE:
        parts.add_error(form, "note", f"Keep it under {LONGEST_NOTE:,} characters.")
    elif UNSEEN.search(note):
        parts.add_error(form, "note", UNSEEN_SIGNS)
    if due is None or form.errors:
        return False
    add_review(
        store,
        team.id,
        mark_of(published_policy(store, team)),
        next_due=due,
        note_text=note or NOTHING_CHANGED,
        by=the_manager(),
    )
    return True


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _entries(store: Store, team: Team) -> Iterator[Entry]:
    names = {one.id: one.name for one in list_managers(store)}
    for review in list_reviews(store, team.id):
        due = f"{review.next_due.day} {review.next_due:%B %Y}"
        who = names.get(review.reviewed_by, "")
        title = f"Review. The next one is on {due}."
        yield Entry(review.reviewed, who, title, review.note)
    yield from _versions(store, team, names)


def _versions(store: Store, team: Team, names: dict[int, str]) -> Iterator[Entry]:
    """Yield the versions that were published and changed the policy."""
    published = [one for one in history(store, team.id)[::-1] if one.published]
    policies = [CouncilPolicy(), *(policy_of(one.yaml) for one in published)]
    steps = list(zip(published, pairwise(policies), strict=True))
    # The newest first, also where two are of the same moment.
    called = called_by(engine_beneath(team).rulebook)
    for version, (old, new) in reversed(steps):
        sentences = told(old, new, called)
        if sentences and version.published:
            title = f"Version {version.number}"
            who = names.get(version.author_id, "")
            texts = changed_texts(old, new)
            yield Entry(version.published, who, title, version.reason, sentences, texts)
