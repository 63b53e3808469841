"""Health (sức khoẻ).

Questions that the running system answers about itself, registered by the apps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry


class State(StrEnum):
    """How a part is; `failed` turns the page into a 503."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Health:
    """One answer.

    A state, a sentence in the language of the page, and the value behind it (a number with its unit in the
    sentence).
    """

    state: State
    sentence: str
    value: float | str | None = None


@dataclass(frozen=True)
class HealthCheck:
    """One question. `run` takes no argument, changes nothing, and answers within a second."""

    code: str
    name: StrOrPromise
    run: Callable[[], Health]


registry: Registry[HealthCheck] = Registry("health check")


def register(check: HealthCheck) -> HealthCheck:
    """Add a question; called from the `ready()` of an app."""
    return registry.register(check.code, check)
