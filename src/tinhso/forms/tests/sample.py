"""The worked example of docs/reference/forms.md, as the tests use it, with one set of sound answers."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tinhso.forms.fields import Choice, Given

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "forms.md"
FILED_ON = date(2026, 1, 5)
GIVEN = Given(
    on=FILED_ON,
    options={"communes": [Choice("23293", "Xã Đăk Hà"), Choice("23294", "Phường Kon Tum")]},
)
FILE = {"key": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "name": "can-cuoc.pdf"}
SOUND: dict[str, Any] = {
    "full_name": "Lan Một",
    "personal_id": "000123456789",
    "born_on": "1990-12-31",
    "phone": "0000000001",
    "business_name": "Quán Hoa",
    "commune": "23293",
    "trades": ["retail"],
    "floor_area": 12.5,
    "capital": 5_000_000,
    "has_members": True,
    "members": [
        {"name": "Nam", "relation": "child"},
        {"name": "Tú", "relation": "other", "other_relation": "Cháu"},
    ],
    "id_card": [FILE],
}


def sample() -> dict[str, Any]:
    """The form in the first YAML block of the reference page; a copy of its own for each caller."""
    return deepcopy(_loaded())


@cache
def _loaded() -> dict[str, Any]:
    match = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None
    loaded: dict[str, Any] = yaml.safe_load(match[1])
    return loaded


def sound(**changes: Any) -> dict[str, Any]:
    """Sound answers with some changed; None takes an answer away."""
    values = {**deepcopy(SOUND), **changes}
    return {name: value for name, value in values.items() if value is not None}


def form_of(**properties: dict[str, Any]) -> dict[str, Any]:
    """A form of one step with these fields, each made whole with a title and a privacy class."""
    return {
        "type": "object",
        "title": "Thử",
        "properties": {
            name: {"title": name.upper(), "x-widget": "text", "x-privacy": "public", **field}
            for name, field in properties.items()
        },
        "x-steps": [{"name": "all", "title": "Tất cả", "fields": list(properties)}],
    }
