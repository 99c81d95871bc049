"""Draws docs/screenshots/ and the icons: `python tests/browser/pictures.py screenshots|icons`."""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from real_pages import NO_BROWSER, find_chromium, launch, serve

from checker.engine import load_checker

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "docs" / "screenshots"
STATIC = ROOT / "webapp" / "static"
PHONE = (390, 844)
DESKTOP = (1280, 900)
DRAFT = (
    "Our resident Nettie was off her meds again the night. "
    "Lovely sunset over the harbour on my way home though!"
)
# A launcher may cut an icon to a circle of four fifths of its width; so much of it fits a square,
# with room around. The post is dark, and needs a light ground to be seen on.
SAFE, GROUND = 0.56, "#f1ebf4"


def main(what: str) -> None:
    """Draw the icons or the screenshots; says in one sentence when there is no browser."""
    path = find_chromium()
    if path is None:
        raise SystemExit(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        {"icons": draw_icons, "screenshots": draw_screenshots}[what](browser)
        browser.close()


def draw_icons(browser: Browser) -> None:
    """Draw the icons of the app from the icon of the pages."""
    for name, size, share in (
        ("icon-192", 192, 1.0),
        ("icon-512", 512, 1.0),
        ("icon-maskable-512", 512, SAFE),
    ):
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(_icon_page(size, share))
        picture = page.screenshot(omit_background=True)
        _store(picture, STATIC / f"{name}.png")
        page.close()


def _icon_page(size: int, share: float) -> str:
    """Return a page that is the icon; a maskable one has a ground that fills its corners."""
    drawing = (STATIC / "icon.svg").read_bytes()
    colour = GROUND if share < 1 else "transparent"
    source = f"data:image/svg+xml;base64,{b64encode(drawing).decode()}"
    side = round(size * share)
    return (
        f'<body style="margin:0;display:grid;place-items:center;height:100vh;background:{colour}">'
        f'<img src="{source}" width="{side}" height="{side}" alt="">'
    )


def draw_screenshots(browser: Browser) -> None:
    """Draw each page for the README, on a phone and on a desktop."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with serve(load_checker()) as address:
        for device, (width, height) in (("phone", PHONE), ("desktop", DESKTOP)):
            for name, go in SCENES.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, service_workers="block"
                )
                go(page, address)
                _store(page.screenshot(), SCREENSHOTS / f"{name}-{device}.png")
                page.close()


def _check(page: Page, address: str) -> None:
    page.goto(address)


def _answer(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Your post", exact=True).fill(DRAFT)
    page.get_by_role("button", name="Check my post").click()
    page.get_by_role("heading", name="Do not post this").wait_for()
    page.wait_for_timeout(300)


def _practice(page: Page, address: str) -> None:
    page.goto(f"{address}/practice")
    page.get_by_label("Care homes for adults").check()
    page.get_by_role("button", name="Begin").click()


def _policy(page: Page, address: str) -> None:
    page.goto(f"{address}/policy")


SCENES: dict[str, Callable[[Page, str], None]] = {
    "check": _check,
    "answer": _answer,
    "practice": _practice,
    "policy": _policy,
}


def _store(picture: bytes, path: Path) -> None:
    """Store `picture` with 128 colours, which a page of text needs no more than."""
    with Image.open(BytesIO(picture)) as image:
        image.quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
