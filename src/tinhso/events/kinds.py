"""What can be recorded: every app declares its kinds of event, with the keys of the payload."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,99}")


def _is_code(value: object) -> bool:
    """A word of a vocabulary: no blank, no letter with a mark, at most a hundred characters."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_uuid(value: object) -> bool:
    if isinstance(value, UUID):
        return True
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _is_instant(value: object) -> bool:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return False
    return isinstance(value, datetime) and value.tzinfo is not None


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return False
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple) and all(
        _is_code(item) or _is_whole(item) or _is_uuid(item) for item in value
    )


TYPES: Mapping[str, Callable[[object], bool]] = {
    "array": _is_list,  # of codes, keys and whole numbers
    "boolean": lambda value: isinstance(value, bool),
    "code": _is_code,
    "date": _is_date,
    "date-time": _is_instant,
    "integer": _is_whole,
    "string": _is_code,  # a number or version that people read; never what a person typed
    "uuid": _is_uuid,
}


@dataclass(frozen=True)
class EventKind:
    """A kind of event: `app.past_participle`, its Vietnamese name, payload keys with their types.

    A type is one of `TYPES`. None of them admits a text that a person typed, so that no name,
    address or reason can enter the log; a value may be None.
    """

    code: str
    name: StrOrPromise
    payload: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.payload.values()) - set(TYPES))
        if unknown:
            raise ValueError(f"{self.code}: no payload type {', '.join(unknown)}")

    def checked(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The payload as JSON values. Raises `ValueError` for a key or value not declared."""
        for name, value in payload.items():
            declared = self.payload.get(name)
            if declared is None:
                raise ValueError(f"{self.code} does not declare {name}")
            if value is not None and not TYPES[declared](value):
                raise ValueError(f"{self.code}: {name} is not a {declared}")
        return {name: _plain(value) for name, value in payload.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


kinds: Registry[EventKind] = Registry("event kind")


def declare(*entries: EventKind) -> None:
    """Register the kinds of an app."""
    for entry in entries:
        kinds.register(entry.code, entry)
