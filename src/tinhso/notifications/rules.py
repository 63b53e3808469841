"""Which events become notifications: an app above registers its rules in `ready()`.

    rules.register(
        NotificationRule(
            code="dossiers.received",
            kind=events.RECEIVED,
            recipients=lambda event: [Recipient(f"party:{uuid}", link=f"/tra-cuu/{reference}")],
            facts=lambda event: {"number": number},
            subject=_("Hồ sơ {number} đã được tiếp nhận"),
            body="dossiers/notices/received.txt",
            channels=IN_APP_AND_EMAIL,
        )
    )

The subject line travels unprotected: codes and numbers, no names. The body is a plain text
template; what it may name is in `facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tinhso.events.kinds import EventKind
from tinhso.events.models import Event
from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Channel(StrEnum):
    """By which way a notification reaches a person (kênh)."""

    IN_APP = "in_app"
    EMAIL = "email"


IN_APP = frozenset({Channel.IN_APP})
IN_APP_AND_EMAIL = frozenset({Channel.IN_APP, Channel.EMAIL})


@dataclass(frozen=True)
class Recipient:
    """Who is told (người nhận): `user:<uuid>` or `party:<uuid>`, and where the matter is seen.

    `link` is a path of this site. `email` is used when given; else the address of the account, or
    the one that the party declared.
    """

    key: str
    link: str = ""
    email: str = ""


def _no_facts(event: Event) -> Mapping[str, Any]:
    del event
    return {}


@dataclass(frozen=True)
class NotificationRule:
    """Of an event of `kind`, `recipients` are told subject and body, filled with `facts`.

    A rule that `gathers` says one thing for many events: whoever has an unread notice of its kind gets no other. Rules
    that gather together share the part of their code before the last dot.
    """

    code: str
    kind: EventKind
    recipients: Callable[[Event], Sequence[Recipient]]
    subject: StrOrPromise
    body: str
    facts: Callable[[Event], Mapping[str, Any]] = _no_facts
    channels: frozenset[Channel] = IN_APP
    gathers: bool = False

    @property
    def gathered_as(self) -> str:
        """What the codes of rules begin with that gather together."""
        return self.code.rpartition(".")[0] + "."


registry: Registry[NotificationRule] = Registry("notification rule")


def register(*rules: NotificationRule) -> None:
    """Add rules; where two tell the same person of one event, the first registered is heard."""
    for rule in rules:
        registry.register(rule.code, rule)


def of_kind(code: str) -> list[NotificationRule]:
    """The rules of one kind of event, in the order of registration."""
    return [rule for rule in registry.values() if rule.kind.code == code]


def kinds() -> frozenset[str]:
    """The kinds of event that have a rule."""
    return frozenset(rule.kind.code for rule in registry.values())
