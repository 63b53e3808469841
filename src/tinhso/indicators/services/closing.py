"""Closing the figures of an interval (chốt kỳ số liệu)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.indicators import catalogue
from tinhso.indicators.cutting import AGENCY, UNKNOWN, Cut
from tinhso.indicators.definitions import Status
from tinhso.indicators.errors import IntervalClosed, IntervalNotOver
from tinhso.indicators.events import PERIOD_CLOSED
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.observing import observed
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.rights import require_over
from tinhso.kernel.actors import EVERYWHERE
from tinhso.warehouse.reading import Lake
from tinhso.warehouse.syncing import keep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation
    from tinhso.kernel.actors import Actor


@transaction.atomic
def close_period(
    first: date, last: date, *, title: str, actor: Actor, at: datetime
) -> PeriodClosing:
    """Close the figures of an interval: the state of the facts and the definitions stay as they are, with every figure.

    Refuses with `IntervalNotOver`, `IntervalClosed`, `FactsUnavailable`, `NotYetBuilt`.
    """
    require_over(actor, IndicatorPermission.CLOSE, agency=None, at=at)
    if last >= day_of(at):
        raise IntervalNotOver(last=f"{last:%d/%m/%Y}")
    if PeriodClosing.objects.filter(first=first, last=last).exists():
        raise IntervalClosed(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    counted = [each for each in catalogue.in_force().values() if each.status is Status.COMPUTED]
    lake = Lake({fact: keep(fact) for fact in sorted({each.fact for each in counted})})
    closing = PeriodClosing.objects.create(
        first=first,
        last=last,
        title=title,
        snapshots={fact: snapshot.number for fact, snapshot in lake.pinned.items()},
        versions={each.code: each.version for each in counted},
        at=at,
        actor=actor.key,
    )
    rows = list(_figures(closing, counted, lake, at=at))
    ClosedFigure.objects.bulk_create(rows)
    payload = {"first": first, "last": last, "figures": len(rows)}
    record(PERIOD_CLOSED, subject=closing.uuid, actor=actor, at=at, payload=payload)
    return closing


def _figures(
    closing: PeriodClosing, indicators: list[Indicator], lake: Lake, *, at: datetime
) -> Iterator[ClosedFigure]:
    """The province's figures, and those of each agency where the definition allows it."""
    whole = Cut(closing.first, closing.last)
    by_agency = Cut(closing.first, closing.last, by=AGENCY)
    divided = [each for each in indicators if AGENCY in each.by]
    for found in (
        observed(indicators, whole, EVERYWHERE, at=at, lake=lake),
        observed(divided, by_agency, EVERYWHERE, at=at, lake=lake),
    ):
        for observations in found.values():
            yield from (_row(closing, each) for each in observations if each.group != UNKNOWN)


def _row(closing: PeriodClosing, observation: Observation) -> ClosedFigure:
    group = observation.group
    return ClosedFigure(
        closing=closing,
        indicator=observation.indicator,
        version=observation.version,
        agency_id=group if isinstance(group, int) else None,
        value=observation.value,
        numerator=observation.numerator,
        denominator=observation.denominator,
    )
