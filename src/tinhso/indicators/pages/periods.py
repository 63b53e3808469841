"""`/chi-tieu/ky/`: the periods of figures (kỳ số liệu), which are closed; one of them before and after it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.indicators import closable, restating, rights, services
from tinhso.indicators.models import PeriodClosing
from tinhso.indicators.pages import asking, intervals, restated
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require
from tinhso.ui import spreadsheets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpResponse

    from tinhso.indicators.pages.intervals import Interval
    from tinhso.kernel.requests import ActedRequest

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A period in the list: closed, waiting to be closed, or not over."""

    interval: Interval
    closing: PeriodClosing | None
    passed: int
    days: int
    who: str = ""
    figures: int = 0

    @property
    def is_over(self) -> bool:
        """Whether its last day is behind us."""
        return self.passed >= self.days


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """Every period that is offered, by kind, with its state; closed periods of other days below."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    today = day_of(request.at)
    closings = {
        (each.first, each.last): each
        for each in PeriodClosing.objects.annotate(kept=Count("figures")).order_by("-last")
    }
    people = people_of([each.actor for each in closings.values()])
    groups = [
        (kind, [_row(each, closings, people, today) for each in found])
        for kind, found in intervals.offered(today)
    ]
    offered = {row.interval for _kind, rows in groups for row in rows}
    others = [intervals.Interval(*days) for days in closings]
    rest = [_row(each, closings, people, today) for each in others if each not in offered]
    groups += [(_("Kỳ khác đã chốt"), rest)] if rest else []
    context = {"groups": groups, "may_close": rights.may_close(request.actor, request.at)}
    return render(request, "indicators/periods.html", context)


def _row(
    interval: Interval,
    closings: Mapping[tuple[date, date], Any],
    people: Mapping[str, str],
    today: date,
) -> Row:
    closing = closings.get((interval.first, interval.last))
    days = (interval.last - interval.first).days + 1
    return Row(
        interval=interval,
        closing=closing,
        passed=min(max((today - interval.first).days, 0), days),
        days=days,
        who=people.get(closing.actor, "") if closing else "",
        figures=closing.kept if closing else 0,
    )


@require_safe
def one(request: ActedRequest, key: str) -> HttpResponse:
    """Before it is closed what closing would keep; afterwards each closed figure beside what it is today."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    interval = intervals.named(key)
    closing = restating.closing_on(interval.first, interval.last)
    if closing is None:
        return _before(request, interval)
    shown = restated.shown_in(request, closing)
    page = Paginator(shown.rows, PAGE).get_page(asking.page_number(request))
    context = {
        "interval": interval,
        "closing": closing,
        "who": people_of([closing.actor])[closing.actor],
        "shown": shown,
        "rows": restated.lines(shown, list(page), at=request.at),
        "page": page,
        "forms": [(form, shown.export_address(form)) for form in spreadsheets.FORMS],
    }
    return render(request, "indicators/period.html", context)


def _before(request: ActedRequest, interval: Interval) -> HttpResponse:
    is_over = interval.last < day_of(request.at)
    context = {
        "interval": interval,
        "may_close": rights.may_close(request.actor, request.at),
        "ready": closable.readiness(interval.first, interval.last, at=request.at)
        if is_over
        else None,
    }
    return render(request, "indicators/closing.html", context)


@require_POST
def close(request: ActedRequest, key: str) -> HttpResponse:
    """Close the figures of the period."""
    require(request.actor, IndicatorPermission.CLOSE, at=request.at)
    interval = intervals.named(key)
    services.close_period(
        interval.first, interval.last, title=interval.name, actor=request.actor, at=request.at
    )
    messages.success(request, _("Đã chốt số liệu kỳ này."))
    return HttpResponseRedirect(reverse("indicators:period", args=[interval.key]))
