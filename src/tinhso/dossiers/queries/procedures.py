"""Which procedures there are, which version is in force, by which channel it may be filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Q, Subquery

from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod
from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import ChannelClosed, ProcedureNotFound
from tinhso.dossiers.models import Channel, ChannelRule, ProcedureVersion
from tinhso.kernel.compiled import Compiled
from tinhso.kernel.kept import Kept
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import datetime

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


def _in_force(code: str, day: date) -> QuerySet[ProcedureVersion, Any]:
    versions = ProcedureVersion.objects.in_force(day).filter(procedure__code=code)
    return versions.order_by("-version").values_list("pk")[:1]


def in_force_and_named(code: str, agency: str | None, day: date) -> tuple[int, int | None]:
    """The key of the version in force, and that of the agency with this code; None when there is none."""
    found = _NAMED.first(code=code, named=agency.upper() if agency else None, day=day)
    if found is None:
        raise ProcedureNotFound(code=code)
    version, named = found
    return version, named


def _named(code: str, named: str, day: date) -> QuerySet[ProcedureVersion, Any]:
    periods = AgencyPeriod.objects.on(day).filter(Q(agency_code=named) | Q(reversed_code=named))
    return _in_force(code, day).values_list("pk", Subquery(periods.values("agency")[:1]))


def newest_versions() -> Mapping[str, int]:
    """The key of the newest version of each procedure by its code, in the order of their names."""
    return _NEWEST.now()


def _newest() -> Mapping[str, int]:
    versions = ProcedureVersion.objects.order_by("procedure__name", "version")
    return dict(versions.values_list("procedure__code", "pk"))


_NEWEST = Kept("procedures", _newest)
_MARKS: Mapping[str, Any] = {"code": "?code", "day": date.min}
_NAMED = Compiled(_named, named="?named", **_MARKS)


@dataclass(frozen=True)
class Opening:
    """What must be known before a dossier is handed in, in one read.

    The version in force, whether the channel is open; and, where the named agency is a commune, its key and that of
    its one-stop centre.
    """

    version: int
    is_open: bool
    commune: int | None
    desk: int | None


def opening(code: str, channel: Channel, day: date, *, agency: int | None) -> Opening:
    """What holds for a procedure, a channel and an agency on that day; refuses with `ProcedureNotFound`."""
    found = _OPENING.first(code=code, channel=channel.value, day=day, agency=agency)
    if found is None:
        raise ProcedureNotFound(code=code)
    return Opening(*found)


def _opening(code: str, channel: str, day: date, agency: int) -> QuerySet[ProcedureVersion, Any]:
    communes = Agency.objects.alive(day).of_kind(AgencyKind.COMMUNE).filter(pk=agency)
    centres = AgencyPeriod.objects.on(day).filter(parent=agency, agency__kind=AgencyKind.CENTRE)
    return _in_force(code, day).values_list(
        "pk",
        Exists(ChannelRule.objects.filter(channel=channel, period__contains=day)),
        Subquery(communes.values("pk")[:1]),
        Subquery(centres.order_by("agency").values("agency")[:1]),
    )


_OPENING = Compiled(_opening, channel="?channel", agency=-1, **_MARKS)


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
        raise channel_closed(channel, day)


def channel_closed(channel: Channel, day: date) -> ChannelClosed:
    """The refusal of a channel on a day."""
    return ChannelClosed(channel=channel.label, day=formatting.day(day))
