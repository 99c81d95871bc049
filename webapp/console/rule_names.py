"""What pages call a rule: an own one by its name, a shipped one by what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.overlay.contents import Overlay, OwnRule
from checker.overlay.document import read_overlay
from checker.rulebook import Rulebook
from webapp.console.called import tell_rule
from webapp.console.categories import category_titles
from webapp.console.engines import published_overlays
from webapp.console.working import Working
from webapp.storage import this_store
from webapp.store.database import Store
from webapp.store.overlays import read_published
from webapp.store.tables import Team

# What previews call the learned reader; what it raises in a report has the category before it.
READER = "reader"


def name_rules(rulebook: Rulebook, overlays: Iterable[Overlay] = ()) -> dict[str, str]:
    """Return what people call the rules of `rulebook` and of `overlays`, by their ids in reports.

    What the learned reader raises by itself is among them.
    """
    read = {
        f"{category}.{READER}": f"The learned reader: {title}"
        for category, title in category_titles(rulebook.policy).items()
    }
    shipped = {rule.id: tell_rule(rule.message) for rule in rulebook.rules}
    own = {id: rule.name for id, rule in own_rules(overlays).items()}
    return {READER: "The learned reader", **read, **shipped, **own}


def own_rules(overlays: Iterable[Overlay]) -> dict[str, OwnRule]:
    """Return the managers' rules of `overlays` by their ids in reports."""
    return {rule.rule_id: rule for overlay in overlays for rule in overlay.rules}


def rules_above(team: Team) -> Mapping[str, OwnRule]:
    """Return the rules that those above `team`, such as the council, wrote and published."""
    above, _ = published_overlays(this_store(), team)
    return own_rules(above)


def names_of(working: Working, rulebook: Rulebook) -> dict[str, str]:
    """Return what the rules of a team are called: published, above it, and worked on."""
    return names_for(working.team, rulebook, working.overlay)


def names_for(team: Team, rulebook: Rulebook, *more: Overlay) -> dict[str, str]:
    """Return what the rules of `team` are called: above it, published, and those of `more`."""
    above, own = published_overlays(this_store(), team)
    return name_rules(rulebook, (*above, own, *more))


def published_everywhere(store: Store) -> list[Overlay]:
    """Return what is published for each team that has published anything."""
    return [read_overlay(version.yaml) for version in read_published(store).values()]
