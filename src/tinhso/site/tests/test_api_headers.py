"""The description tells of each header that an answer bears, where a thing is made or its version counts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tinhso.site import reference

pytestmark = pytest.mark.slow  # the description is drawn


def described() -> dict[tuple[str, str], dict[str, Any]]:
    """The responses of every call, by method and path."""
    paths = json.loads(reference.openapi())["paths"]
    return {
        (m, path): call["responses"] for path, calls in paths.items() for m, call in calls.items()
    }


def headers(responses: dict[str, Any], status: str) -> set[str]:
    return set(responses[status].get("headers", {}))


def test_what_is_made_tells_its_address() -> None:
    made = {call: told for call, told in described().items() if "201" in told}
    without = {call for call, told in made.items() if headers(told, "201") != {"Location"}}
    assert without == {("post", "/api/v1/files")}
    assert all(
        headers(told, "200") == headers(told, "201") for told in made.values() if "200" in told
    )


def test_what_may_be_asked_for_by_its_version_tells_it() -> None:
    paths = json.loads(reference.openapi())["paths"]
    versioned = [
        (method, path)
        for path, calls in paths.items()
        for method, call in calls.items()
        if any(part["name"] == "If-Match" for part in call.get("parameters", []))
    ]
    told = described()
    assert len(versioned) > 20
    assert [call for call in versioned if headers(told[call], "200") != {"ETag"}] == []
    assert headers(told["get", "/api/v1/dossiers/{key}"], "200") == {"ETag"}
