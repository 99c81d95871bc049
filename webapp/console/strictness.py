"""The page of strictness: one slider for each account, and what it would catch and flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField

from checker.draft import Account
from checker.preview.curve import Curve, kept_curve, nearest_step
from webapp.console import parts
from webapp.console.blueprint import console
from webapp.console.curve import CurveChart, make_chart
from webapp.console.engines import engine_shipped, published_overlays
from webapp.console.preview_work import FOLDER
from webapp.console.rights import allow
from webapp.console.steps import AS_SHIPPED, LAST, Step, factor_of, make_steps
from webapp.console.working import Working, read_working
from webapp.instance import folder
from webapp.measuring import progress_in, start
from webapp.site import this_site
from webapp.storage import this_store
from webapp.store.tables import Role

ACCOUNTS: Mapping[Account, str] = {
    Account.PERSONAL: "Somebody’s own account",
    Account.SERVICE: "The service’s account",
}


class StrictnessForm(Form):
    """The step for each account."""

    personal = StringField(ACCOUNTS[Account.PERSONAL])
    service = StringField(ACCOUNTS[Account.SERVICE])


@dataclass(frozen=True, slots=True)
class Side:
    """What the page shows of one account; `steps` is empty while nothing was measured."""

    account: Account
    chosen: int
    steps: tuple[Step, ...] = ()
    chart: CurveChart | None = None

    @property
    def now(self) -> Step | None:
        """Return what was measured at the step that is chosen."""
        return self.steps[self.chosen - 1] if self.steps else None


@console.route("/at/<team>/strictness", methods=["GET", "POST"])
@allow(Role.MANAGER, menu="Strictness", order=34)
def edit_strictness() -> ResponseReturnValue:
    """Return the sliders with what each step would do, or save what was chosen."""
    working = read_working()
    chosen = _chosen(working)
    form = StrictnessForm(request.form, data={str(one): step for one, step in chosen.items()})
    if request.method == "POST" and _save(working, chosen, form):
        return redirect(url_for("console.edit_strictness", saved="strictness"), 303)
    where = _folder()
    curve = _measured(where)
    progress = progress_in(where) if not curve else None
    if progress and progress.is_silent:
        # Whoever measured is gone, as after a restart, and was asked to.
        start(where, this_site().settings)
    page = render_template(
        "console/strictness.html",
        form=form,
        working=working,
        sides=[_side(account, chosen[account], curve) for account in Account],
        progress=progress,
        can_measure=engine_shipped().classifier is not None,
        last=LAST,
        as_shipped=AS_SHIPPED,
        saved=request.args.get("saved"),
        now=_told(chosen) if parts.is_conflict(form) else (),
    )
    return page, 400 if form.errors else 200


@console.post("/at/<team>/strictness/measure")
@allow(Role.MANAGER)
def measure_strictness() -> ResponseReturnValue:
    """Set a process to measure each step, which takes some minutes."""
    if engine_shipped().classifier is not None and not _measured(_folder()):
        start(_folder(), this_site().settings)
    return redirect(url_for("console.edit_strictness"), 303)


def _folder() -> Path:
    # Where previews keep their readings, which a measurement can use.
    return folder(this_site().settings) / FOLDER


def _measured(where: Path) -> Curve | None:
    base = engine_shipped()
    return kept_curve(base, where) if base.classifier is not None else None


def _side(account: Account, chosen: int, curve: Curve | None) -> Side:
    if not curve:
        return Side(account, chosen)
    steps = make_steps(curve[account])
    return Side(account, chosen, steps, make_chart(steps, chosen))


def _chosen(working: Working) -> dict[Account, int]:
    factors = {**_beneath(working), **working.overlay.strictness}
    return {account: nearest_step(factors[account]) for account in Account}


def _told(chosen: Mapping[Account, int]) -> tuple[str, ...]:
    return tuple(f"{words}: step {chosen[account]}" for account, words in ACCOUNTS.items())


def _beneath(working: Working) -> dict[Account, float]:
    """Return the factors that hold where this team chooses none."""
    above, _ = published_overlays(this_store(), working.team)
    factors = dict.fromkeys(Account, 1.0)
    for overlay in above:
        factors |= overlay.strictness
    return factors


def _save(working: Working, chosen: Mapping[Account, int], form: StrictnessForm) -> bool:
    strictness = dict(working.overlay.strictness)
    beneath = _beneath(working)
    for account in Account:
        step = _read(str(form[account].data or ""))
        if step is None:
            parts.add_error(form, account, f"Write a whole number from 1 to {LAST}.")
        # A factor that was written by hand stays as it is until another step is chosen.
        elif step != chosen[account]:
            strictness[account] = factor_of(step)
            if factor_of(step) == beneath[account]:
                del strictness[account]
    if form.errors:
        return False
    return parts.save(working, replace(working.overlay, strictness=strictness), form)


def _read(text: str) -> int | None:
    text = text.strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 4
    return int(text) if is_number and 1 <= int(text) <= LAST else None
