"""Charts of the style page, with invented figures."""

from __future__ import annotations

from typing import Any


def examples() -> dict[str, Any]:
    """One chart of each kind with its table."""
    return {}
