"""Which procedures there are, which version is in force, by which channel it may be filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import ChannelClosed, ProcedureNotFound
from tinhso.dossiers.models import Channel, ChannelRule, ProcedureVersion

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet


def version_in_force(code: str, day: date) -> ProcedureVersion:
    """The version by which a dossier that begins on that day is settled."""
    found = (
        ProcedureVersion.objects.in_force(day)
        .filter(procedure__code=code)
        .select_related("procedure")
        .order_by("-version")
        .first()
    )
    if found is None:
        raise ProcedureNotFound(code=code)
    return found


def find_procedures(search: str, day: date) -> QuerySet[ProcedureVersion]:
    """Procedures in force, by words without accents; all of them for an empty search."""
    found = ProcedureVersion.objects.in_force(day).select_related("procedure")
    if search.strip():
        found = found.filter(procedure__words__matches=search)
    return found.order_by("procedure__name")


def open_channels(day: date) -> list[Channel]:
    """The channels by which the province takes dossiers on that day."""
    rules = ChannelRule.objects.filter(period__contains=day)
    return [Channel(code) for code in sorted(set(rules.values_list("channel", flat=True)))]


def require_channel(channel: Channel, at: datetime) -> None:
    """Refuse with `ChannelClosed` unless the channel is open on the official day."""
    day = day_of(at)
    if not ChannelRule.objects.filter(channel=channel.value, period__contains=day).exists():
        raise ChannelClosed(channel=channel.label, day=f"{day:%d/%m/%Y}")
