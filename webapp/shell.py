"""What lets a phone keep the pages as an app: manifest, service worker, offline page, sharing.

The worker keeps the files that every page needs, and nothing that a person typed or was told.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from webapp.form import Form
from webapp.pages import show
from webapp.site import this_site

shell = Blueprint("shell", __name__)

# The colour of the icon, behind a page that is still to come.
COLOUR = "#5b2a70"
KEPT = (".css", ".js", ".svg", ".png", ".woff2")


@shell.get("/manifest.webmanifest")
def manifest() -> Response:
    """Return what a phone is told, so that it can put the page among its apps."""
    name = this_site().settings.service_name
    content = {
        "id": url_for("pages.show_form"),
        "name": name,
        "short_name": name,
        "description": "A second look at a post before you share it. It keeps nothing.",
        "lang": "en-GB",
        "start_url": url_for("pages.show_form"),
        "scope": url_for("pages.show_form"),
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": COLOUR,
        "icons": [_icon(192), _icon(512), _icon(512, "maskable")],
        "share_target": {
            "action": url_for("shell.take_shared"),
            # In the body: an address is kept by a browser and by every server on the way.
            "method": "POST",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"text": "text", "url": "url"},
        },
    }
    return Response(json.dumps(content), mimetype="application/manifest+json")


@shell.get("/worker.js")
def worker() -> Response:
    """Return the service worker, with the files that it may keep, and a name for this set."""
    folder = Path(current_app.static_folder or "")
    files = sorted(path for path in folder.rglob("*") if path.suffix in KEPT)
    names = [path.relative_to(folder).as_posix() for path in files]
    offline_page = offline()
    digest = hashlib.sha256(offline_page.encode())
    for path in files:
        digest.update(path.read_bytes())
    addresses = [url_for("static", filename=name) for name in names]
    content = render_template(
        "worker.js", files=addresses, offline=url_for("shell.offline"), name=digest.hexdigest()[:16]
    )
    return Response(content, mimetype="text/javascript")


@shell.get("/offline")
def offline() -> str:
    """Return the page that the worker shows when the service cannot be reached."""
    return render_template("offline.html")


@shell.post("/share")
def take_shared() -> ResponseReturnValue:
    """Return the page for checking with the text that a phone's Share menu handed over."""
    # Links often stand in the text already.
    text, link = (request.form.get(name, "").strip() for name in ("text", "url"))
    parts = [text, "" if link in text else link]
    shared = "\n".join(part for part in parts if part)
    return make_response(show(Form(shared.replace("\r\n", "\n"))))


@shell.get("/share")
def show_nothing_shared() -> ResponseReturnValue:
    """Lead someone who typed the address, or came back to it, to the page for checking."""
    return redirect(url_for("pages.show_form"), 303)


def _icon(size: int, purpose: str = "any") -> dict[str, str]:
    name = f"icon-{size}.png" if purpose == "any" else f"icon-{purpose}-{size}.png"
    return {
        "src": url_for("static", filename=name),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
