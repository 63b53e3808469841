"""What a desk is told before it takes a dossier in on paper: apps above, which know the desk's day, say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tinhso.kernel.registry import Registry

Notice = Callable[[int, datetime], str]
"""A sentence for the desk of an agency at an instant; empty where there is nothing to tell."""
_registry: Registry[Notice] = Registry("notice to a desk")


def register(code: str, notice: Notice) -> None:
    """Say what a desk must know before it takes a dossier in."""
    _registry.register(code, notice)


def told(desk: int | None, at: datetime) -> str:
    """The sentences, one after another."""
    if desk is None:
        return ""
    said = (notice(desk, at) for notice in _registry.values())
    return " ".join(sentence for sentence in said if sentence)
