"""Reports fall due: who owes one is laid down when a period ends; they are reminded, and found late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.deadlines import due
from tinhso.calendars.queries import working_calendar
from tinhso.events.services import prepare, record_all
from tinhso.indicators.models.reports import OPEN, Report
from tinhso.indicators.reports import events, regimes
from tinhso.indicators.reports.reporters import reporters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tinhso.calendars.deadlines import Due
    from tinhso.events.kinds import EventKind
    from tinhso.indicators.models.reports import ReportQuerySet
    from tinhso.indicators.reports.periods import Period
    from tinhso.indicators.reports.regimes import Level, Regime
    from tinhso.kernel.actors import Actor

_NOON = 12 * 60


def due_of(level: Level, period: Period) -> Due:
    """When the report of a level is due, with the lines that explain it: the cut-off day itself is not counted."""
    return due(working_calendar(), instant(period.last, _NOON), level.due)


@transaction.atomic
def call(regime: Regime, period: Period, *, actor: Actor, at: datetime) -> list[Report]:
    """Lay down who owes a report of the period (đến kỳ báo cáo); what was laid down before stays as it is."""
    made = []
    for level in regime.levels:
        agencies, to = reporters(level, period.last)
        if to is None:
            continue
        known = Report.objects.of(regime.code, period.code, level.code)
        called = set(known.values_list("agency", flat=True))
        due_on = day_of(due_of(level, period).at)
        made += [
            Report(
                regime=regime.code,
                regime_version=regime.version,
                level=level.code,
                period=period.code,
                first=period.first,
                last=period.last,
                agency_id=agency,
                receiver_id=to,
                due_on=due_on,
                at=at,
            )
            for agency in agencies
            if agency not in called
        ]
    Report.objects.bulk_create(made)
    _record(made, events.CALLED, actor=actor, at=at)
    return made


def call_ended(*, actor: Actor, at: datetime) -> int:
    """Call for every period that ended and was not called for, of all regimes in force; how many reports.

    A new regime begins with the first period whose day has not passed: nobody is late for what nobody asked.
    """
    made, today = 0, day_of(at)
    for regime in regimes.in_force().values():
        newest = Report.objects.filter(regime=regime.code).order_by("-last").first()
        after = newest.period if newest else ""
        for period in regime.ended(today, after=after):
            if newest or day_of(due_of(regime.levels[0], period).at) >= today:
                made += len(call(regime, period, actor=actor, at=at))
    return made


@transaction.atomic
def remind(*, actor: Actor, at: datetime) -> int:
    """Tell once, some days before, who has not submitted (nhắc trước hạn); how many."""
    today = day_of(at)
    soon = _unsubmitted().filter(reminded_at=None, due_on__gte=today)
    found = [
        report
        for report in soon
        if report.due_on
        <= today
        + timedelta(days=regimes.version_of(report.regime, report.regime_version).remind_days)
    ]
    Report.objects.filter(pk__in=[report.pk for report in found]).update(reminded_at=at)
    _record(found, events.REMINDED, actor=actor, at=at)
    return len(found)


@transaction.atomic
def find_late(*, actor: Actor, at: datetime) -> int:
    """Note once whose day passed without a report (quá hạn báo cáo); how many."""
    found = list(_unsubmitted().late(day_of(at)).filter(found_late_at=None))
    Report.objects.filter(pk__in=[report.pk for report in found]).update(found_late_at=at)
    _record(found, events.OVERDUE, actor=actor, at=at)
    return len(found)


def _unsubmitted() -> ReportQuerySet:
    return Report.objects.filter(state__in=OPEN, submitted_on=None).select_for_update()


def _record(reports: Iterable[Report], kind: EventKind, *, actor: Actor, at: datetime) -> None:
    record_all(
        prepare(
            kind,
            subject=report.uuid,
            actor=actor,
            at=at,
            agency=report.agency_id,
            payload={
                "regime": report.regime,
                "period": report.period,
                "due_on": report.due_on,
            },
        )
        for report in reports
    )
