"""Who reports to whom on a day: the agencies that a regime's words name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tinhso.agencies.models import Agency, AgencyKind, Level
from tinhso.agencies.queries import descendants, directory, holder

if TYPE_CHECKING:
    from datetime import date

    from tinhso.indicators.reports.regimes import Level as ReportLevel
    from tinhso.indicators.reports.regimes import Who


def province() -> int | None:
    """The province whose house this is; None before its units are loaded."""
    return Agency.objects.filter(key=settings.PROVINCE_KEY).values_list("pk", flat=True).first()


def named(who: Who, on: date) -> list[int]:
    """The agencies within the province that exist on the day and that the words name, in the order of the directory."""
    root = province()
    if root is None:
        return []
    if who.is_province:
        return [root]
    if who.holder_of:
        found = holder(who.holder_of, Level.PROVINCE, on, within=root)
        return [found.pk] if found else []
    within = descendants(root, on)
    return [
        row.agency_id
        for row in directory(on)
        if row.agency_id in within
        and (AgencyKind(row.agency.kind).value in who.kinds or row.agency.key in who.keys)
    ]


def reporters(level: ReportLevel, on: date) -> tuple[list[int], int | None]:
    """The agencies of a level, and to whom they report; nobody reports to itself.

    Without a receiver on that day nobody owes anything.
    """
    to = next(iter(named(level.to, on)), None)
    if to is None:
        return [], None
    return [agency for agency in named(level.who, on) if agency != to], to
