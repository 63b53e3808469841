"""Values that the tags of the layout draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """One step of a timeline (quá trình xử lý): what, and in `note` when and by whom; `undone` is closed without it."""

    label: StrOrPromise
    note: StrOrPromise = ""
    state: Literal["done", "now", "next", "late", "undone"] = "next"


@dataclass(frozen=True)
class Tab:
    """A view of a list, with the number of its records; `state` colours it (ok, near, late)."""

    label: StrOrPromise
    href: str
    count: int | None = None
    state: Literal["", "ok", "near", "late"] = ""
    is_current: bool = False
