"""One thing that the walk of permissions asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sample:
    """One thing to ask for: what it is in the table, the parts of its address, what a POST sends."""

    label: str
    parts: dict[str, Any]
    body: dict[str, Any] = field(default_factory=dict)
