"""Whom staff can ask: the contact that is published for their team, or the one in the settings."""

from __future__ import annotations

from checker.errors import PostcheckError
from checker.overlay.contents import Contact
from webapp.live import LiveChecker
from webapp.settings import Settings
from webapp.site import Site


def find_contact(site: Site) -> Contact:
    """Return whom the staff of the team that is asked can turn to; an empty contact for nobody."""
    published = _published(site)
    return published if published != Contact() else of_settings(site.settings)


def of_settings(settings: Settings) -> Contact:
    """Return the contact that the settings name."""
    return Contact(settings.contact_name, settings.contact_email, settings.contact_phone)


def _published(site: Site) -> Contact:
    if not isinstance(site.checker, LiveChecker):
        return Contact()
    try:
        return site.checker.rulebook.contact
    except PostcheckError:
        # The page that tells of it has a foot too; /health says what is wrong.
        return Contact()
