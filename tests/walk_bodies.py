"""What the walk of permissions sends to the API: the least that its description takes, so that a right is reached."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.files.tests.factories import PDF

DESCRIPTION = Path(settings.PROJECT) / "docs" / "reference" / "openapi.json"
MULTIPART = "multipart/form-data"
BY_FORMAT = {
    "date": "2026-12-31",
    "date-time": "2026-12-31T02:00:00Z",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def least(method: str, route: str) -> tuple[str, dict[str, Any]]:
    """The content type and the smallest body that this operation takes; an empty object where it takes none."""
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    operation = _described()["paths"].get(path, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    kind = MULTIPART if MULTIPART in content else "application/json"
    body = _made(content[kind]["schema"]) if kind in content else {}
    return kind, body


@cache
def _described() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def _made(schema: dict[str, Any]) -> Any:
    """A value of this schema: what must be there, as short as it may be."""
    while meant := _meant(schema):
        schema = meant
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: _made(schema["properties"][name]) for name in schema.get("required", ())}
    if kind == "array":
        return [_made(schema["items"]) for _each in range(schema.get("minItems", 0))]
    if kind == "string":
        return _text(schema)
    return {"integer": schema.get("minimum", 1), "number": 1, "boolean": True}.get(kind)


def _meant(schema: dict[str, Any]) -> dict[str, Any] | None:
    """What a schema refers to, or the first that it may be."""
    if "$ref" in schema:
        found: dict[str, Any] = _described()["components"]["schemas"]
        return found[schema["$ref"].rpartition("/")[2]]  # type: ignore[no-any-return]
    several = (schema[word][0] for word in ("anyOf", "oneOf", "allOf") if word in schema)
    return next(several, None)


def _text(schema: dict[str, Any]) -> Any:
    if schema.get("format") == "binary":
        return SimpleUploadedFile("x.pdf", PDF, content_type="application/pdf")
    return BY_FORMAT.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
