"""The worked example of docs/reference/forms.md, as the tests use it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "forms.md"


def sample() -> dict[str, Any]:
    """The form in the first YAML block of the reference page."""
    match = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None
    loaded: dict[str, Any] = yaml.safe_load(match[1])
    return loaded
