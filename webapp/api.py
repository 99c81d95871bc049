"""The HTTP API: a draft in as JSON, its report out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from flask import Blueprint, Response, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue

from checker.correction import Correction, Says, make_correction
from checker.draft import Draft, make_draft
from checker.errors import DraftError
from checker.strict_json import read_object
from webapp.counting import count_check
from webapp.site import this_site

KEYS = ("text", "account", "photo", "permission", "audience", "corrections")


CORRECTION = frozenset({"says", "words", "rules"})


class InOrder(DefaultJSONProvider):
    """Writes the keys of a report in the order of its description, verdict first."""

    sort_keys = False


api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.post("/check")
def check() -> ResponseReturnValue:
    """Return the report on the draft in the body, or one clear sentence on what is wrong."""
    if request.mimetype != "application/json":
        return _refuse(415, "Send JSON, with the header Content-Type: application/json.")
    try:
        draft = read_draft(request.get_data(cache=False))
    except DraftError as error:
        return _refuse(400, str(error))
    checked = this_site().checker.check_counted(draft)
    count_check(checked)
    report = checked.report
    return report.offering(this_site().checker.suggest(draft, report)).as_dict()


@api.get("/openapi.json")
def openapi() -> Response:
    """Return the description of this API."""
    return jsonify(this_site().openapi)


def read_draft(body: bytes) -> Draft:
    """Return the draft that a JSON body holds.

    Raises `DraftError`, in one clear sentence that quotes nothing from the body.
    """
    content = read_object(body)
    if content is None:
        raise DraftError('The body must be a JSON object, like {"text": "…"}.')
    for key in content:
        if key not in KEYS:
            raise DraftError(_unknown_key(key))
    if "text" not in content:
        raise DraftError("The text is missing: send the post as “text”.")
    corrections = tuple(_read_corrections(content.pop("corrections", [])))
    draft = replace(make_draft(**content), corrections=corrections)
    # Half of a character pair is valid in JSON and nowhere else.
    if any("\ud800" <= character <= "\udfff" for character in draft.text):
        raise DraftError("The text holds half of a character: send it as valid Unicode.")
    return draft


def _read_corrections(content: object) -> Iterator[Correction]:
    """Yield what the author answered; raises `DraftError`, which quotes nothing, for all else."""
    if not isinstance(content, list):
        raise DraftError("The corrections must be a list, like [].")
    for one in content:
        if not isinstance(one, dict) or not {"says", "words"} <= one.keys() <= CORRECTION:
            raise DraftError(
                'Each correction must be an object, like {"says": "own-family", "words": ["…"]}; '
                "“rules” is its only other key."
            )
        try:
            yield make_correction(one["says"], one["words"], one.get("rules", []))
        except ValueError:
            says = ", ".join(Says)
            raise DraftError(
                f"A correction could not be read: “says” is one of {says}; “words” is a list of "
                "strings, and “rules” too."
            ) from None


def _unknown_key(key: str) -> str:
    """Return the remedy. The key itself is not repeated: it may be a draft in the wrong place."""
    near = get_close_matches(key, KEYS, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"the keys are {', '.join(KEYS)}."
    return f"The body has a key that is not known: {hint}"


def _refuse(status: int, sentence: str) -> tuple[Response, int]:
    return jsonify(error=sentence), status
