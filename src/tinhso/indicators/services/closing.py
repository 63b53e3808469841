"""Closing the figures of an interval (chốt kỳ số liệu)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from tinhso.events.services import record
from tinhso.indicators import closable
from tinhso.indicators.events import PERIOD_CLOSED
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.rights import require_over
from tinhso.warehouse.reading import Lake
from tinhso.warehouse.syncing import keep

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor


_CLOSING = 0x636C_6F73_6500  # advisory: one closing at a time


@transaction.atomic
def close_period(
    first: date, last: date, *, title: str, actor: Actor, at: datetime
) -> PeriodClosing:
    """Close the figures of an interval: the state of the facts and the definitions stay as they are, with every figure.

    Refuses with `IntervalNotOver`, `IntervalClosed`, `NothingToClose`, `FiguresBehind`, `FactsUnavailable`,
    `NotYetBuilt`.
    """
    require_over(actor, IndicatorPermission.CLOSE, agency=None, at=at)
    _one_at_a_time()
    counted = closable.counted()
    for refusal in closable.refused(first, last, counted, at=at):
        raise refusal
    lake = Lake({fact: keep(fact) for fact in closable.facts_of(counted)})
    closing = PeriodClosing.objects.create(
        first=first,
        last=last,
        title=title,
        snapshots={fact: snapshot.number for fact, snapshot in lake.pinned.items()},
        versions={each.code: each.version for each in counted},
        at=at,
        actor=actor.key,
    )
    rows = list(closable.rows(closing, counted, lake, at=at))
    ClosedFigure.objects.bulk_create(rows)
    payload = {"first": first, "last": last, "figures": len(rows)}
    record(PERIOD_CLOSED, subject=closing.uuid, actor=actor, at=at, payload=payload)
    return closing


def _one_at_a_time() -> None:
    """Whoever closes the same interval at the same moment waits, and is then told that it is closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CLOSING])
