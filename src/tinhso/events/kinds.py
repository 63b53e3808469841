"""What can be recorded: every app declares its kinds of event, with the keys that the payload may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class EventKind:
    """A kind of event: `app.past_participle`, its Vietnamese name, and the payload keys with their JSON types.

    A type is one of `string`, `integer`, `boolean`, `date-time`, `date`, `uuid`, `code`, `array`; a text that a person
    typed is never one of them.
    """

    code: str
    name: StrOrPromise
    payload: Mapping[str, str] = field(default_factory=dict)


kinds: Registry[EventKind] = Registry("event kind")


def declare(*entries: EventKind) -> None:
    """Register the kinds of an app."""
    for entry in entries:
        kinds.register(entry.code, entry)
