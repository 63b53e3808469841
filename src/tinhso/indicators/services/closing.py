"""Closing the figures of an interval (chốt kỳ số liệu)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from tinhso.calendars.clock import day_of
from tinhso.events.sequencing import horizon
from tinhso.events.services import record
from tinhso.indicators import catalogue
from tinhso.indicators.cutting import AGENCY, UNKNOWN, Cut
from tinhso.indicators.definitions import Status
from tinhso.indicators.errors import FiguresBehind, IntervalClosed, IntervalNotOver
from tinhso.indicators.events import PERIOD_CLOSED
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.observing import observed
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.rights import require_over
from tinhso.kernel.actors import EVERYWHERE
from tinhso.warehouse.reading import Lake
from tinhso.warehouse.syncing import behind, keep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation
    from tinhso.kernel.actors import Actor


_CLOSING = 0x636C_6F73_6500  # advisory: one closing at a time


@transaction.atomic
def close_period(
    first: date, last: date, *, title: str, actor: Actor, at: datetime
) -> PeriodClosing:
    """Close the figures of an interval: the state of the facts and the definitions stay as they are, with every figure.

    Refuses with `IntervalNotOver`, `IntervalClosed`, `FiguresBehind`, `FactsUnavailable`, `NotYetBuilt`.
    """
    require_over(actor, IndicatorPermission.CLOSE, agency=None, at=at)
    if last >= day_of(at):
        raise IntervalNotOver(last=f"{last:%d/%m/%Y}")
    _one_at_a_time()
    if PeriodClosing.objects.filter(first=first, last=last).exists():
        raise IntervalClosed(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    counted = [each for each in catalogue.in_force().values() if each.status is Status.COMPUTED]
    _refuse_behind({each.fact for each in counted})
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


def _one_at_a_time() -> None:
    """Whoever closes the same interval at the same moment waits, and is then told that it is closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CLOSING])


def _refuse_behind(facts: set[str]) -> None:
    waiting = max((behind(fact) for fact in facts), default=0) + horizon().waiting
    if waiting:
        raise FiguresBehind(events=waiting)


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
