"""Reads of the log for pages: one subject's history, the auditor's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.events.models import EventQuerySet
    from tinhso.kernel.actors import Actor


def history(subject: UUID) -> EventQuerySet:
    """All that was done to the subject, oldest first.

    The caller has already judged that the actor may see the subject.
    """
    return Event.objects.about(subject).order_by("id")


@dataclass(frozen=True)
class Search:
    """What an auditor asks of the log; every field narrows, none is all. `day` is an official day."""

    kind: str = ""
    actor: str = ""
    agency: int | None = None
    day: date | None = None
    subject: UUID | None = None
    people: frozenset[str] | None = None
    """Actors among whom it was; None is anybody."""

    def matches(self) -> Q:
        """The conditions that the fields make."""
        found = Q()
        if self.kind:
            found &= Q(kind=self.kind) if "." in self.kind else Q(kind__startswith=f"{self.kind}.")
        if self.actor:
            found &= Q(actor=self.actor)
        if self.people is not None:
            found &= Q(actor__in=self.people)
        if self.agency is not None:
            found &= Q(agency=self.agency)
        if self.day:
            start = datetime.combine(self.day, time.min, tzinfo=get_default_timezone())
            found &= Q(at__gte=start, at__lt=start + timedelta(days=1))
        return found


def search(wanted: Search, *, actor: Actor, at: datetime) -> EventQuerySet:
    """The events that the actor may see and that match, newest first."""
    events = Event.objects.visible_to(actor, at=at)
    if wanted.subject:
        events = events.about(wanted.subject)
    return events.filter(wanted.matches()).order_by("-id")


def before(events: EventQuerySet, mark: UUID | None) -> EventQuerySet:
    """The part of a list that stands after the event with this key; the whole list without one."""
    if mark is None:
        return events
    last = Event.objects.filter(uuid=mark).values_list("id", flat=True).first()
    return events.filter(id__lt=last) if last else events.none()
