"""What axe-core finds on a page, in light and in dark."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# In the dark only the colours are others.
SCHEMES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}


def faults(page: Page) -> list[str]:
    """Return what axe finds on `page`, in light and in dark, each with the places."""
    found = []
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        for violation in Axe().run(page, options=options).response["violations"]:
            places = [node["html"][:120] for node in violation["nodes"]]
            found.append(f"{scheme}: {violation['id']}: {places}")
    return found
