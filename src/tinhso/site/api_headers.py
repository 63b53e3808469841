"""What the API's description tells of the headers of answers, where a thing was made or its version counts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

VERSIONED = frozenset({"ShownDossierWhole", "ShownReportWhole"})
"""What is told with its version, which the sender may give back in `If-Match`."""
NAMELESS = frozenset({"ShownFile"})
"""What is made and has no address of its own: a file is known by its key, in what uses it."""
PLACE = {
    "Location": {
        "description": "The address of what was made, or had been made under the same key.",
        "schema": {"type": "string", "format": "uri-reference"},
    }
}
VERSION = {
    "ETag": {
        "description": "Its version, for `If-Match`; weak where the answer was compressed.",
        "schema": {"type": "string", "pattern": '^(W/)?"[1-9][0-9]*"$'},
    }
}


def describe_headers(responses: dict[Any, dict[str, Any]]) -> None:
    """Add to the responses of one operation what their headers say."""
    makes = HTTPStatus.CREATED in {int(status) for status in responses}
    for status, answer in responses.items():
        shown = _shown(answer)
        if int(status) not in {HTTPStatus.OK, HTTPStatus.CREATED}:
            continue
        headers = (PLACE if makes and shown not in NAMELESS else {}) | (
            VERSION if shown in VERSIONED else {}
        )
        if headers:
            answer["headers"] = headers


def _shown(answer: dict[str, Any]) -> str:
    """The name of the shape that an answer bears, or nothing."""
    reference = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(reference.get("$ref", "")).rpartition("/")[2]
