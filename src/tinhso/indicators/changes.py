"""What came to pass lately (diễn biến mới): apps above say which of their events a leader is told, and to whom.

    changes.register(Told(prefix="dossiers", kinds=("dossiers.received",), permission=..., page=page_of))

An event is told to whoever holds the app's own right at its agency; what many did alike is told as one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q
from django_stubs_ext import StrOrPromise

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.events.kinds import kinds
from tinhso.events.models import Event
from tinhso.kernel.permissions import Permission
from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

READ_AT_ONCE, SHOWN = 200, 8


@dataclass(frozen=True)
class Together:
    """A kind that comes in crowds: several of it are one line whatever their agencies, in words and with their list."""

    words: Callable[[int], str]
    page: Callable[[], str]


@dataclass(frozen=True)
class Told:
    """Which kinds of an app's events are told, the right by which they are seen, and the page of a subject."""

    prefix: str
    kinds: tuple[str, ...]
    permission: Permission
    page: Callable[[UUID], str]
    together: Mapping[str, Together] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One line: what was done, at which agency, how often; `href` leads to the subject when it is one."""

    at: datetime
    name: StrOrPromise
    agency: str
    count: int
    href: str
    is_today: bool


registry: Registry[Told] = Registry("events that leaders are told")


def register(told: Told) -> None:
    """Let an app's events be told; called from its AppConfig."""
    registry.register(told.prefix, told)


def seen(actor: Actor, *, at: datetime, within: frozenset[int] | None = None) -> QuerySet[Event]:
    """The events that the actor may be told of these agencies (None: of all)."""
    chosen = Q(pk__in=())
    for told in registry.values():
        scope = actor.scope(told.permission, at=at)
        here = Q(kind__in=told.kinds)
        if not scope.everywhere:
            here &= Q(agency__in=scope.agencies)
        if within is not None:
            here &= Q(agency__in=within)
        if scope:
            chosen |= here
    return Event.objects.filter(chosen)


def newest(actor: Actor, *, at: datetime, within: frozenset[int] | None = None) -> int:
    """A mark that changes with the newest of them."""
    return int(seen(actor, at=at, within=within).aggregate(last=Max("pk"))["last"] or 0)


def latest(actor: Actor, *, at: datetime, within: frozenset[int] | None = None) -> list[Change]:
    """The newest lines: what was done alike at one agency is one, with the time of the last; a crowd is one in all."""
    found = seen(actor, at=at, within=within).order_by("-pk")[:READ_AT_ONCE]
    alike: dict[tuple[str, int | None], list[Event]] = {}
    for event in found:
        place = None if _crowd(event.kind) else event.agency
        alike.setdefault((event.kind, place), []).append(event)
    shown = sorted(alike.values(), key=lambda events: events[0].at, reverse=True)[:SHOWN]
    today = day_of(at)
    names = names_of({each[0].agency for each in shown if each[0].agency is not None}, today)
    return [_change(events, names, today) for events in shown]


def _change(events: Sequence[Event], names: Mapping[int, str], today: date) -> Change:
    """One line of events of one kind."""
    newest, count = events[0], len(events)
    name, agency = kinds[newest.kind].name, names.get(newest.agency or 0, "")
    href = _page(newest.kind, newest.subject) if count == 1 else ""
    crowd = _crowd(newest.kind)
    if crowd and count > 1:
        name, agency, href, count = crowd.words(count), "", crowd.page(), 1
    return Change(newest.at, name, agency, count, href, day_of(newest.at) == today)


def _crowd(kind: str) -> Together | None:
    told = registry.get(kind.partition(".")[0])
    return told.together.get(kind) if told else None


def _page(kind: str, subject: UUID) -> str:
    told = registry.get(kind.partition(".")[0])
    return told.page(subject) if told else ""
