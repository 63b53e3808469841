"""The evening sheet (đối chiếu cuối ngày): papers against the system, explained, closed; a closed day as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.errors import CountsInvalid
from tinhso.counter.models import DayClosing
from tinhso.counter.pages.asked import desk_asked, desks_to_choose
from tinhso.counter.pages.forms import Sheet
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.days import (
    changed_since,
    closing_of,
    hours_end,
    late_days,
    system_counts,
)
from tinhso.dossiers.models import Procedure
from tinhso.events.naming import names_of
from tinhso.kernel.days import day_in
from tinhso.kernel.errors import DomainError
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@dataclass
class Asked:
    """The desk and day that the address names, among the desks whose days the officer reads."""

    agencies: Sequence[tuple[int, str]]
    agency: int
    day: date

    @property
    def address(self) -> str:
        """The address of this desk's day."""
        return f"{reverse('counter:day')}?co-quan={self.agency}&ngay={self.day.isoformat()}"


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest) -> HttpResponse:
    """Today's sheet of one's own desk unless another is asked for; posted, it closes the day."""
    require(request.actor, CounterPermission.READ_DAY, at=request.at)
    asked = _asked(request)
    post = request.POST if request.method == "POST" else None
    system = system_counts(asked.agency, asked.day)
    sheet = Sheet(system, dict(Procedure.objects.values_list("pk", "name")), post)
    if post is None:
        return _page(request, asked, sheet)
    if not sheet.is_valid():
        return _page(request, asked, sheet, refusal=CountsInvalid())
    try:
        _close(request, asked, sheet)
    except DomainError as refusal:
        if isinstance(refusal, CountsInvalid):
            sheet.add_troubles(refusal.errors)
        return _page(request, asked, sheet, refusal=refusal)
    messages.success(request, _("Đã khóa sổ ngày %(day)s.") % {"day": formatting.day(asked.day)})
    return redirect(asked.address)


def _close(request: ActedRequest, asked: Asked, sheet: Sheet) -> None:
    services.close_day(
        asked.agency,
        asked.day,
        sheet.counted(),
        actor=request.actor,
        at=request.at,
        early="early" in request.POST,
    )


def _asked(request: ActedRequest) -> Asked:
    agencies = desks_to_choose(request, CounterPermission.READ_DAY)
    day = day_in(request.GET) or day_of(request.at)
    return Asked(agencies, desk_asked(request, agencies), day)


def _page(
    request: ActedRequest, asked: Asked, sheet: Sheet, *, refusal: DomainError | None = None
) -> HttpResponse:
    actor, at = request.actor, request.at
    closings = DayClosing.objects.filter(agency=asked.agency, day=asked.day)
    history = list(closings.select_related("reopening").order_by("ordinal"))
    keys = [row.actor for row in history]
    keys += [row.reopening.actor for row in history if hasattr(row, "reopening")]
    closing = closing_of(asked.agency, asked.day)
    now = sum(sheet.system.values())
    context = {
        "asked": asked,
        "sheet": sheet,
        "closing": closing,
        "lines": closing.lines.select_related("procedure").order_by("procedure__name")
        if closing
        else [],
        "drifted": closing is not None and bool(changed_since([closing])),
        "now": now,
        "history": history,
        "names": names_of(keys),
        "late": len(late_days(actor, at=at)),
        "hours_end": hours_end(asked.agency, asked.day, at),
        "is_early": "early" in request.POST,
        "may_close": asked.day <= day_of(at)
        and actor.holds(CounterPermission.CLOSE_DAY, agency=asked.agency, at=at),
        "may_reopen": actor.holds(CounterPermission.REOPEN_DAY, agency=asked.agency, at=at),
        "refusal": refusal,
    }
    return render(request, "counter/day.html", context, status=refusal.status if refusal else 200)
