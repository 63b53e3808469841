"""Work that repeats (vòng lặp).

Each app registers its loops; the worker runs each behind a lock of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry


@dataclass(frozen=True)
class Loop:
    """One repeated piece of work: the sequencer, a timer, a reader of the log, a sender of mail.

    `run` does one batch in transactions of its own and returns True when more is waiting, so that
    it is called again at once; otherwise the loop sleeps `every_seconds`. It must bear being
    stopped between two batches and run again.
    """

    code: str
    name: StrOrPromise
    every_seconds: float
    run: Callable[[], bool | None]


registry: Registry[Loop] = Registry("loop")


def register(loop: Loop) -> Loop:
    """Add a loop; called from the `ready()` of an app."""
    return registry.register(loop.code, loop)
