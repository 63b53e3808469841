"""An agency's history (quá trình của một cơ quan): names, codes, parents, fields, successions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies import histories
from tinhso.calendars.clock import day_of
from tinhso.ui import formatting
from tinhso.ui.components import Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tinhso.agencies.histories import SuccessionLine
    from tinhso.kernel.requests import ActedRequest


@require_safe
def history(request: ActedRequest, key: UUID) -> HttpResponse:
    """Everything that was ever so of one agency, newest first."""
    life = histories.history(key, day_of(request.at))
    context = {
        "history": life,
        "came_from": list(_steps(life.came_from, day_of(request.at))),
        "went_to": list(_steps(life.went_to, day_of(request.at))),
    }
    return render(request, "agencies/history.html", context)


def _steps(lines: Iterable[SuccessionLine], today: date) -> Iterable[Step]:
    """Successions as a timeline: the other agency, then day, kind, share and legal basis."""
    for line in lines:
        row = line.succession
        notes = [formatting.day(row.on), row.get_kind_display()]
        if line.share_percent is not None:
            notes.append(f"{formatting.number(line.share_percent, 1)}%")
        notes.append(row.legal_basis)
        if not row.verified:
            notes.append(_("chưa đối chiếu"))
        label = _("Không có cơ quan kế thừa")
        if line.other is not None:
            address = reverse("agencies:history", args=[line.other.uuid])
            label = format_html('<a href="{}">{}</a>', address, line.name)
        yield Step(label, " · ".join(map(str, notes)), "done" if row.on <= today else "next")
