"""One period of one level (kỳ báo cáo), for whoever receives it: who sent, who is late, and the way to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import OPEN, Report, held
from tinhso.indicators.reports import queries
from tinhso.indicators.reports.errors import ReportUnknown
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.kernel.folding import alphabetical
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest, regime: str, period: str, level: str) -> HttpResponse:
    """Every unit with its report, those that are late first."""
    require(request.actor, ReportPermission.RECEIVE, at=request.at)
    agencies = held(request.actor, ReportPermission.RECEIVE, at=request.at)
    reports = list(Report.objects.of(regime, period, level).made_to(agencies))
    if not reports:
        raise ReportUnknown
    rows = queries.rows_of(reports, day_of(request.at))
    first = reports[0]
    known = queries.regime_of(first)
    context = {
        "rows": sorted(rows, key=_worst_first),
        "regime": known,
        "period": known.period(period),
        "level": known.level(level),
        "due_on": first.due_on,
        "stand": _counted(rows),
        "whole": queries.above(first, request.actor, at=request.at),
    }
    return render(request, "indicators/reports/period.html", context)


def _worst_first(row: queries.Row) -> tuple[bool, bool, date, str]:
    """Not sent before sent, late before in time, the longest late first, then by the alphabet."""
    report = row.report
    is_sent = report.submitted_on is not None
    return is_sent, not row.is_late, report.due_on, alphabetical(row.agency)


def _counted(rows: list[queries.Row]) -> dict[str, int]:
    states = [row.report.state for row in rows]
    return {
        "all": len(rows),
        "sent": sum(row.report.submitted_on is not None for row in rows),
        "waiting": states.count("submitted"),
        "received": states.count("received"),
        "returned": states.count("returned"),
        "late": sum(row.is_late and row.report.state in OPEN for row in rows),
    }
