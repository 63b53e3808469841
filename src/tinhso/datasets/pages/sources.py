"""Kho dữ liệu: every source with its owner, its last delivery, its rows and how fresh it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.datasets.permissions import DatasetPermission
from tinhso.datasets.queries import (
    DeliveredSource,
    Freshness,
    OwnSource,
    delivered_sources,
    own_sources,
)
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

MANY = 3
"""More owners than these are counted, not named."""


@require_safe
def show_all(request: ActedRequest) -> HttpResponse:
    """Data sets first, then the platform's own facts."""
    require(request.actor, DatasetPermission.READ, at=request.at)
    on = day_of(request.at)
    given = delivered_sources(at=request.at)
    context = {
        "given": [(one, owners_told(one.owners, on), standing(one)) for one in given],
        "own": [(one, follows(one)) for one in own_sources(at=request.at)],
    }
    return render(request, "datasets/sources.html", context)


def owners_told(owners: tuple[int, ...], on: date) -> str:
    """The owners by name; of many how many they are."""
    if len(owners) > MANY:
        return _("%(n)s cơ quan") % {"n": formatting.number(len(owners))}
    names = names_of(owners, on)
    return ", ".join(names[agency] for agency in owners if agency in names)


def standing(source: DeliveredSource) -> tuple[str, str, str]:
    """Shape and word of a data set's freshness, and how many delivered until when."""
    if source.period is None or source.due_on is None:
        return "plain", _("Chưa đến kỳ đầu"), ""
    told = {
        "done": formatting.number(source.delivered),
        "all": formatting.number(len(source.owners)),
        "day": formatting.day(source.due_on),
    }
    state, word = {
        Freshness.FRESH: ("ok", _("Đủ %(period)s")),
        Freshness.LATE: ("late", _("Chậm %(period)s")),
    }.get(source.freshness, ("wait", _("Chờ %(period)s")))
    more = _("%(done)s/%(all)s đơn vị, hạn %(day)s") % told
    return state, word % {"period": source.period.title}, more


def follows(source: OwnSource) -> tuple[str, str]:
    """Shape and words of how a fact table follows the log."""
    match source.freshness:
        case Freshness.FRESH:
            return "ok", _("Theo kịp nhật ký")
        case Freshness.NOT_YET:
            return "plain", _("Chưa dựng")
        case _:
            behind = formatting.number(source.behind)
            return "late", _("Chậm %(n)s sự kiện") % {"n": behind}
